"""The deeds of after-class service on pages of registers, each in a sentence."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.domains.afterclass.actions import answering, drawing, placing
from junheng.domains.afterclass.forms import GapForm, NeedForm, PlaceForm, SeedForm
from junheng.domains.afterclass.models import ChoosingPeriod, Enrolment, Need
from junheng.domains.pupils.models import Pupil
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed


@deed
class WriteNeed(Deed[Pupil]):
    """登记家长就一个学期的答复，需要或不需要；班主任可以登记本班的。同一学期以最后一次答复为准。"""

    slug = "afterclass-need"
    register = "pupils"
    writes = "needs"
    label = _("登记课后服务需求")
    form = NeedForm

    def is_open(self, row: Pupil) -> bool:
        return row.until is None

    def do(self, row: Pupil, *, by: Any, at: Any, why: str, **asked: Any) -> Need:
        return answering.answer(row, by=by, at=at, why=why, **asked)


@deed
class Place(Deed[Need]):
    """给有需求的学生安排一门本校的课程。名额满了不能安排，请另选课程或先调整名额。"""

    slug = "place"
    register = "needs"
    writes = "enrolments"
    label = _("安排课程")
    form = PlaceForm

    def is_open(self, row: Need) -> bool:
        return row.wanted

    def do(self, row: Need, *, by: Any, at: Any, why: str, **asked: Any) -> Enrolment:
        return placing.place(row, asked.pop("course"), by=by, at=at, why=why, **asked)


@deed
class ExplainGap(Deed[Need]):
    """说明这名学生为什么还没有安排。说明原因不等于解决：没有安排以前一直列在待安排名单上。"""

    slug = "gap"
    register = "needs"
    label = _("说明未安排原因")
    form = GapForm

    def is_open(self, row: Need) -> bool:
        return row.wanted

    def do(self, row: Need, *, by: Any, at: Any, why: str, **asked: Any) -> Need:
        return answering.explain_gap(row, by=by, at=at, why=why, **asked)


@deed
class GivePlaces(Deed[ChoosingPeriod]):
    """截止以后按志愿安排：名额够的课程人人都有，名额不足的按抽签序号，落选的依次看下一志愿。只办一次，家长可以复算。"""

    slug = "give-places"
    register = "choosingperiods"
    label = _("按志愿安排")
    form = SeedForm

    def is_open(self, row: ChoosingPeriod) -> bool:
        return row.drawn_on is None

    def do(self, row: ChoosingPeriod, *, by: Any, at: Any, why: str, **asked: Any) -> ChoosingPeriod:
        return drawing.give_places(row, by=by, at=at, why=why, **asked)
