"""Deeds about recognition, as the pages offer them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.desk import CloseUnit, MergeUnits, MoveUnit, RenameUnit
from junheng.domains.areas.forms import CarryingForm
from junheng.domains.kindergartens.actions import end_recognition, recognise, reject
from junheng.domains.kindergartens.models import Recognition
from junheng.domains.kindergartens.terms import Decision, EndedBy
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField, KeyField


class RecogniseForm(DeedForm):
    """The decision: its day, its number, and from when it holds."""

    decided_on = DayField(label=_("决定日"))
    since = DayField(label=_("生效日"), help_text=_("不早于决定日。"))
    number = forms.CharField(label=_("认定文号"), max_length=40)


@deed
class Recognise(Deed[Recognition]):
    """予以认定。首次认定计入新增；复核延续会在同一天终止原认定，存量不变。"""

    slug = "recognise"
    register = "recognitions"
    label = _("认定")
    form = RecogniseForm

    def is_open(self, row: Recognition) -> bool:
        return row.decision == Decision.PENDING

    def do(self, row: Recognition, *, by: Any, at: Any, why: str, **asked: Any) -> Recognition:
        return recognise(row, by=by, at=at, why=why, **asked)


class RejectForm(DeedForm):
    """The day of the decision; its reason is the reason of the deed."""

    decided_on = DayField(label=_("决定日"))


@deed
class Reject(Deed[Recognition]):
    """不予认定。事由写明未达到哪一条。"""

    slug = "reject"
    register = "recognitions"
    label = _("不予认定")
    form = RejectForm

    def is_open(self, row: Recognition) -> bool:
        return row.decision == Decision.PENDING

    def do(self, row: Recognition, *, by: Any, at: Any, why: str, **asked: Any) -> Recognition:
        return reject(row, by=by, at=at, why=why, **asked)


class EndForm(DeedForm):
    """From when it no longer holds, and why."""

    until = DayField(label=_("失效日（不再有效的第一天）"))
    ended_by = forms.ChoiceField(
        label=_("终止原因"),
        choices=[(one.value, one.label) for one in EndedBy if one != EndedBy.RENEWED],
    )


@deed
class EndRecognition(Deed[Recognition]):
    """撤销认定，或因停办、转为公办而终止；从失效日起不计入存量，补助同日停止。"""

    slug = "end"
    register = "recognitions"
    label = _("终止认定")
    form = EndForm

    def is_open(self, row: Recognition) -> bool:
        return row.decision == Decision.RECOGNISED and row.until is None

    def do(self, row: Recognition, *, by: Any, at: Any, why: str, **asked: Any) -> Recognition:
        asked["ended_by"] = EndedBy(asked["ended_by"])
        return end_recognition(row, by=by, at=at, why=why, **asked)


@deed
class RenameKindergarten(RenameUnit):
    """更名：标识码不变，原园名保留在沿革中，仍可查到。"""

    register = "kindergartens"


class MoveForm(CarryingForm):
    """The new place."""

    relations = {"area": ("kindergartens", "area")}

    area = KeyField(label=_("划入区划"))


@deed
class MoveKindergarten(MoveUnit):
    """迁址或划转：幼儿园连同在园幼儿等划入另一个区划。跨县（市、区）由市局办理。"""

    register = "kindergartens"
    form = MoveForm


@deed
class MergeKindergartens(MergeUnits):
    """合并：其他幼儿园并入本园，本园标识码不变；被并入的同日停办，在园幼儿转入本园。"""

    register = "kindergartens"


@deed
class CloseKindergarten(CloseUnit):
    """撤并：本园停办，由另一所幼儿园承接在园幼儿。"""

    register = "kindergartens"
