"""Questions of the pages: findings narrowed down, counted by kind and by unit, and how full the registers are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from junheng.platform.access.scope import grants_of, within_area
from junheng.platform.quality.declare import every_declaration, every_expectation, kind_of
from junheng.platform.quality.explaining import expired
from junheng.platform.quality.models import Explanation, Finding, Run, Tally
from junheng.platform.quality.places import UNIT, within
from junheng.platform.quality.words import Kind, Severity, State
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level, level_of

COUNTY = 6
HALF, FULL = 50, 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page asks for; words that are none of the house's are as if nobody had said them."""

    kind: str = Kind.RULE
    state: str = ""
    severity: str = ""
    code: str = ""
    county: str = ""
    school: int | None = None
    figure: str = ""
    gone: bool = False


def read(given: Mapping[str, str]) -> Asked:
    """The question of a page from its address."""
    kind = given.get("kind", Kind.RULE)
    state = given.get("state", "")
    severity = given.get("severity", "")
    code = given.get("code", "")
    county = given.get("county", "")
    school = given.get("school", "")
    return Asked(
        kind=kind if kind in Kind.values or kind in {"", "filling"} else Kind.RULE,
        state=state if state in {*State.values, "expired"} else "",
        severity=severity if severity in Severity.values else "",
        code=code if code in every_declaration() else "",
        county=county if county.isascii() and county.isdigit() and len(county) == COUNTY else "",
        school=int(school) if school.isascii() and school.isdigit() and len(school) < 19 else None,
        figure=given.get("figure", "")[:60],
        gone=given.get("gone", "") == "1",
    )


def seen(asker: Asker) -> "QuerySet[Finding]":
    """All findings somebody sees that are still so."""
    return Finding.objects.filter(within(asker), gone_at=None)


def narrowed(asker: Asker, asked: Asked) -> "QuerySet[Finding]":
    """The findings that a page lists: what is grave first, then the oldest."""
    rows = Finding.objects.filter(within(asker), gone_at__isnull=not asked.gone)
    rows = rows.filter(kind=asked.kind) if asked.kind in Kind.values else rows
    rows = rows.filter(condition(asked, asker.today))
    if asked.figure:
        rows = rows.filter(code__in=codes_touching(asked.figure))
    return rows.order_by("pk")


def condition(asked: Asked, on: date) -> Q:
    """The filters of a page, without the tab."""
    found = Q()
    if asked.state == State.OPEN:
        found &= Q(state__in=(State.OPEN, State.REJECTED)) | expired(on)
    elif asked.state == "expired":
        found &= expired(on)
    elif asked.state == State.ACCEPTED:
        found &= Q(state=State.ACCEPTED) & ~expired(on)
    elif asked.state:
        found &= Q(state=asked.state)
    else:
        found &= ~Q(state=State.DISMISSED)
    if asked.severity:
        found &= Q(severity=asked.severity)
    if asked.code:
        found &= Q(code=asked.code)
    if asked.county:
        found &= within_area("area", asked.county)
    if asked.school is not None:
        found &= Q(school=asked.school)
    return found


def counts_by_kind(asker: Asker) -> dict[str, int]:
    """How many problems are still so, by kind."""
    rows = seen(asker).exclude(state=State.DISMISSED).order_by()
    return dict(rows.values_list("kind").annotate(Count("pk")))


def counts_by_rule(asker: Asker, asked: Asked) -> dict[str, int]:
    """How many problems of a tab there are, by rule, whatever rule is chosen."""
    rows = narrowed(asker, Asked(**{**fields_of(asked), "code": ""})).order_by()
    return dict(rows.values_list("code").annotate(Count("pk")))


def counts_by_county(asker: Asker, asked: Asked) -> dict[str, int]:
    """How many problems of a tab there are, by county, whatever county is chosen."""
    rows = narrowed(asker, Asked(**{**fields_of(asked), "county": "", "school": None})).order_by()
    return dict(rows.annotate(county=Substr("area", 1, COUNTY)).values_list("county").annotate(Count("pk")))


