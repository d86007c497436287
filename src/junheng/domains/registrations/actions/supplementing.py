"""A better copy of a paper that a clerk asked for: given by the family until the checks end, also after the closing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.actions.checking import check_open
from junheng.domains.registrations.actions.photos import MOST, check_file, enough, seal_photo
from junheng.domains.registrations.actions.sending import FAMILY
from junheng.domains.registrations.models import Application, StatedCircumstance
from junheng.domains.registrations.queries.faults import Misfilled
from junheng.domains.registrations.terms import FoundState
from junheng.kernel.errors import Conflict, NotFound
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def supplement(
    application: Application, number: int, files: Sequence[Any], *, at: datetime, by: str = FAMILY
) -> StatedCircumstance:
    """Keep the copies and put the statement back to whoever checks; all of them are kept, or none."""
    row = (
        StatedCircumstance.objects.select_for_update(of=("self",))
        .select_related("application__intake")
        .filter(application=application, pk=number)
        .first()
    )
    if row is None:
        raise NotFound("no-such-statement", "这份报名里没有这一项情况。请刷新回执后再试。")
    check_open(row.application)
    check_time(row.application.intake, at=at)
    if row.state != FoundState.ASKED:
        raise Conflict(
            "not-asked", "「{what}」现在不用补交：{state}。请刷新回执查看。", what=row.get_kind_display(), state=row.get_state_display()
        )  # fmt: skip
    if not files:
        raise Misfilled("no-photo", "还没有选照片，没有提交。请先拍照或从相册选一张，再点“补交”。", f"photo_{row.kind}")  # fmt: skip
    if len(files) > MOST:
        raise enough(row.kind)
    for file in files:  # before the first is kept: bytes beside the database are not rolled back
        check_file(row.kind, file)
    for file in files:
        seal_photo(row.kind, file, at=at, application=row.application)
    row.state = FoundState.CLAIMED
    save_row(row, by=by, at=at, why="家长补交材料", verb=Verb.DEED.value)
    return row


def check_time(intake: Intake, *, at: datetime) -> None:
    """Refuse after the day by which everything is checked: the list may close any moment."""
    if at > intake.checked_by:
        raise Conflict(
            "checks-ended",
            "补交已于 {time} 截止，没有收下。如对审核结果有异议，请在结果公布后申诉。",
            time=f"{timezone.localtime(intake.checked_by):%Y-%m-%d %H:%M}",
        )
