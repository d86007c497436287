"""Who needs after-class service and has no place: from the rows themselves, as they stand this moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from junheng.domains.afterclass.models import Enrolment, Need
from junheng.domains.afterclass.terms import terms_at
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.spans import held_from, holds


def placed(on: date) -> Exists:
    """Whether the pupil of a need has a place in its term that has not ended on a day."""
    rows = Enrolment.objects.filter(held_from(on), pupil=OuterRef("pupil"), term=OuterRef("term"))
    return Exists(rows)


def wanting(rows: "QuerySet[Need]", term: str, *, on: date) -> "QuerySet[Need]":
    """The needs of a term of pupils who are on the roll."""
    here = holds(on, since="pupil__since", until="pupil__until")
    return rows.filter(here, term=term, wanted=True)


def unserved(rows: "QuerySet[Need]", *terms: str, on: date) -> "QuerySet[Need]":
    """The needs of some terms without a place, of pupils who are on the roll."""
    here = holds(on, since="pupil__since", until="pupil__until")
    return rows.filter(here, ~placed(on), term__in=terms, wanted=True)


def unserved_now(rows: "QuerySet[Need]", *, on: date) -> "QuerySet[Need]":
    """The same of the terms about which something can be done: the one that runs and the next."""
    return unserved(rows, *map(str, terms_at(on)), on=on)


@dataclass(frozen=True, slots=True)
class Line:
    """One school or class: how many need it, how many of them have no place, and since when the first waits."""

    pk: int
    name: str
    wanted: int
    waiting: int
    since: date | None


def counted(
    rows: "QuerySet[Need]", term: str, path: str, *, on: date
) -> dict[int, tuple[int, int, date | None]]:
    """Needs, needs without a place and the oldest answer of these, by what a path leads to. One question."""
    waits = Q(has_place=False)
    found = (
        wanting(rows, term, on=on)
        .annotate(has_place=placed(on))
        .order_by()
        .values(unit=F(path))
        .annotate(
            every=Count("pk"), waiting=Count("pk", filter=waits), first=Min("answered_on", filter=waits)
        )
    )
    return {one["unit"]: (one["every"], one["waiting"], one["first"]) for one in found}


def by_school(rows: "QuerySet[Need]", term: str, *, on: date) -> list[Line]:
    """The schools, those with most who wait first."""
    found = counted(rows, term, "pupil__school", on=on)
    names = School.objects.in_bulk(list(found))
    return in_need(Line(pk, names[pk].name, *each) for pk, each in found.items())


def by_class(rows: "QuerySet[Need]", term: str, *, on: date) -> list[Line]:
    """The classes, those with most who wait first."""
    found = counted(rows, term, "pupil__school_class", on=on)
    rooms = SchoolClass.objects.select_related("school").in_bulk(list(found))
    return in_need(Line(pk, str(rooms[pk]), *each) for pk, each in found.items())


def in_need(lines: Iterable[Line]) -> list[Line]:
    """Lines with most who wait first, and else by name."""
    return sorted(lines, key=lambda one: (-one.waiting, one.name, one.pk))
