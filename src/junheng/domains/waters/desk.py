"""Deeds about who has charge of a water, as the pages offer them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.domains.waters.actions import end_assignment, hand_over
from junheng.domains.waters.models import Assignment
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField, KeyField


class HeldAssignment(Deed[Assignment]):
    """A deed about an assignment that has not ended."""

    register = "assignments"

    def is_open(self, row: Assignment) -> bool:
        return row.until is None


class HandOverForm(DeedForm):
    """To whom, and from when."""

    relations = {"successor": ("assignments", "person")}

    successor = KeyField(label=_("接任人"))
    on = DayField(label=_("接任日"), help_text=_("原责任人同日卸任。"))


@deed
class HandOver(HeldAssignment):
    """一人卸任、一人接任，同日交接，水域不留空档。接任人须是所在地同级的在任人员。"""

    slug = "handover"
    label = _("移交责任")
    form = HandOverForm

    def do(self, row: Assignment, *, by: Any, at: Any, why: str, **asked: Any) -> Assignment:
        return hand_over(row, asked["successor"], on=asked["on"], by=by, at=at, why=why)


class EndForm(DeedForm):
    """The day."""

    on = DayField(label=_("终止日（不再负责的第一天）"))


@deed
class EndAssignment(HeldAssignment):
    """没有接任人的终止：只在同级另有责任人，或水域已移出名录时办理。"""

    slug = "end"
    label = _("终止责任")
    form = EndForm

    def do(self, row: Assignment, *, by: Any, at: Any, why: str, **asked: Any) -> Assignment:
        return end_assignment(row, by=by, at=at, why=why, **asked)
