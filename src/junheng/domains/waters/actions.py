"""Deeds about who has charge of a water: hand over, end. No water is left without a person of each level."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Assignment
from junheng.domains.waters.queries import in_charge
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after


@transaction.atomic
def hand_over(
    assignment: Assignment, successor: Person, *, on: date, by: Any, at: datetime, why: str
) -> Assignment:
    """Give the charge of a water to somebody else from a day on; the old charge ends on that very day."""
    assignment = open_assignment(assignment, deed=_("移交水域责任"), by=by, at=at)
    check_ends_after(assignment.since, on)
    check_can_take(assignment, successor, on=on)
    assignment.until = on
    save_row(assignment, by=by, at=at, why=why, verb=Verb.DEED.value)
    new = Assignment(
        water_id=assignment.water_id,
        person=successor,
        area_id=assignment.area_id,
        level=assignment.level,
        since=on,
    )
    save_row(new, by=by, at=at, why=why, verb=Verb.DEED.value)
    return new


@transaction.atomic
def end_assignment(assignment: Assignment, *, on: date, by: Any, at: datetime, why: str) -> Assignment:
    """End a charge without a successor: only where another person of that level stays, or the water is off the list."""
    assignment = open_assignment(assignment, deed=_("终止水域责任"), by=by, at=at)
    check_ends_after(assignment.since, on)
    water = assignment.water
    others = in_charge(water, level=assignment.level, on=on).exclude(pk=assignment.pk)
    if (water.until is None or water.until > on) and not others.exists():
        raise Refusal(
            "water-left-alone",
            "{water}在 {on} 将没有{level}责任人。请改用“移交责任”并写明接任人。",
            water=water,
            on=on,
            level=assignment.get_level_display(),
        )
    assignment.until = on
    save_row(assignment, by=by, at=at, why=why, verb=Verb.DEED.value)
    return assignment


def open_assignment(assignment: Assignment, *, deed: str, by: Any, at: datetime) -> Assignment:
    """The assignment as it stands now, locked; refuses one that has ended."""
    assignment = Assignment.objects.select_for_update().select_related("water").get(pk=assignment.pk)
    check_may(deed, assignment, by=by, at=at)
    if assignment.until is not None:
        raise Conflict(
            "assignment-ended", "这项责任已定于 {until} 终止，没有再次办理。", until=assignment.until
        )
    return assignment


def check_can_take(assignment: Assignment, successor: Person, *, on: date) -> None:
    """Refuse a successor who is not in office that day, has charge already, or belongs to another place."""
    if successor.since > on or (successor.until is not None and successor.until <= on):
        raise Refusal(
            "successor-not-in-office",
            "{person}在 {on} 不在任，不能接任。请选择当日在任的人员。",
            person=successor,
            on=on,
        )
    if successor.area.kind != assignment.level or not assignment.area_id.startswith(successor.area_id):
        raise Refusal(
            "successor-elsewhere",
            "{person}属于{place}，不能担任{water}的{level}责任人。请选择所在地同级的人员。",
            person=successor,
            place=successor.area,
            water=assignment.water,
            level=assignment.get_level_display(),
        )
    if in_charge(assignment.water, level=assignment.level, on=on).filter(person=successor).exists():
        raise Refusal(
            "successor-in-charge",
            "{person}已负责{water}，不必移交。",
            person=successor,
            water=assignment.water,
        )
