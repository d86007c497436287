"""What a family answers: it comes, or gives the place back; and an appeal against a result."""

from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.placements.models import Listed, Placement, Reply, Run
from junheng.domains.placements.terms import RunState
from junheng.domains.registrations.models import Application, Objection
from junheng.domains.registrations.terms import FoundState, ObjectionState
from junheng.kernel.admission import NOWHERE
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

FAMILY = "家长自助"


def last_run(intake: Intake) -> Run | None:
    """The last run that was released."""
    return Run.objects.filter(draw__intake=intake, state=RunState.RELEASED).order_by("-number").first()


@transaction.atomic
def reply(application: Application, *, accepted: bool, by: Any, at: datetime, why: str) -> Reply:
    """Answer to a place. Giving it back is for good; accepting can still be changed to giving back in time."""
    intake = Intake.objects.select_for_update().get(pk=application.intake_id)
    row = Listed.objects.filter(application=application).first()
    one = last_run(intake)
    if row is None or one is None or intake.state != IntakeState.RELEASED:
        raise Refusal("no-result-yet", "结果还没有发布。请在公布的时间之后再来查看。")
    if at >= intake.reply_by:
        raise Conflict("reply-too-late", "确认已经截止。如有变化，请直接联系录取学校或当地教育局。")
    place = Placement.objects.get(run=one, listed=row)
    if place.place == NOWHERE:
        raise Refusal("nothing-to-reply", "目前没有录取到学校，不用确认。候补有结果时会在这里显示。")
    held = Reply.objects.filter(listed=row).first()
    if held is not None and not held.accepted:
        raise Conflict("given-back", "这个学位已经放弃，不能再恢复。请联系当地教育局统筹安排。")
    answer = held or Reply(listed=row, area_id=intake.area_id)
    answer.run, answer.accepted, answer.replied_at = one, accepted, at
    answer.replied_by = by if isinstance(by, str) else by.get_username()
    save_row(answer, by=by, at=at, why=why, verb=Verb.DEED.value)
    return answer


@transaction.atomic
def appeal(
    application: Application, words: str, *, about: int | None = None, by: Any, at: datetime, why: str
) -> Objection:
    """An appeal against a result, or against what was found about one statement. One open appeal at a time."""
    intake = Intake.objects.select_for_update().get(pk=application.intake_id)
    if at >= intake.appeal_by:
        raise Conflict("appeal-too-late", "申诉已经截止。仍有疑问的，请到当地教育局窗口咨询。")
    if not words.strip():
        raise Refusal("appeal-without-words", "请写明对什么有异议、为什么。")
    if Objection.objects.filter(application=application, state=ObjectionState.OPEN).exists():
        raise Conflict("appeal-open", "您已有一件申诉正在处理，处理完之后会在这里看到答复。")
    statement = None
    if about is not None:
        statement = application.circumstances.filter(pk=about).exclude(state=FoundState.APPROVED).first()
    row = Objection(
        application=application, area_id=application.area_id, circumstance=statement, words=words.strip()[:1000],
        raised_at=at,
    )  # fmt: skip
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row
