"""Deeds about the lineage of schools, as the pages offer them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.desk import CloseUnit, MergeUnits, MoveUnit, OfAnOpenUnit, RenameUnit
from junheng.domains.areas.forms import CarryingForm, LineageForm
from junheng.domains.schools.actions import recode_school, split_school
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import SchoolKind
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import KeyField


@deed
class Rename(RenameUnit):
    """更名：标识码不变，原校名保留在沿革中，仍可查到。"""

    register = "schools"


class MoveForm(CarryingForm):
    """The new place."""

    relations = {"area": ("schools", "area")}

    area = KeyField(label=_("划入区划"))


@deed
class Move(MoveUnit):
    """迁址或划转：学校连同在校班级、学生等划入另一个区划。跨县（市、区）由市局办理。"""

    register = "schools"
    form = MoveForm


@deed
class Merge(MergeUnits):
    """合并：其他学校并入本校，本校标识码不变；被并入的学校同日撤销，班级和学生转入本校。"""

    register = "schools"


@deed
class Close(CloseUnit):
    """撤并：本校撤销，由另一所学校承接全部班级和学生。"""

    register = "schools"


class SplitForm(LineageForm):
    """The new school, and the classes that it takes along."""

    relations = {"area": ("schools", "area")}

    code = forms.CharField(label=_("新校标识码"), max_length=10)
    name = forms.CharField(label=_("新校校名"), max_length=60)
    area = KeyField(label=_("新校所在区划"))
    classes = forms.CharField(
        label=_("带走的班级"), max_length=400, help_text=_("按“年级-班号”填写，以顿号分隔，例如 1-1、1-2。")
    )


@deed
class Split(OfAnOpenUnit):
    """分设：从本校分出一所新校，带走所填班级及其学生；其余留在本校。"""

    register = "schools"
    slug = "split"
    label = _("分设")
    form = SplitForm

    def do(self, row: School, *, by: Any, at: Any, why: str, **asked: Any) -> School:
        return split_school(row, by=by, at=at, why=why, **asked)


class RecodeForm(CarryingForm):
    """The new code and the new kind."""

    code = forms.CharField(label=_("新标识码"), max_length=10)
    name = forms.CharField(label=_("新校名"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("新办学类型"), choices=SchoolKind.choices)


@deed
class Recode(OfAnOpenUnit):
    """改制换码：办学类型改变须换新标识码；原码保留并终止，班级和学生转入新码。"""

    register = "schools"
    slug = "recode"
    label = _("改制换码")
    form = RecodeForm

    def do(self, row: School, *, by: Any, at: Any, why: str, **asked: Any) -> School:
        return recode_school(row, by=by, at=at, why=why, **asked)
