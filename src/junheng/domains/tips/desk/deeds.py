"""What an office can make of a task, as the pages offer it."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from junheng.domains.findings.terms import Severity
from junheng.domains.tips.actions import handling
from junheng.domains.tips.actions.handling import CASES
from junheng.domains.tips.forms import CaseForm, FindingForm, ReportForm, VisitForm
from junheng.domains.tips.models import Referral, TipPhoto
from junheng.domains.tips.terms import Became, Outcome, ReferralState
from junheng.domains.visits.policies.scope import visible
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel
from junheng.platform.registers.registry import every_register

SHOWN_IN = {Became.CASE: "cases", Became.FINDING: "findings", Became.VISIT: "sitevisits"}
"""The register in which people find what a task has become."""


class OfATask(Deed[Referral]):
    """Something about a task that is still open."""

    register = "referrals"

    def is_open(self, row: Referral) -> bool:
        return row.state == ReferralState.OPEN


class Unmade(OfATask):
    """Something that may be made of a task once."""

    def is_open(self, row: Referral) -> bool:
        return super().is_open(row) and row.became == Became.NONE


@deed
class MakeCase(Unmade):
    """无证、违规时间培训和违规收费可以转为案件，案件办结后这件转办自动办结。"""

    slug = "case"
    label = _("转为案件")
    form = CaseForm

    def is_open(self, row: Referral) -> bool:
        return super().is_open(row) and row.kind in CASES

    def do(self, row: Referral, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return handling.make_case(row, by=by, at=at, why=why, **asked)


@deed
class PlanVisit(Unmade):
    """安排一次不预先通知的检查：日子由日历判断，检查组须回避。到场以前，只有安排人和检查组看得到。"""

    slug = "visit"
    label = _("安排突击检查")
    form = VisitForm

    def do(self, row: Referral, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        handling.plan_visit(row, inspectors=asked.pop("team"), by=by, at=at, why=why, **asked)
        return row


@deed
class MakeFinding(Unmade):
    """学校的问题（如收费不在目录内）转为问题整改：退还、改正、另一人复查后销号。学校看不到它来自举报。"""

    slug = "finding"
    label = _("转为问题整改")
    form = FindingForm

    def is_open(self, row: Referral) -> bool:
        return super().is_open(row) and row.school_id is not None

    def do(self, row: Referral, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        severity = Severity(asked.pop("severity"))
        return handling.make_finding(row, severity=severity, by=by, at=at, why=why, **asked)


@deed
class ReportOutcome(OfATask):
    """写明怎样核查、结果如何。举报受理员据此答复，答复里不出现任何人和单位的信息。"""

    slug = "report"
    label = _("报告办理结果")
    form = ReportForm

    def do(self, row: Referral, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        outcome = Outcome(asked.pop("outcome"))
        return handling.report(row, outcome=outcome, by=by, at=at, why=why, **asked)


@deed
class GiveBack(Unmade):
    """不属于本单位办理的，写明理由退回，由举报受理员另转。"""

    slug = "back"
    label = _("退回转办")

    def do(self, row: Referral, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return handling.give_back(row, by=by, at=at, why=why)


@panel("detail", order=5)
def what_became(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a task: its day, what it has become, and the photos that came with it."""
    if register.model is not Referral:
        return None
    asker = asker_of(request)
    late = row.state == ReferralState.OPEN and row.due_on < asker.day
    shown = every_register().get(SHOWN_IN.get(Became(row.became), ""))
    seen = shown is not None and asker.may("view", shown)
    photos = TipPhoto.objects.filter(tip__referral=row, shared=True).order_by("pk")
    return Panel(
        "tips/_referral.html",
        {
            "errands": visible(asker).filter(pk__in=row.errands.values("errand")).order_by("pk"),
            "referral": row,
            "late": late,
            "register": shown.slug if shown and seen else "",
            "photos": photos,
        },
    )
