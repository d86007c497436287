"""Deeds about the lineage of places, and the one that takes an event of lineage back."""

from typing import Any, cast

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.actions import merge_area, recode_area, rename_area
from junheng.domains.areas.forms import CloseForm, LineageForm, MergeForm, RenameForm
from junheng.domains.areas.models import Area
from junheng.domains.areas.queries import units_coded
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.lineage.actions import decides, merge, move, rename, take_back
from junheng.platform.lineage.models import Succession
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker


class OfAnOpenUnit(Deed[Any]):
    """A deed of lineage about a unit that was not closed; the registers of units name the rest."""

    def is_open(self, row: Any) -> bool:
        return row.until is None

    def is_for(self, asker: Asker, row: Any) -> bool:
        return decides(asker, register_called(self.register)) and super().is_for(asker, row)


class RenameUnit(OfAnOpenUnit):
    """The unit keeps its code."""

    slug = "rename"
    label = _("更名")
    form = RenameForm

    def do(self, row: Any, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        rename(row, by=by, at=at, why=why, **asked)
        return cast("Model", row)


class MoveUnit(OfAnOpenUnit):
    """The unit and what belongs to it go to another area; ``form`` names the register of that area."""

    slug = "move"
    label = _("迁址或划转")

    def do(self, row: Any, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        move(row, by=by, at=at, why=why, **asked)
        return cast("Model", row)


class MergeUnits(OfAnOpenUnit):
    """Others go up in the unit."""

    slug = "merge"
    label = _("合并")
    form = MergeForm

    def do(self, row: Any, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        merge(asked["codes"], row, on=asked["on"], number=asked["number"], by=by, at=at, why=why)
        return cast("Model", row)


class CloseUnit(OfAnOpenUnit):
    """The unit goes up in another one."""

    slug = "close"
    label = _("撤并")
    form = CloseForm

    def do(self, row: Any, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        merge([row], asked["heir"], on=asked["on"], number=asked["number"], by=by, at=at, why=why)
        return cast("Model", row)


@deed
class TakeBack(Deed[Succession]):
    """更正撤回：登记有误的沿革，随之变动的记录逐条恢复原状；这条沿革保留并注明撤回日。"""

    slug = "take-back"
    register = "lineage"
    label = _("更正撤回")

    def is_open(self, row: Succession) -> bool:
        return row.withdrawn_on is None

    def do(self, row: Succession, *, by: Any, at: Any, why: str, **asked: Any) -> Succession:
        return take_back(row, by=by, at=at, why=why)


class OfAnOpenArea(Deed[Area]):
    """A deed about a unit that was not merged away."""

    register = "areas"

    def is_open(self, row: Area) -> bool:
        return row.until is None


@deed
class RenameArea(OfAnOpenArea):
    """更名：区划代码不变，原名称保留在沿革中。"""

    slug = "rename"
    label = _("更名")
    form = RenameForm

    def do(self, row: Area, *, by: Any, at: Any, why: str, **asked: Any) -> Area:
        rename_area(row, by=by, at=at, why=why, **asked)
        return row


class MergeAreaForm(LineageForm):
    """The unit that carries on."""

    heir = forms.CharField(label=_("并入的区划"), max_length=60, help_text=_("填写并入单位的区划代码。"))

    def clean_heir(self) -> Area:
        """The unit behind the code."""
        found: Area = units_coded(Area, self.cleaned_data["heir"])[0]
        return found


@deed
class MergeArea(OfAnOpenArea):
    """并入：本单位撤销并入同级的另一单位。原代码下的记录不改写，历史照旧可查；承接单位的人员自今日起可以查看和办理原代码下的记录。"""

    slug = "merge"
    label = _("并入")
    form = MergeAreaForm

    def do(self, row: Area, *, by: Any, at: Any, why: str, **asked: Any) -> Area:
        merge_area(row, asked["heir"], on=asked["on"], number=asked["number"], by=by, at=at, why=why)
        return row


class RecodeAreaForm(LineageForm):
    """The new code."""

    code = forms.CharField(
        label=_("新区划代码"), max_length=9, help_text=_("位数与原代码相同；下辖乡镇（街道）随之换码。")
    )


@deed
class RecodeArea(OfAnOpenArea):
    """换码：单位不变，区划代码改变，下辖乡镇（街道）随之换码。原代码下的记录不改写，历史照旧可查；分县数据合并到新代码下；有权的人员自今日起也持有新代码。"""

    slug = "recode"
    label = _("换码")
    form = RecodeAreaForm

    def do(self, row: Area, *, by: Any, at: Any, why: str, **asked: Any) -> Area:
        return recode_area(row, by=by, at=at, why=why, **asked)
