"""What the declarations find in the rows as they are now: read only, a constant number of questions each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Model

from junheng.kernel.errors import NotInForce
from junheng.platform.access.scope import crosses_many
from junheng.platform.quality.declare import Declared, Likeness, Measure, Rows, Rule
from junheng.platform.quality.doubles import doubles
from junheng.platform.quality.figurewords import fraction_words
from junheng.platform.quality.units import last_and_past
from junheng.platform.registers import Register, register_called


@dataclass(frozen=True, slots=True)
class Found:
    """One problem, before it is written down: the row, the other row if there is one, the place, and the numbers."""

    row: int
    other: int = 0
    area: str = ""
    school: int | None = None
    school_class: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[int, int]:
        """What tells it from other findings of the same rule."""
        return (self.row, self.other)


def find(one: Declared, on: date) -> list[Found]:
    """Everything that a declaration finds on a day. A rule that is not in force that day finds nothing."""
    try:
        if isinstance(one, Measure):
            return list(outliers(one, on))
        if isinstance(one, Likeness):
            return list(pairs(one, on))
        return list(broken(one, rows_for(one, on), on))
    except NotInForce:
        return []


def rows_for(rule: Rule, on: date) -> Rows:
    """The rows that a rule is asked of: those that hold on the day, unless ended ones matter too."""
    register = register_called(rule.register)
    rows = register.model._default_manager.order_by()
    return rows if rule.ended else rows.filter(register.holds(on))


def broken(rule: Rule, rows: Rows, on: date) -> Iterator[Found]:
    """The rows that break a rule, in one question."""
    if rule.find is None:
        return
    register = register_called(rule.register)
    places = place_paths(register)
    paths = [path for path in places if path is not None]
    for values in rule.find(rows, on).values_list("pk", *paths, *rule.facts):
        there = dict(zip(paths, values[1:], strict=False))
        area, school, school_class = (there.get(path) if path else None for path in places)
        facts = dict(zip(rule.facts, map(plain, values[1 + len(paths) :]), strict=True))
        yield Found(int(values[0]), 0, area or "", school, school_class, facts)


def place_paths(register: Register[Any]) -> tuple[str | None, str | None, str | None]:
    """Where a row's area code, school and class are; ``None`` where there is none, or more than one."""
    found = []
    for path in (register.area, register.school, register.school_class):
        many = path is not None and path != "self" and crosses_many(register.model, (path,))
        found.append(None if path is None or many else "pk" if path == "self" else path)
    return found[0], found[1], found[2]


def places_of(register: Register[Any], rows: Iterable[int] | None = None) -> dict[int, tuple[str, Any, Any]]:
    """Area code, school and class of rows, by their number."""
    paths = place_paths(register)
    query = register.model._default_manager.order_by()
    if rows is not None:
        query = query.filter(pk__in=list(rows))
    named = [path for path in paths if path is not None]
    found = {}
    for values in query.values_list("pk", *named):
        there = dict(zip(named, values[1:], strict=True))
        area, school, school_class = (there.get(path) if path else None for path in paths)
        found[int(values[0])] = (area or "", school, school_class)
    return found


def plain(value: Any) -> Any:
    """A fact as it is kept and printed: whole numbers and words; days as text."""
    if isinstance(value, date):
        return value.isoformat()
    return fraction_words(value) if isinstance(value, Fraction) else value


def outliers(one: Measure, on: date) -> Iterator[Found]:
    """Units whose last value stands apart from their own past or from their peers."""
    register = register_called(one.register)
    held = register.model._default_manager.filter(register.holds(on))
    kinds = {row[0]: tuple(row[1:]) for row in held.values_list("pk", *one.peers)}
    found = last_and_past(one, on, kinds)
    places = places_of(register, found) if found else {}
    for row, facts in found.items():
        if row in places:
            yield Found(row, 0, *places[row], facts)


def pairs(one: Likeness, on: date) -> Iterator[Found]:
    """Pairs of rows that may be one, with the place that holds both."""
    register = register_called(one.register)
    found = doubles(one, on)
    places = places_of(register, {row for pair in found for row in pair}) if found else {}
    for (row, other), facts in found.items():
        here, there = places.get(row), places.get(other)
        if here is None or there is None:
            continue
        school = here[1] if here[1] == there[1] else None
        school_class = here[2] if here[2] == there[2] else None
        yield Found(row, other, common_area(here[0], there[0]), school, school_class, facts)


def common_area(one: str, other: str) -> str:
    """The narrowest area that holds both: a township, a county, the city.

    >>> common_area("410802001", "410802002"), common_area("410802001", "410811001"), common_area("410802", "410802")
    ('410802', '4108', '410802')
    """
    return next((one[:size] for size in (9, 6, 4) if len(one) >= size and one[:size] == other[:size]), "")


def one_row(register: Register[Any], row: Model) -> Rows:
    """A row as rows: what is asked of all can be asked of one."""
    return register.model._default_manager.order_by().filter(pk=row.pk)
