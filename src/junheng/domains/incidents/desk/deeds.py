"""The deeds about incidents as the pages of places and of incidents offer them."""

from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.incidents import actions, forms
from junheng.domains.incidents.models import Incident
from junheng.domains.incidents.terms import IncidentState
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level


class ReportIncident(Deed[Any]):
    """发生安全事件后报告：发生了什么、在哪里、多少人受伤；不写学生姓名。期限内复盘，写明原因、措施和教训。"""

    slug = "incident"
    writes = "incidents"
    label = _("报告安全事件")
    form = forms.ReportForm

    def do(self, row: Any, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.report(row, by=by, at=at, why=why, **asked)


for slug in ("schools", "kindergartens", "waters"):
    deed(
        type(
            f"ReportAt{slug.title()}",
            (ReportIncident,),
            {"register": slug, "__doc__": ReportIncident.__doc__},
        )
    )


class OfAnIncident(Deed[Incident]):
    """A step of an incident."""

    register = "incidents"
    states: ClassVar[frozenset[IncidentState]]

    def is_open(self, row: Incident) -> bool:
        return row.state in self.states


class FromAbove(OfAnIncident):
    """A step of the county or the city."""

    def is_for(self, asker: Asker, row: Incident) -> bool:
        above = asker.stands_at(Level.COUNTY) or asker.stands_at(Level.CITY)
        return above and super().is_for(asker, row)


@deed
class Review(OfAnIncident):
    """复盘写明谁主持、为什么会发生、别的学校该记取什么；随后逐项增加措施，每项有责任人和期限。"""

    slug = "review"
    label = _("登记复盘")
    form = forms.ReviewForm
    states = frozenset({IncidentState.REPORTED})

    def do(self, row: Incident, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.review(row, by=by, at=at, why=why, **asked)


@deed
class AddMeasure(OfAnIncident):
    """复盘定下的一项措施：堵住哪个漏洞、做什么、谁做、何时前做完。它登记为一条问题隐患，由另一人复查销号，逾期上报。"""

    slug = "measure"
    label = _("增加措施")
    form = forms.MeasureForm
    states = frozenset({IncidentState.REVIEWED})

    def do(self, row: Incident, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.add_measure(row, by=by, at=at, why=why, **asked)
        return row


@deed
class Tell(FromAbove):
    """把原因和教训拟成函件发给别的学校，逐校签收；通报不写发生在哪所学校。拟稿后核对、签发。"""

    slug = "tell"
    label = _("通报教训")
    form = forms.TellForm
    states = frozenset({IncidentState.REVIEWED, IncidentState.CLOSED})

    def do(self, row: Incident, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.tell(row, by=by, at=at, why=why, **asked)


@deed
class Close(FromAbove):
    """全部措施由另一人复查销号以后办结；登记复盘的人不能自己办结。"""

    slug = "close"
    label = _("办结事件")
    form = forms.CloseForm
    states = frozenset({IncidentState.REVIEWED})

    def do(self, row: Incident, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.close(row, by=by, at=at, why=why, **asked)
