"""How many households are met in a school year: by class, and by school. A household counts once wherever it is counted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from junheng.domains.homevisits.queries.households import met_since
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.values.school_term import school_year_began
from junheng.platform.spans import holds


@dataclass(frozen=True, slots=True)
class Reached:
    """A class or a school: its households, and how many of them were met."""

    place: Any
    households: int
    met: int

    @property
    def left(self) -> int:
        """Households still to be visited."""
        return self.households - self.met

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that only all of them are a hundred."""
        return self.met * 100 // self.households if self.households else 100


def by_class(school: School, *, on: date) -> list[Reached]:
    """The classes of a school, in their order."""
    pupils = Pupil.objects.filter(holds(on), school=school)
    counts = counted(pupils, "school_class", on=on)
    rooms = SchoolClass.objects.filter(pk__in=list(counts)).select_related("school")
    return [Reached(room, *counts[room.pk]) for room in rooms.order_by("grade", "number", "pk")]


def by_school(pupils: "QuerySet[Pupil]", *, on: date) -> list[Reached]:
    """The schools of some pupils, those with most households to visit first."""
    counts = counted(pupils.filter(holds(on)), "school", on=on)
    schools = School.objects.in_bulk(list(counts))
    found = [Reached(schools[pk], *numbers) for pk, numbers in counts.items()]
    return sorted(found, key=lambda one: (-one.left, one.place.code))


def of_school(school: School, *, on: date) -> Reached:
    """A school as a whole: siblings in two classes are one household."""
    counts = counted(Pupil.objects.filter(holds(on), school=school), "school", on=on)
    return Reached(school, *counts.get(school.pk, (0, 0)))


def counted(pupils: "QuerySet[Pupil]", place: str, *, on: date) -> dict[int, tuple[int, int]]:
    """By place, how many households there are and how many were met: one question."""
    met = Exists(met_since(school_year_began(on), on).filter(household=OuterRef("household")))
    rows = pupils.order_by().values_list(place)
    numbers = rows.annotate(
        Count("household", distinct=True), met=Count("household", distinct=True, filter=met)
    )
    return {pk: (households, reached) for pk, households, reached in numbers}
