"""The deeds about findings as the pages offer them."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.findings import actions, forms, policies
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity, Verdict
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker


class AboutAFinding(Deed[Finding]):
    """A deed about a finding."""

    register = "findings"


class Remedying(AboutAFinding):
    """What the unit does while it has to remedy."""

    def is_open(self, row: Finding) -> bool:
        return row.state == FindingState.OPEN

    def is_for(self, asker: Asker, row: Finding) -> bool:
        return policies.remedies(row, by=asker.user, at=asker.at)


class Rechecking(AboutAFinding):
    """What is done by whoever looks again."""

    def is_for(self, asker: Asker, row: Finding) -> bool:
        return policies.rechecks(row, by=asker.user, at=asker.at)


@deed
class Plan(Remedying):
    """落实整改责任、措施、资金、时限、预案（五落实）。重大隐患须先管控、后整改，期限由方案写明。"""

    slug = "plan"
    label = _("落实整改方案")
    form = forms.PlanForm

    def do(self, row: Finding, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.plan(row, by=by, at=at, why=why, **asked)


@deed
class Remedy(Remedying):
    """改完后报告，写明改了什么并附佐证；由未经手的另一人到现场复查后才销号。"""

    slug = "remedy"
    label = _("报告整改完成")
    form = forms.RemedyForm

    def do(self, row: Finding, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.remedy(row, by=by, at=at, why=why, **asked)


@deed
class AskTime(Remedying):
    """来不及整改的，期满前申请延期，写明原因和期间的管控措施，由上一级批复。"""

    slug = "asktime"
    label = _("申请延期")
    form = forms.AskTimeForm

    def is_open(self, row: Finding) -> bool:
        return super().is_open(row) and row.asked_until is None

    def do(self, row: Finding, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.ask_time(row, by=by, at=at, why=why, **asked)


@deed
class DecideTime(AboutAFinding):
    """批复延期申请；同意的，整改期限改为申请的日期。申请人不能批复自己的申请。"""

    slug = "decidetime"
    label = _("批复延期")
    form = forms.DecideTimeForm

    def is_open(self, row: Finding) -> bool:
        return row.asked_until is not None

    def is_for(self, asker: Asker, row: Finding) -> bool:
        return not row.asked_of or policies.gives_time(row, by=asker.user, at=asker.at)

    def do(self, row: Finding, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.decide_time(
            row, verdict=Verdict(asked["verdict"]), words=asked["words"], by=by, at=at, why=why
        )


@deed
class Close(Rechecking):
    """到现场复查，确已整改的销号。报告整改的人、整改责任人和整改单位的人都不能复查自己的整改。"""

    slug = "close"
    label = _("复查销号")
    form = forms.CheckForm

    def is_open(self, row: Finding) -> bool:
        return row.state == FindingState.REMEDIED

    def do(self, row: Finding, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.close(row, by=by, at=at, why=why, **asked)


@deed
class Reopen(Rechecking):
    """没有改好或又出现的，退回重新整改，重新计算期限；退回次数计入台账。"""

    slug = "reopen"
    label = _("退回重新整改")
    form = forms.ReopenForm

    def is_open(self, row: Finding) -> bool:
        return row.state != FindingState.OPEN

    def do(self, row: Finding, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.reopen(row, by=by, at=at, why=why, **asked)


@deed
class ListIt(AboutAFinding):
    """重大隐患由县（市、区）教育局或市局挂牌督办；哪一级挂牌，就由哪一级复查后摘牌销号。"""

    slug = "list"
    label = _("挂牌督办")
    form = forms.ListForm

    def is_open(self, row: Finding) -> bool:
        return row.severity == Severity.MAJOR and row.state != FindingState.CLOSED

    def is_for(self, asker: Asker, row: Finding) -> bool:
        return policies.may_list(row, by=asker.user, at=asker.at)

    def do(self, row: Finding, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.list_finding(row, by=by, at=at, why=why, **asked)
