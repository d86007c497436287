"""Which boarders have a bed on a day, and which have none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from junheng.domains.funds.models import BedAssignment, Dormitory
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.platform.spans import holds

BOARDED = (Stage.PRIMARY, Stage.JUNIOR)
"""Stages whose boarders the supplement is for."""


def given(on: date) -> "QuerySet[BedAssignment]":
    """The beds that are given out on a day, in dormitories that are in use."""
    room = Q(dormitory__since__lte=on) & (Q(dormitory__until=None) | Q(dormitory__until__gt=on))
    return BedAssignment.objects.filter(room, holds(on)).order_by()


def schools_with_beds(on: date) -> set[int]:
    """The schools that give out their beds pupil by pupil: there the beds count, and no number of them."""
    return set(given(on).values_list("dormitory__school", flat=True).distinct())


def bedded_on(on: date, held: "Q | None" = None) -> dict[tuple[int, str], int]:
    """By school and stage the boarders on the roll of a day who have a bed at that school; none of those held aside."""
    mine = Q(pupil__school=F("dormitory__school"), pupil__boarder=True, pupil__stage__in=BOARDED)
    there = Q(pupil__since__lte=on) & (Q(pupil__until=None) | Q(pupil__until__gt=on))
    rows: QuerySet[Any, Any] = given(on).filter(mine, there)
    if held is not None:
        rows = rows.exclude(held)
    found = rows.values_list("pupil__school", "pupil__stage").annotate(Count("pupil", distinct=True))
    return {(school, stage): count for school, stage, count in found}


def without_bed(on: date, schools: Iterable[int]) -> "QuerySet[Pupil]":
    """Boarders of some schools who have no bed on a day."""
    beds = given(on).filter(dormitory__school=F("pupil__school")).values("pupil")
    boarders = Pupil.objects.filter(holds(on), school__in=list(schools), boarder=True, stage__in=BOARDED)
    return boarders.exclude(pk__in=beds).select_related("school", "school_class").order_by("school", "pk")


@dataclass(frozen=True, slots=True)
class Room:
    """One dormitory on a day."""

    dormitory: Dormitory
    taken: int

    @property
    def free(self) -> int:
        """Beds that nobody has; below zero where beds were taken away under their pupils."""
        return self.dormitory.beds - self.taken


def rooms_of(school: School, on: date) -> list[Room]:
    """The dormitories of a school on a day."""
    counted = given(on).filter(dormitory__school=school).values_list("dormitory").annotate(Count("pk"))
    taken = dict(counted)
    rows = Dormitory.objects.filter(holds(on), school=school).order_by("name", "pk")
    return [Room(one, taken.get(one.pk, 0)) for one in rows]
