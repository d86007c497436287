"""The deeds of a round as its page in the register offers them, and what stands beside its fields."""

from typing import Any, ClassVar

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from junheng.domains.findings.models import Finding
from junheng.domains.safety import actions
from junheng.domains.safety.actions.disclosing import SOURCE
from junheng.domains.safety.forms import CloseForm, PlanForm, ResultsForm
from junheng.domains.safety.models import Answer, Inspection, ResultNotice, Round, Sheet
from junheng.domains.safety.policies import SHEETS, readable
from junheng.domains.safety.queries import plan_of
from junheng.domains.safety.terms import CheckLevel, RoundState
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers import Register
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.panels import Panel, panel


class OfARound(Deed[Round]):
    """A step of a round."""

    register = "rounds"
    states: ClassVar[frozenset[RoundState]]

    def is_open(self, row: Round) -> bool:
        plan = plan_of(row)
        return plan is not None and plan.state in self.states


@deed
class PlanRound(OfARound):
    """选定清单版次、学校类型和各级起止时间；开始前可以反复修改，开始后不再改动。"""

    slug = "plan"
    label = _("设定检查方案")
    form = PlanForm

    def is_open(self, row: Round) -> bool:
        plan = plan_of(row)
        return row.closed_on is None and (plan is None or plan.state == RoundState.DRAFT)

    def do(self, row: Round, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.plan_round(row, by=by, at=at, why=why, **asked)
        return row


@deed
class OpenRound(OfARound):
    """开始后每所学校收到自查表、每个县（市、区）收到本县各校的排查表，用的是同一份清单。"""

    slug = "open"
    label = _("开始轮次")
    states = frozenset({RoundState.DRAFT})

    def do(self, row: Round, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.open_round(row, by=by, at=at, why=why)
        return row


@deed
class CloseRound(OfARound):
    """结束后各级都不能再提交，已提交的自查全部公开；没有提交的记为未提交。"""

    slug = "close"
    label = _("结束轮次")
    form = CloseForm
    states = frozenset({RoundState.OPEN})

    def do(self, row: Round, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.close_round(row, by=by, at=at, why=why, **asked)
        return Round.objects.get(pk=row.pk)


@deed
class SendResults(OfARound):
    """把各县（市、区）的结果分别通报给被查的一方，数字固定不再变；被查方在截止日前可以答复。"""

    slug = "results"
    label = _("通报结果")
    form = ResultsForm
    states = frozenset({RoundState.CLOSED})

    def is_open(self, row: Round) -> bool:
        return super().is_open(row) and not ResultNotice.objects.filter(round=row).exists()

    def do(self, row: Round, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.send_results(row, by=by, at=at, why=why, **asked)
        return row


@panel("detail", order=5)
def plan_panel(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a round: its plan, and where it is followed."""
    if register.model is not Round:
        return None
    plan = plan_of(row)
    windows = [(level.label, *plan.window(level)) for level in CheckLevel] if plan else []
    return Panel("safety/_plan.html", {"round": row, "plan": plan, "windows": windows})


@panel("detail", order=60)
def sheet_panel(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of an inspection: the sheet that it comes from."""
    if register.model is not Inspection:
        return None
    sheet = Sheet.objects.filter(inspection=row).first()
    return Panel("safety/_of_inspection.html", {"sheet": sheet}) if sheet else None


@panel("detail", order=12)
def finding_panel(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a finding that a sheet brought to light, for who may read that: the item, and its photos."""
    if register.model is not Finding or row.source != SOURCE:
        return None
    asker = asker_of(request)
    if not asker.may("view", SHEETS):
        return None
    seen = Answer.objects.filter(finding=row, sheet__in=readable(asker))
    answer = seen.select_related("item").first()
    return Panel("safety/_of_finding.html", {"answer": answer, "finding": row}) if answer else None
