"""The deeds about a county line as the pages offer them, and what waits for whom."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from junheng.domains.admissions.actions import answer_crossing, close_crossing, return_crossing
from junheng.domains.admissions.forms import AnswerForm, ReturnForm
from junheng.domains.admissions.models import Crossing
from junheng.domains.admissions.terms import CrossingState
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level
from junheng.platform.registers.todo import Todo, Waiting, todo


@deed
class AnswerCrossing(Deed[Crossing]):
    """写明合法情形和依据，或写明已经纠正的日期；由市局复核后办结。"""

    slug = "answer"
    register = "crossings"
    label = _("说明跨县域就读")
    form = AnswerForm

    def is_open(self, row: Crossing) -> bool:
        return row.state == CrossingState.OPEN

    def do(self, row: Crossing, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return answer_crossing(row, by=by, at=at, why=why, **asked)


class ReviewOfACrossing(Deed[Crossing]):
    """What the city's bureau does with an answer."""

    register = "crossings"

    def is_open(self, row: Crossing) -> bool:
        return row.state == CrossingState.ANSWERED

    def is_for(self, asker: Asker, row: Crossing) -> bool:
        return asker.stands_at(Level.CITY) and super().is_for(asker, row)


@deed
class CloseCrossing(ReviewOfACrossing):
    """同意说明并办结；合法情形或纠正日同时写入新生录取。"""

    slug = "close"
    label = _("办结跨县域核查")

    def do(self, row: Crossing, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return close_crossing(row, by=by, at=at, why=why)


@deed
class ReturnCrossing(ReviewOfACrossing):
    """说明不成立的退回，县（市、区）在原期限内重新说明或纠正。"""

    slug = "return"
    label = _("退回说明")
    form = ReturnForm

    def do(self, row: Crossing, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return return_crossing(row, by=by, at=at, why=why, **asked)


@todo
def crossings(asker: Asker) -> Iterable[Waiting]:
    """Cases that wait for this person: to be answered, or, at the city's bureau, to be reviewed."""
    register = register_called("crossings")
    if not asker.may("change", register):
        return
    day = settings.JUNHENG_AS_OF or asker.today
    own = asker.within(Crossing.objects.all(), register, "change")
    state = CrossingState.ANSWERED if asker.stands_at(Level.CITY) else CrossingState.OPEN
    label = _("待复核的跨县域核查") if state == CrossingState.ANSWERED else _("待说明的跨县域就读")
    address = f"{reverse('registers:list', args=['crossings'])}?state={state}"

    def line(count: int, due: date | None) -> Todo:
        return Todo(str(label), address, count, "map", due, due is not None and due < day)

    yield Waiting(own.filter(state=state), line, "due_on")
