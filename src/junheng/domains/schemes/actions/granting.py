"""What the province decided about those who were recommended: entered line by line from its document."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.schemes.actions.certifying import issue
from junheng.domains.schemes.actions.stepping import application_locked, check_stage, move
from junheng.domains.schemes.models import Publicity, PublicityLine
from junheng.domains.schemes.terms import Stage
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.spans import check_has_come


@transaction.atomic
def enter_decision(
    publicity: Publicity,
    *,
    granted: Mapping[int, bool],
    on: date,
    number: str,
    by: Any,
    at: datetime,
    why: str,
) -> Publicity:
    """Enter a document of the province: for each line it names by its place, whether it grants it.

    Lines it does not name go on waiting for another document. The certificate and the title bear the day and the
    number of the document.
    """
    publicity = Publicity.objects.select_for_update().get(pk=publicity.pk)
    check_may(_("登记省级决定"), publicity, by=by, at=at)
    if publicity.school_id is not None or publicity.decided_on is None:
        raise Conflict("not-recommended-yet", "还没有形成推荐名单，不能登记省级决定。没有改动。")
    check_has_come(on, at=at)
    if on <= publicity.decided_on:
        raise Refusal(
            "granted-before-recommended",
            "省级文件日期 {on} 须晚于推荐日 {recommended}。没有改动。",
            on=on,
            recommended=publicity.decided_on,
        )
    if not number.strip():
        raise Refusal("document-without-number", "请填写省级文件的文号。没有改动。")
    lines = {one.place: one for one in PublicityLine.objects.filter(publicity=publicity).order_by("place")}
    if not granted or not set(granted) <= set(lines):
        raise Refusal("nothing-granted", "请至少对名单中的一项选择“予以认定”或“未予认定”。没有改动。")
    for place in sorted(granted):
        one = application_locked(lines[place].application)
        check_stage(one, frozenset({Stage.RECOMMENDED}), _("登记省级决定"))
        if not granted[place]:
            move(one, Stage.REJECTED, by=by, at=at, why=why)
            continue
        move(one, Stage.RECOGNISED, by=by, at=at, why=why)
        issue(one, lines[place], decision=number.strip(), on=on, by=by, at=at, why=why)
    return publicity
