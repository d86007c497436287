"""Passing on: an office is given a summary and a day by which it reports; the citizen is answered afterwards."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.content.rulebook import TIPS
from junheng.domains.areas.models import Area
from junheng.domains.institutions.models import Institution
from junheng.domains.schools.models import School
from junheng.domains.tips.actions.triage import check_answer, check_open, close, together
from junheng.domains.tips.models import Referral, Tip, TipPhoto
from junheng.domains.tips.queries.wording import check_wording
from junheng.domains.tips.terms import ReferralState, TipState
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.workdays import add_working_days
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@dataclass(frozen=True, slots=True)
class Task:
    """What the officer writes for the office: no word of it is the citizen's."""

    area: Area
    kind: str
    title: str
    place: str
    summary: str
    school: School | None = None
    institution: Institution | None = None
    photos: Collection[int] = ()


@transaction.atomic
def assign(tip: Tip, task: Task, *, by: Any, at: datetime, why: str) -> Referral:
    """Pass a tip on, with all that was brought together with it; those that were not taken up yet are by that."""
    rows = check_open(together(tip), by=by, at=at)
    if any(one.referral_id for one in rows):
        raise Conflict(
            "tip-passed-on-already", "这条举报已经转办，不能再转一次。办理单位不对的，请它退回后再转。"
        )
    check_task(task, rows)
    today = timezone.localdate(at)
    first = rows[0]
    due = add_working_days(today, TIPS.handle_within.on(today).value).day
    referral = Referral(
        code=next_code(today.year), kind=task.kind, area=task.area, title=task.title.strip(), place=task.place.strip(),
        school=task.school, institution=task.institution, summary=task.summary.strip(),
        week=monday_of(timezone.localdate(first.received_at)), assigned_on=today, due_on=due,
    )  # fmt: skip
    save_row(referral, by=by, at=at, why=why, verb=Verb.DEED.value)
    for one in rows:
        one.referral, one.state, one.acked_on = referral, TipState.ASSIGNED, one.acked_on or today
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    for photo in TipPhoto.objects.filter(tip__in=rows, pk__in=list(task.photos)):
        photo.shared = True
        save_row(photo, by=by, at=at, why=why, verb=Verb.DEED.value)
    return referral


def check_task(task: Task, rows: list[Tip]) -> None:
    """Refuse a task without an object or a summary, and one in which a citizen could be recognised."""
    if not task.title.strip() or not task.summary.strip():
        raise Refusal("referral-empty", "请写明被反映对象和工作摘要，办理单位只看得到这些。")
    if len(task.area.pk) > 6:
        raise Refusal("referral-too-deep", "请转给市局或县（市、区）教育局。")
    check_wording(task.summary, rows, facts=f"{task.title} {task.place}")


def monday_of(day: date) -> date:
    """The Monday of a day's week: an office is not told when exactly a tip came."""
    return day - timedelta(days=day.weekday())


def next_code(year: int) -> str:
    """The next number of a year."""
    begins = f"ZB{year}-"
    last = (
        Referral.objects.filter(code__startswith=begins)
        .order_by("-code")
        .values_list("code", flat=True)
        .first()
    )
    return f"{begins}{int(last.removeprefix(begins)) + 1 if last else 1:05d}"


@transaction.atomic
def answer(tip: Tip, words: str, *, by: Any, at: datetime, why: str) -> Tip:
    """Answer a tip and all that was brought together with it: the result, and nothing of anybody else."""
    check_answer(words)
    rows = check_open(together(tip), by=by, at=at)
    referral = rows[0].referral
    if any(one.state in (TipState.QUEUED, TipState.NEW, TipState.ASKED) for one in rows):
        raise Conflict(
            "tip-not-accepted", "这条举报还没有受理，不能直接答复。请先受理；不属受理范围的按“不予受理”答复。"
        )
    if referral is not None and referral.state != ReferralState.DONE:
        raise Conflict(
            "referral-open",
            "转办 {referral} 还没有办结，不能答复。请等办理单位报告核查结果，或催办。",
            referral=referral.code,
        )
    check_wording(words, rows)
    close(rows, TipState.ANSWERED, words, by=by, at=at, why=why)
    return Tip.objects.get(pk=tip.pk)
