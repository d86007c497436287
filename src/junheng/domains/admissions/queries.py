"""Children of one county in a school of another, without a lawful reason on record and without a case about it."""

from datetime import date
from typing import TypeVar, cast

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from junheng.domains.admissions.models import Crossing, Entrant
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.terms import Stage
from junheng.platform.spans import holds

M = TypeVar("M", bound=Model)
COMPULSORY = (Stage.PRIMARY, Stage.JUNIOR)
COUNTY = 6
"""Digits of a county-level unit in the code of a place."""
AUTUMN, WINTER = (9, 2), (12, 31)
"""From the second day of the school year to the end of the year: who moves in then was not part of the admission."""


def away() -> Q:
    """The rows whose home lies in another county than their school. Needs ``home_county`` and ``here``."""
    return ~Q(home_county=F("here"))


def with_counties(rows: "QuerySet[M]") -> "QuerySet[M]":
    """The rows with the codes of both counties beside them."""
    counties = {"home_county": Substr("home_area", 1, COUNTY), "here": Substr("area", 1, COUNTY)}
    return cast("QuerySet[M]", rows.annotate(**counties))


def admitted_away() -> "QuerySet[Entrant]":
    """Admissions across a county line without a lawful reason, not corrected, and not found before."""
    rows = Entrant.objects.filter(stage__in=COMPULSORY, exception__isnull=True, corrected_on__isnull=True)
    known = Crossing.objects.filter(entrant=OuterRef("pk"))
    return with_counties(rows).filter(away(), ~Exists(known)).order_by("pk")


def came_later(on: date) -> "QuerySet[Pupil]":
    """Pupils who moved in during the autumn of a day from another county, where no lawful reason was registered.

    A reason is registered as an admission of kind "moved in" of the same school, grade and name.
    """
    first, last = date(on.year, *AUTUMN), min(on, date(on.year, *WINTER))
    rows = Pupil.objects.filter(
        holds(on), stage__in=COMPULSORY, since__range=(first, last), school__isnull=False
    )
    lawful = Entrant.objects.filter(
        school=OuterRef("school"), grade=OuterRef("grade"), name=OuterRef("name"), exception__isnull=False
    )
    # a change of class within the county is no arrival: the earlier stay ended on the day this one began
    before = Pupil.objects.filter(
        id_number_blind=OuterRef("id_number_blind"), until=OuterRef("since"), area=OuterRef("area")
    ).exclude(id_number_blind="")
    known = Crossing.objects.filter(pupil=OuterRef("pk"))
    found = with_counties(rows).filter(away(), ~Exists(known), ~Exists(lawful), ~Exists(before))
    return found.order_by("pk")
