"""Free places of courses, and what a school offers in a term."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, QuerySet

from junheng.domains.afterclass.models import ChoosingPeriod, Course, Enrolment
from junheng.domains.schools.models import School
from junheng.platform.spans import held_from


def offered(school: int, term: str, *, on: date) -> "QuerySet[Course]":
    """The courses of a school in a term that have not ended."""
    return Course.objects.filter(held_from(on), school=school, term=term).order_by("code")


def taken(courses: Sequence[int], *, on: date) -> dict[int, int]:
    """How many places of each course are taken. One question."""
    rows = Enrolment.objects.filter(held_from(on), offer__in=courses).order_by()
    return dict(rows.values_list("offer").annotate(Count("pk")))


def with_room(courses: Sequence[Course], *, on: date) -> list[tuple[Course, int]]:
    """Each course with its free places."""
    full = taken([one.pk for one in courses], on=on)
    return [(one, max(one.places - full.get(one.pk, 0), 0)) for one in courses]


def period_of(school: School | int, term: str) -> ChoosingPeriod | None:
    """From when to when the families of a school choose in a term."""
    return ChoosingPeriod.objects.filter(school=school, term=term).first()