def fields_of(asked: Asked) -> dict[str, Any]:
    """The parts of a question by name."""
    return {name: getattr(asked, name) for name in Asked.__dataclass_fields__}


def explained_by_unit(asker: Asker) -> list[dict[str, Any]]:
    """By county: problems that are still so, how many wait to be said, to be decided, are explained, are expired."""
    today = asker.today
    rows = seen(asker).exclude(kind=Kind.DUPLICATE).order_by().annotate(county=Substr("area", 1, COUNTY))
    counted = (
        rows.values("county")
        .annotate(
            every=Count("pk"),
            open=Count("pk", filter=Q(state__in=(State.OPEN, State.REJECTED))),
            proposed=Count("pk", filter=Q(state=State.PROPOSED)),
            accepted=Count("pk", filter=Q(state=State.ACCEPTED) & ~expired(today)),
            expired=Count("pk", filter=expired(today)),
        )
        .order_by("county")
    )
    return [dict(line) for line in counted]


def decidable(asker: Asker) -> Q:
    """Findings with an explanation that waits and that somebody stands above: by level, and never one's own."""
    level = max((level_of(one) for one in grants_of(asker.user, on=asker.today)), default=Level.CLASS)
    below = Q(level__lt=int(level)) | (Q(level=int(Level.CITY)) if level == Level.CITY else Q(pk__in=()))
    waiting = Explanation.objects.filter(below, finding=OuterRef("pk"), state=State.PROPOSED)
    return Q(Exists(waiting.exclude(by=asker.user.get_username())))


def codes_touching(figure: str) -> list[str]:
    """The rules whose errors touch a figure, as the last computation has it."""
    run = Run.objects.first()
    return [code for code, figures in run.figures.items() if figure in figures] if run is not None else []


def count_touching(asker: Asker, figure: str) -> int:
    """How many problems that somebody sees touch a figure."""
    codes = codes_touching(figure)
    return seen(asker).filter(code__in=codes).exclude(state=State.DISMISSED).count() if codes else 0


@dataclass(slots=True)
class Filling:
    """One register of one unit: of the expected cells how many are filled, and how long ago it was looked after."""

    rows: int = 0
    asked: int = 0
    filled: int = 0
    changed_on: date | None = None
    days: int = 0
    late: bool = False
    fields: dict[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: only what is full is a hundred."""
        return 100 * self.filled // self.asked if self.asked else 100

    @property
    def tone(self) -> str:
        """The shade of the cell; the number and the days stand in it as well."""
        return "bad" if self.late or self.percent < HALF else "good" if self.percent == FULL else "warn"


def fillings(asker: Asker, *, county: str, on: date) -> dict[str, dict[str, Filling]]:
    """By unit and register; units are counties, or the schools of one county where one is chosen."""
    rows = Tally.objects.filter(within(asker, place=UNIT))
    if county:
        rows = rows.filter(within_area("area", county), school__isnull=False)
    expected = every_expectation()
    found: dict[str, dict[str, Filling]] = {}
    for tally in rows.order_by("area", "school"):
        unit = str(tally.school) if county else tally.area
        cell = found.setdefault(unit, {}).setdefault(tally.register, Filling())
        cell.rows += tally.rows
        cell.asked += tally.rows * len(tally.filled)
        cell.filled += sum(tally.filled.values())
        for name, count in tally.filled.items():
            cell.fields[name] = cell.fields.get(name, 0) + count
        if tally.changed_on and (cell.changed_on is None or tally.changed_on > cell.changed_on):
            cell.changed_on = tally.changed_on
            cell.days = max(0, (on - tally.changed_on).days)
            cell.late = tally.register in expected and cell.days > expected[tally.register].days
    return found


def rules_of_kind(kind: str) -> list[tuple[str, str]]:
    """The rules under a heading: code and title."""
    return [(code, str(one.title)) for code, one in every_declaration().items() if kind_of(one) == kind]
