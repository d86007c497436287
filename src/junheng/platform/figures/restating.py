"""Figures by county in today's boundaries: counties that were merged or recoded, schools that moved, merged or split.

A row says where it lay when it was recorded. Which county it belongs to today is known by the unit it is about: the
school that was placed elsewhere since, or the one that carries on for it. Of a unit that was split, what was recorded
before is shared out by the part that each took along, in whole numbers; what that leaves over stays at the old unit, so
that the parts always add up.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Field, ForeignKey, Model

from junheng.kernel.indicators import Cell, Engine, Indicator, Kind, Moment
from junheng.platform.access.once import once_a_page
from junheng.platform.figures.records import COUNTY_DIGITS
from junheng.platform.lineage.models import Kind as Became
from junheng.platform.lineage.models import Succession
from junheng.platform.lineage.queries import standing
from junheng.platform.registers import Register, every_register

CARRIED_ON = (Became.MERGE, Became.RECODE)
ADDED = frozenset({"Count", "Total", "Share"})
"""Shapes whose parts can be added and taken away."""
UNIT_KINDS = ("schools", "kindergartens")
"""Registers of units that lie in a county and can come to lie in another."""


@dataclass(frozen=True, slots=True)
class Put:
    """What was recorded at one unit in some counties, and the county it belongs to today: all of it, or a part."""

    unit: int
    counties: frozenset[str]
    county: str
    events: tuple[Succession, ...]
    part: int = 1
    whole: int = 1


@dataclass(frozen=True, slots=True)
class Amount:
    """What rows of one unit in one county add up to."""

    numerator: int
    denominator: int | None
    rows: int

    def share(self, part: int, whole: int) -> "Amount":
        """A part of it, in whole numbers, what is left over not taken along.

        >>> Amount(3, None, 3).share(1, 2), Amount(4, 8, 8).share(1, 1)
        (Amount(numerator=1, denominator=None, rows=1), Amount(numerator=4, denominator=8, rows=8))
        """
        below = None if self.denominator is None else self.denominator * part // whole
        return Amount(self.numerator * part // whole, below, self.rows * part // whole)


@dataclass(slots=True)
class Restated:
    """Cells in today's boundaries, and the events by which each county's moved."""

    cells: dict[str, Cell]
    events: dict[str, list[Succession]] = field(default_factory=dict)


@once_a_page
def heirs_of_areas() -> dict[str, str]:
    """The county that carries on for each one that was merged or recoded, followed to the end."""
    return followed(area_events(*CARRIED_ON))


@once_a_page
def recoded_areas() -> dict[str, str]:
    """The code under which each unit is known today whose code was changed."""
    return followed(area_events(Became.RECODE))


def area_events(*kinds: str) -> dict[str, str]:
    """From code to code, the latest event counting."""
    rows = standing().filter(register="areas", kind__in=kinds).order_by("on", "id")
    return {
        old: new
        for old, new in rows.values_list("predecessor", "successor")
        if len(old) == len(new) == COUNTY_DIGITS
    }


def followed(into: Mapping[Any, Any]) -> dict[Any, Any]:
    """Each key with the last one that carries on for it."""
    found = {}
    for one in into:
        heir, seen = into[one], {one}
        while heir in into and heir not in seen:
            seen.add(heir)
            heir = into[heir]
        found[one] = heir
    return found


@once_a_page
def events_of_units() -> dict[str, list[Succession]]:
    """What became of schools and kindergartens, by register, in the order of days."""
    found: dict[str, list[Succession]] = defaultdict(list)
    rows = standing().filter(register__in=UNIT_KINDS).exclude(kind=Became.RENAME).order_by("on", "id")
    for one in rows:
        found[one.register].append(one)
    return found


def puts(slug: str, day: date) -> list[Put]:
    """Where what was recorded at units of a register belongs today, if it is another county than it was.

    Splits count only for days before them: what was recorded at the old unit since is its own.
    """
    events = events_of_units().get(slug, [])
    into = followed({one.predecessor: one.successor for one in events if one.kind in CARRIED_ON})
    own: dict[str, list[Succession]] = defaultdict(list)
    for one in events:
        own[one.predecessor].append(one)
    lies = counties_of(
        slug, {into.get(key, key) for one in events for key in (one.predecessor, one.successor)}
    )
    found = []
    for key, mine in own.items():
        heir = into.get(key, key)
        line = [*mine, *(one for one in own.get(heir, []) if one not in mine)]
        carried = [one for one in line if one.kind != Became.SPLIT]
        old = frozenset(one.predecessor_area[:COUNTY_DIGITS] for one in line)
        today = lies.get(heir, "")
        if today and carried and old - {today}:
            found.append(Put(int(key), old - {today}, today, tuple(crossing(carried))))
        left = Fraction(1)
        for one in (one for one in mine if one.kind == Became.SPLIT and one.on > day):
            share = left * Fraction(one.part, one.whole)
            left -= share
            taken = lies.get(into.get(one.successor, one.successor), "")
            if taken and today and taken != today:
                part, whole = share.as_integer_ratio()
                found.append(Put(int(key), old | {today}, taken, (one,), part, whole))
    return found


def crossing(events: Iterable[Succession]) -> Iterator[Succession]:
    """Those that put something into another county."""
    for one in events:
        if one.predecessor_area[:COUNTY_DIGITS] != one.area[:COUNTY_DIGITS]:
            yield one


def counties_of(slug: str, keys: Iterable[str]) -> dict[str, str]:
    """The county in which each unit lies today: one question."""
    register = every_register().get(slug)
    numbers = [int(key) for key in keys if key.isdigit()]
    if register is None or register.area is None or not numbers:
        return {}
    rows = register.model._default_manager.filter(pk__in=numbers).values_list("pk", register.area)
    return {str(pk): str(area)[:COUNTY_DIGITS] for pk, area in rows}


def restated(engine: Engine, card: Indicator, moment: Moment, *, only_codes: bool = False) -> Restated:
    """The parts of a figure by county in today's boundaries; ``only_codes`` leaves it at codes that were changed."""
    made = Restated({one.area: one for one in engine.cells(card.id, moment)})
    if not made.cells:
        return made
    if not only_codes:
        move_units(engine, card, moment, made)
    for old, heir in (recoded_areas() if only_codes else heirs_of_areas()).items():
        if old in made.cells:
            parts = [one for one in (made.cells.get(heir), made.cells.pop(old)) if one is not None]
            made.cells[heir] = added(card, heir, [amount_of(one) for one in parts])
            made.events.setdefault(heir, []).extend(made.events.pop(old, []))
    return made


