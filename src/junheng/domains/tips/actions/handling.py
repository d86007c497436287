"""What an office makes of what was passed on to it: a case, a finding at a school, a check; and what it reports."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.findings.actions import open_finding
from junheng.domains.findings.terms import Severity
from junheng.domains.governance.actions import open_case
from junheng.domains.governance.terms import CaseKind
from junheng.domains.tips.models import Referral, ReferralErrand
from junheng.domains.tips.queries.progress import REFERRALS
from junheng.domains.tips.terms import Became, Outcome, ReferralState, TipKind, TipState
from junheng.domains.visits.actions.errands import plan_errand
from junheng.domains.visits.models import Errand, Inspector
from junheng.domains.visits.terms import ErrandKind, ErrandState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come

CASES = {
    TipKind.UNLICENSED: CaseKind.UNLICENSED,
    TipKind.OVERTIME: CaseKind.OVERTIME,
    TipKind.FEES: CaseKind.FEES,
}


def held(referral: Referral, deed: str, *, by: Any, at: datetime) -> Referral:
    """The row, locked, for whoever may deal with it; refuses once it is done."""
    row = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    check_may(deed, row, by=by, at=at)
    if row.state == ReferralState.DONE:
        raise Conflict("referral-done", "转办 {referral} 已经办结，没有做任何改动。", referral=row.code)
    return row


def check_unmade(row: Referral) -> None:
    """Refuse to make a second thing of one task."""
    if row.became != Became.NONE:
        raise Conflict(
            "referral-became",
            "转办 {referral} 已经转为{what}，没有重复立项。",
            referral=row.code,
            what=row.get_became_display(),
        )


def becomes(row: Referral, what: Became, number: int, *, by: Any, at: datetime, why: str) -> Referral:
    """Note what it has become."""
    row.became, row.became_row = what, number
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


@transaction.atomic
def make_case(referral: Referral, *, operator: str, on: date, by: Any, at: datetime, why: str) -> Referral:
    """Open a case. The file says the place and whom it is against, and not who told it."""
    row = held(referral, _("转为案件"), by=by, at=at)
    check_unmade(row)
    kind = CASES.get(TipKind(row.kind))
    if kind is None:
        raise Refusal("referral-no-case", "“{kind}”不立培训案件。请转为问题整改，或核查后直接报告结果。", kind=row.get_kind_display())  # fmt: skip
    case = open_case(
        kind=kind, title=row.title, place=row.place or row.title, operator=operator, area=row.area, source=REFERRALS,
        source_row=row.pk, on=on, by=by, at=at, why=why,
    )  # fmt: skip
    return becomes(row, Became.CASE, case.pk, by=by, at=at, why=why)


@transaction.atomic
def make_finding(
    referral: Referral, *, what: str, severity: Severity, on: date, by: Any, at: datetime, why: str
) -> Referral:
    """Enter a finding at the school. It is told as found at the school: that somebody told it is no part of it."""
    row = held(referral, _("转为问题整改"), by=by, at=at)
    check_unmade(row)
    if row.school is None:
        raise Refusal(
            "referral-without-school",
            "这件转办没有写明学校，不能转为学校的问题整改。请退回举报受理员补上学校。",
        )
    finding = open_finding(
        source="schools", source_row=row.school.pk, what=what, severity=severity, area=row.school.area,
        school=row.school, owner=row.school.name, found_on=on, found_by=by.get_username(), by=by, at=at, why=why,
    )  # fmt: skip
    return becomes(row, Became.FINDING, finding.pk, by=by, at=at, why=why)


@transaction.atomic
def plan_visit(
    referral: Referral,
    *,
    day: date,
    until: date | None,
    evening: bool,
    purpose: str,
    inspectors: Sequence[Inspector],
    by: Any,
    at: datetime,
    why: str,
) -> Errand:
    """Plan an unannounced visit. The task does not show it: until somebody arrives only planners and team know of it."""
    row = held(referral, _("安排突击检查"), by=by, at=at)
    check_unmade(row)
    if row.errands.exclude(errand__state=ErrandState.WITHDRAWN).exists():
        raise Conflict(
            "referral-visit-planned",
            "这件转办已经安排过检查，没有重复安排。需要改期的，请先撤销原来的检查任务。",
        )
    unit = row.school or row.institution
    errand = plan_errand(
        kind=ErrandKind.SURPRISE, day=day, until=until, by_area=row.area, purpose=purpose, inspectors=inspectors,
        school=row.school, institution=None if row.school else row.institution, place="" if unit else row.title,
        address="" if unit else row.place, area=row.area, evening=evening, by=by, at=at, why=why,
    )  # fmt: skip
    save_row(ReferralErrand(referral=row, errand=errand), by=by, at=at, why=why, verb=Verb.DEED.value)
    return errand


@transaction.atomic
def report(
    referral: Referral, *, outcome: Outcome, words: str, on: date, by: Any, at: datetime, why: str
) -> Referral:
    """Report what was found and done. The officer answers the citizens by it, in words that name nobody."""
    row = held(referral, _("报告办理结果"), by=by, at=at)
    check_has_come(on, at=at)
    if on < row.assigned_on:
        raise Refusal(
            "report-before-referral", "{on} 早于转办日 {day}。请核对日期。", on=on, day=row.assigned_on
        )
    if not words.strip():
        raise Refusal("report-empty", "请写明怎样核查、结果如何。")
    finish(row, outcome, words, on=on, by=by, at=at, why=why)
    return row


def finish(row: Referral, outcome: Outcome, words: str, *, on: date, by: Any, at: datetime, why: str) -> None:
    """Write the result."""
    row.state, row.outcome, row.report, row.done_on = ReferralState.DONE, outcome, words.strip()[:600], on
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)


@transaction.atomic
def give_back(referral: Referral, *, by: Any, at: datetime, why: str) -> Referral:
    """Give a task back that belongs to another office: its tips are with the officer again."""
    row = held(referral, _("退回转办"), by=by, at=at)
    check_unmade(row)
    row.state, row.outcome, row.done_on = ReferralState.DONE, Outcome.RETURNED, timezone.localdate(at)
    row.report = why.strip()[:600]
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    for one in row.tips.select_for_update(of=("self",)).filter(state=TipState.ASSIGNED):
        one.state, one.referral = TipState.ACCEPTED, None
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row
