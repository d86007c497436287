"""The deed about groups, as the pages offer it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.domains.groups.actions import merge_groups
from junheng.domains.groups.models import SchoolGroup
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField, KeyField


class MergeForm(DeedForm):
    """Into which group, and from when."""

    relations = {"heir": ("groups", "merged_into")}

    heir = KeyField(label=_("并入集团"))
    on = DayField(label=_("合并日"))


@deed
class Merge(Deed[SchoolGroup]):
    """本集团终止并入另一集团，成员学校同日转入为成员；本集团和成员的历史都保留。"""

    slug = "merge"
    register = "groups"
    label = _("集团合并")
    form = MergeForm

    def is_open(self, row: SchoolGroup) -> bool:
        return row.until is None

    def do(self, row: SchoolGroup, *, by: Any, at: Any, why: str, **asked: Any) -> SchoolGroup:
        heir: SchoolGroup = asked["heir"]
        merge_groups(row, heir, on=asked["on"], by=by, at=at, why=why)
        return heir