def move_units(engine: Engine, card: Indicator, moment: Moment, made: Restated) -> None:
    """Take what belongs to another county today out of the county where it was recorded."""
    compiled = engine.library.indicator(card.id, card.readings[0])
    register = every_register().get(compiled.of)
    if compiled.shape not in ADDED or register is None or register.fulfils is None:
        return
    cells = {code: amount_of(one) for code, one in made.cells.items()}
    touched: set[str] = set()
    for slug in UNIT_KINDS:
        column, where = unit_column(register, slug), puts(slug, moment.as_of)
        if not column or not where:
            continue
        amounts = by_unit(engine, card, moment, register.fulfils.table, column, {one.unit for one in where})
        now = {place: place[0] for place in amounts}
        for one in where:
            for county in sorted(one.counties & {code for code, unit in amounts if unit == one.unit}):
                place = (county, one.unit)
                found, source = amounts[place].share(one.part, one.whole), now[place]
                if source == one.county or not found.rows:
                    continue
                cells[source] = minus(cells[source], found)
                cells[one.county] = plus(cells.get(one.county), found)
                if one.part == one.whole:
                    now[place] = one.county
                touched |= {source, one.county}
                for code in (source, one.county):
                    told = made.events.setdefault(code, [])
                    told += [event for event in one.events if event not in told]
    for code in touched:
        made.cells[code] = added(card, code, [cells[code]])


def by_unit(
    engine: Engine, card: Indicator, moment: Moment, table: str, column: str, units: Iterable[int]
) -> dict[tuple[str, int], Amount]:
    """What the rows of some units add up to, by the county they were recorded in."""
    compiled = engine.library.indicator(card.id, card.readings[0])
    numbers = ", ".join(str(int(one)) for one in sorted(set(units)))
    question = (
        f'SELECT substr(rows.area, 1, {COUNTY_DIGITS}), t."{column}", sum(rows.numerator)::BIGINT,'  # noqa: S608
        f' sum(rows.denominator)::BIGINT, count(*) FROM rows JOIN "{table}" t ON t.id = rows.id'
        f' WHERE t."{column}" IN ({numbers}) AND length(rows.area) >= {COUNTY_DIGITS} GROUP BY 1, 2 ORDER BY 1, 2'
    )  # names come from contracts, numbers are whole numbers
    found = engine.tables.fetch(engine.statement(compiled, moment, question))
    return {(county, unit): Amount(top or 0, bottom, rows) for county, unit, top, bottom, rows in found}


def unit_column(register: Register[Any], slug: str) -> str:
    """The contract column in which rows of a register name a unit of another one; empty where they name none."""
    units = every_register().get(slug)
    if units is None:
        return ""
    if register.slug == slug:
        return "id"
    for name, path in register.contract_paths().items():
        column = last_of(register.model, path)
        if isinstance(column, ForeignKey) and column.related_model is units.model:
            return name
    return ""


def last_of(model: type[Model], path: str) -> "Field[Any, Any] | None":
    """The column at the end of a path of relations."""
    column: Any = None
    for step in path.split("__"):
        fields = {one.name: one for one in model._meta.concrete_fields}
        fields |= {one.attname: one for one in model._meta.concrete_fields}
        column = fields.get(step)
        if column is None or not isinstance(column, ForeignKey):
            return column if column is not None else None
        model = column.related_model
    return column  # type: ignore[no-any-return]


def amount_of(cell: Cell) -> Amount:
    """A cell as an amount."""
    return Amount(cell.numerator, cell.denominator, cell.rows)


def plus(one: Amount | None, more: Amount) -> Amount:
    """Two amounts together."""
    if one is None:
        return more
    none = one.denominator is None and more.denominator is None
    below = None if none else (one.denominator or 0) + (more.denominator or 0)
    return Amount(one.numerator + more.numerator, below, one.rows + more.rows)


def minus(one: Amount, less: Amount) -> Amount:
    """What is left of an amount."""
    below = None if one.denominator is None else one.denominator - (less.denominator or 0)
    return Amount(one.numerator - less.numerator, below, one.rows - less.rows)


def added(card: Indicator, code: str, parts: Iterable[Amount]) -> Cell:
    """A county's part made of several: counts are added, shares are made of added parts."""
    whole: Amount | None = None
    for one in parts:
        whole = plus(whole, one)
    assert whole is not None
    if whole.denominator is None:
        counted = card.kind in {Kind.COUNT, Kind.MONEY}
        return Cell(code, whole.numerator if counted else None, whole.numerator, None, whole.rows)
    value = Fraction(whole.numerator, whole.denominator) if whole.denominator else None
    return Cell(code, value, whole.numerator, whole.denominator, whole.rows)
