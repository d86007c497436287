"""Who is entitled by the lists and the roll of a day; nobody has to apply."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from junheng.domains.aid.models import AidRequest
from junheng.domains.aid.queries.rules import dues
from junheng.domains.aid.terms import RequestStage
from junheng.domains.partnerlists.queries.found import found
from junheng.domains.partnerlists.terms import Category
from junheng.domains.pupils.models import Pupil
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.scope import within_area
from junheng.platform.spans import holds

MOVED_WITHIN = timedelta(days=400)
"""Who came to a school within this time may stand on a list under the row of the school before."""


@dataclass(frozen=True, slots=True)
class Entitled:
    """One pupil and one programme."""

    pupil: int
    area: str
    scheme: str
    category: str
    band: str
    fen: int


@dataclass(frozen=True, slots=True)
class Held:
    """One pupil who cannot be recognised yet, and why."""

    pupil: int
    twice: bool
    """On two rolls; else a programme without an amount."""
    scheme: str = ""


def entitled(term: SchoolTerm, *, day: date, area: str) -> tuple[list[Entitled], list[Held]]:
    """Who is entitled to what in a place, by the lists of a day and the applications of the year; and who is held."""
    categories, bands = categories_of(term, day=day, area=area)
    if not categories:
        return [], []
    twice = on_two_rolls(day, area)
    lines: list[Entitled] = []
    held: list[Held] = []
    roll = Pupil.objects.filter(holds(day), within_area("area", area)).order_by("pk")
    for pk, blind, where, stage, boarder in roll.values_list(
        "pk", "code_blind", "area_id", "stage", "boarder"
    ):
        mine = categories.get(pk)
        if not mine:
            continue
        if blind in twice:
            held.append(Held(pk, twice=True))
            continue
        for one in dues(stage, boarder=boarder, categories=mine, term=term, band=bands.get(pk, "")):
            if one.fen is None:
                held.append(Held(pk, twice=False, scheme=one.scheme))
            else:
                lines.append(Entitled(pk, where, one.scheme, one.category, one.band, one.fen))
    return lines, held


def categories_of(term: SchoolTerm, *, day: date, area: str) -> tuple[dict[int, set[str]], dict[int, str]]:
    """The categories of pupils by their row on the roll, and the bands that were recognised by application."""
    moved = moved_from(day, area)
    told: dict[int, set[str]] = defaultdict(set)
    for one in found(day, area=area):
        told[one.pupil].add(one.category)
    if moved:
        for one in found(day, pupils=list(moved)):
            told[moved[one.pupil]].add(one.category)
    bands: dict[int, str] = {}
    asked = AidRequest.objects.filter(
        within_area("area", area), stage=RequestStage.RECOGNISED, year=term.school_year
    )
    for pupil, band in asked.values_list("pupil", "band"):
        now = moved.get(pupil, pupil)
        told[now].add(Category.A11.value)
        bands[now] = band
    return told, bands


def moved_from(day: date, area: str) -> dict[int, int]:
    """The rows of schools before, by which lists may know pupils who came lately; each with the row of today."""
    here = Pupil.objects.filter(holds(day), within_area("area", area), since__gt=day - MOVED_WITHIN)
    now = dict(here.exclude(code_blind=None).order_by().values_list("code_blind", "pk"))
    older = Pupil.objects.filter(code_blind__in=here.order_by().values("code_blind"), until__lte=day)
    return {pk: now[blind] for pk, blind in older.order_by().values_list("pk", "code_blind")}


def on_two_rolls(day: date, area: str) -> frozenset[str]:
    """The blind numbers of pupils of a place who stand on more than one roll that day, wherever the other one is."""
    here = Pupil.objects.filter(holds(day), within_area("area", area)).exclude(code_blind=None)
    again = Pupil.objects.filter(holds(day), code_blind__in=here.order_by().values("code_blind"))
    rolls = again.order_by().values("code_blind").annotate(rolls=Count("pk")).filter(rolls__gt=1)
    return frozenset(one for one in rolls.values_list("code_blind", flat=True) if one is not None)
