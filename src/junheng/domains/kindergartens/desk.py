"""Deeds about recognition, as the pages offer them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.forms import CarryingForm, CloseForm, MergeForm, RenameForm
from junheng.domains.kindergartens.actions import end_recognition, recognise, reject
from junheng.domains.kindergartens.models import Kindergarten, Recognition
from junheng.domains.kindergartens.terms import Decision, EndedBy
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.lineage.actions import decides, merge, move, rename
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
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


class OfAnOpenKindergarten(Deed[Kindergarten]):
    """A deed about a kindergarten that was not closed."""

    register = "kindergartens"

    def is_open(self, row: Kindergarten) -> bool:
        return row.until is None

    def is_for(self, asker: Asker, row: Kindergarten) -> bool:
        return decides(asker, register_called(self.register)) and super().is_for(asker, row)


@deed
class RenameKindergarten(OfAnOpenKindergarten):
    """更名：标识码不变，原园名保留在沿革中，仍可查到。"""

    slug = "rename"
    label = _("更名")
    form = RenameForm

    def do(self, row: Kindergarten, *, by: Any, at: Any, why: str, **asked: Any) -> Kindergarten:
        rename(row, by=by, at=at, why=why, **asked)
        return row


class MoveForm(CarryingForm):
    """The new place."""

    relations = {"area": ("kindergartens", "area")}

    area = KeyField(label=_("划入区划"))


@deed
class MoveKindergarten(OfAnOpenKindergarten):
    """迁址或划转：幼儿园连同在园幼儿等划入另一个区划。跨县（市、区）由市局办理。"""

    slug = "move"
    label = _("迁址或划转")
    form = MoveForm

    def do(self, row: Kindergarten, *, by: Any, at: Any, why: str, **asked: Any) -> Kindergarten:
        move(row, by=by, at=at, why=why, **asked)
        return row


@deed
class MergeKindergartens(OfAnOpenKindergarten):
    """合并：其他幼儿园并入本园，本园标识码不变；被并入的同日停办，在园幼儿转入本园。"""

    slug = "merge"
    label = _("合并")
    form = MergeForm

    def do(self, row: Kindergarten, *, by: Any, at: Any, why: str, **asked: Any) -> Kindergarten:
        merge(asked["codes"], row, on=asked["on"], number=asked["number"], by=by, at=at, why=why)
        return row


@deed
class CloseKindergarten(OfAnOpenKindergarten):
    """撤并：本园停办，由另一所幼儿园承接在园幼儿。"""

    slug = "close"
    label = _("撤并")
    form = CloseForm

    def do(self, row: Kindergarten, *, by: Any, at: Any, why: str, **asked: Any) -> Kindergarten:
        merge([row], asked["heir"], on=asked["on"], number=asked["number"], by=by, at=at, why=why)
        return row
