"""The deeds about leaves and misses as the pages offer them, and what the page of a miss shows besides its fields."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from junheng.domains.patrols import actions
from junheng.domains.patrols.actions.explaining import MAY_EXPLAIN
from junheng.domains.patrols.forms import BackForm, ExplanationForm, LeaveForm, VerdictForm
from junheng.domains.patrols.models import Leave, Miss
from junheng.domains.patrols.policies import is_officer, judges, speaks_for
from junheng.domains.patrols.terms import MissState
from junheng.domains.people.models import Person
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.panels import Panel, panel


@deed
class RequestLeave(Deed[Person]):
    """为责任人登记请假和代理人。有代理人的，期间的暗访由代理人承担；没有的，仍由本人承担。"""

    slug = "leave"
    register = "people"
    writes = "leaves"
    label = _("登记请假")
    form = LeaveForm

    def is_for(self, asker: Asker, row: Person) -> bool:
        return is_officer(asker.user, on=asker.today) and super().is_for(asker, row)

    def do(self, row: Person, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.request_leave(row, by=by, at=at, why=why, **asked)


@deed
class EndLeave(Deed[Leave]):
    """提前返岗，或取消还没有开始的请假。"""

    slug = "end"
    register = "leaves"
    label = _("结束请假")
    form = BackForm

    def is_open(self, row: Leave) -> bool:
        return not row.cancelled

    def is_for(self, asker: Asker, row: Leave) -> bool:
        return speaks_for(row.person, asker.user, on=asker.today) and super().is_for(asker, row)

    def do(self, row: Leave, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.end_leave(row, by=by, at=at, why=why, **asked)


@deed
class ExplainMiss(Deed[Miss]):
    """写明没有查够的原因和补救。由上一级认定，写的人不能自己认定。"""

    slug = "explain"
    register = "misses"
    label = _("说明漏查")
    form = ExplanationForm

    def is_open(self, row: Miss) -> bool:
        return row.state in MAY_EXPLAIN

    def is_for(self, asker: Asker, row: Miss) -> bool:
        return speaks_for(row.person, asker.user, on=asker.today) and super().is_for(asker, row)

    def do(self, row: Miss, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.explain_miss(row, by=by, at=at, why=why, **asked)


class JudgementOfAMiss(Deed[Miss]):
    """What the level above does with an explanation."""

    register = "misses"

    def is_open(self, row: Miss) -> bool:
        return row.state == MissState.EXPLAINED

    def is_for(self, asker: Asker, row: Miss) -> bool:
        return judges(row, asker.user, on=asker.today) and super().is_for(asker, row)


@deed
class AcceptMiss(JudgementOfAMiss):
    """说明成立的采纳：漏查仍在台账里，不再往上报。"""

    slug = "accept"
    label = _("采纳说明")

    def do(self, row: Miss, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.accept_miss(row, by=by, at=at, why=why)


@deed
class RejectMiss(JudgementOfAMiss):
    """说明不成立的退回，责任人可再次说明；期限一到继续上报。"""

    slug = "reject"
    label = _("不采纳说明")
    form = VerdictForm

    def do(self, row: Miss, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.reject_miss(row, by=by, at=at, why=why, **asked)


@panel("detail", order=5)
def who_was_told(_request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a miss: which levels were told, when it was due and when it was."""
    if register.model is not Miss:
        return None
    return Panel("patrols/_told.html", {"miss": row, "told": list(row.escalations.order_by("due_on", "pk"))})
