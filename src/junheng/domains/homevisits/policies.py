"""Who records visits of a class, and whose task a need is: each kind goes to one role and to nobody else."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from junheng.domains.homevisits.models import HelpTask, Visit
from junheng.domains.homevisits.terms import NeedKind
from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import NotAllowed
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grants_of, held, lies_within, within_area
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.registry import register_called, register_of

RESPONSIBLE = {
    NeedKind.STUDY: Role.PRINCIPAL,
    NeedKind.SAFETY: Role.PRINCIPAL,
    NeedKind.OTHER: Role.PRINCIPAL,
    NeedKind.MIND: Role.PSYCHOLOGIST,
    NeedKind.AID: Role.AID_OFFICER,
}
"""Whose task a need is. What concerns a mind or money is not even seen by the principal."""


def records_for(room: SchoolClass, asker: Asker) -> bool:
    """Whether somebody writes visits of a class."""
    visits = register_of(Visit)
    if visits is None:
        return False
    grants = asker.granting(visits, "change")
    return lies_within(SchoolClass, room.pk, register_called("classes"), grants)


def check_records(deed: str, room: SchoolClass, *, by: Any, at: datetime) -> None:
    """Refuse whoever writes no visits of this class."""
    if not records_for(room, Asker(by, at)):
        raise NotAllowed(
            "visit-not-your-class",
            "“{deed}”由本班班主任或本校办理，您不是{room}的，没有做任何改动。",
            deed=deed,
            room=room,
        )


def tasks_of(asker: Asker) -> "QuerySet[HelpTask]":
    """The tasks that are somebody's to do, by role and place; a class teacher has none."""
    rows = HelpTask.objects.none()
    visits = register_of(Visit)
    if visits is None or not asker.permits("change", visits):
        return rows
    mine = Q()
    for grant in grants_of(asker.user, on=asker.today):
        kinds = [kind for kind, role in RESPONSIBLE.items() if role == grant.role]
        if grant.school is not None:
            mine |= Q(kind__in=kinds, school=grant.school)
        elif grant.role == Role.AID_OFFICER:
            mine |= Q(kind__in=kinds) & within_area("area", grant.area)
    return HelpTask.objects.filter(mine) if mine else rows


def does_tasks(asker: Asker) -> bool:
    """Whether somebody holds a role that tasks go to."""
    grants = grants_of(asker.user, on=asker.today)
    return any(
        grant.role in RESPONSIBLE.values() and (grant.school or grant.role == Role.AID_OFFICER)
        for grant in grants
    )


def somebody_for(kind: NeedKind, school: School, *, on: date) -> bool:
    """Whether anybody holds the role that a need goes to, at this school or above it."""
    role = RESPONSIBLE[kind]
    places = [school.area_id[:length] for length in range(4, len(school.area_id) + 1)]
    here = Q(area__in=places, school=None) if role == Role.AID_OFFICER else Q(school=school.pk)
    return Grant.objects.filter(held(on), here, role=role, user__is_active=True).exists()
