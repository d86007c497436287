"""Compliance from the rows of the database: charges, leaves and checks as columns of numbers, counted by the kernel.

A year of a province is two million checks, so no model is made of them: the database says level, person, water and minute
of each as one whole number, and these are read straight into columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Max,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from junheng.domains.patrols.models import Check, Leave
from junheng.domains.patrols.queries.norms import norm_of, parts
from junheng.domains.waters.models import Assignment
from junheng.domains.waters.terms import Level, Risk
from junheng.kernel.duties import Charges, Checks, Compliance, Leaves, comply
from junheng.platform.access.scope import within_area
from junheng.platform.spans import held_from

Ints = npt.NDArray[np.int64]
MINUTES = 1_440
SHANGHAI = 8 * 60 + date(1970, 1, 1).toordinal() * MINUTES
"""From minutes since 1970 in universal time to minutes of the calendar in Shanghai, where no clock is turned."""
FAR = date(9999, 12, 31)
SIGN = 63
"""Bits of a whole number of the database that are no sign."""
SPARSE = 8
"""A table of all row numbers is made where it is no longer than so many times the rows that are looked up in it."""


class Minute(Func):
    """Whole minutes since 1970 of a stored moment, reckoned by the database."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        # the newer function reads the text once and makes no text of its own: a third less for two million rows
        newer = connection.Database.sqlite_version_info >= (3, 38)
        seconds = (
            "unixepoch(%(expressions)s)" if newer else "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        )
        return self.as_sql(compiler, connection, template=f"{seconds} / 60", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler,
            connection,
            template="(FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint / 60)",
            **extra,
        )


class Duty(NamedTuple):
    """One person's duty of one level in one week: ``water`` is 0 where the norm is read per person."""

    person: int
    level: str
    water: int
    monday: date
    days: int
    owed: int
    done: int

    @property
    def missed(self) -> int:
        """How many checks are missing."""
        return max(0, self.owed - self.done)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Row numbers of the database and the small numbers by which the kernel knows them."""

    rows: Ints

    def small(self, rows: Ints) -> Ints:
        """The small numbers of rows; -1 for one that has no charge."""
        if not len(self.rows):
            return np.full(len(rows), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        return np.where(self.rows[place] == rows, place, -1)

    def of_many(self, rows: Ints) -> Ints:
        """The same of very many rows: looked up in a table, where the numbers of the database lie close enough for one."""
        if not len(self.rows) or not len(rows) or int(self.rows[-1]) > SPARSE * len(rows):
            return self.small(rows)
        table = np.full(int(max(self.rows[-1], rows.max())) + 1, -1, dtype=np.int64)
        table[self.rows] = np.arange(len(self.rows))
        return table[rows]


@dataclass(frozen=True, slots=True)
class Counted:
    """What the kernel found of one level, with the row numbers behind its small ones."""

    level: str
    found: Compliance
    people: Numbers
    waters: Numbers

    def duties(self, chosen: Any = slice(None)) -> list[Duty]:
        """The lines of some places, or all."""
        found = self.found
        water = np.where(found.water >= 0, self.waters.rows[np.maximum(found.water, 0)], 0)[chosen]
        columns = (found.monday[chosen], found.days[chosen], found.owed[chosen], found.done[chosen])
        rows = zip(self.people.rows[found.person[chosen]].tolist(), water.tolist(), *(c.tolist() for c in columns), strict=True)  # fmt: skip
        return [
            Duty(person, self.level, place, date.fromordinal(monday), days, owed, done)
            for person, place, monday, days, owed, done in rows
        ]


def compliance(
    *, first: date, last: date, until: date | None = None, reading: str = "", where: tuple[str, ...] = ()
) -> list[Counted]:
    """Count the weeks that begin from ``first`` to ``last``, of both levels.

    ``until`` is the first day of which nothing is known yet; ``where`` are codes of counties, all of them where none is
    named. A deputy stands in within his county only, so a county can be counted alone.
    """
    counted = []
    for begin, end in parts(first, last):
        beyond = min(until or FAR, end + timedelta(days=7))
        leaves, checks = read_leaves(begin, beyond, where), read_checks(begin, beyond, where)
        for level, charges in read_charges(begin, end + timedelta(days=7), where).items():
            norm = norm_of(level, first=begin, last=end, reading=reading)
            people = Numbers(
                np.unique(np.concatenate([charges[:, 0], leaves[:, 0], leaves[:, 1][leaves[:, 1] > 0]]))
            )
            waters = Numbers(np.unique(charges[:, 1]))
            found = comply(
                norm,
                Charges(
                    people.small(charges[:, 0]), waters.small(charges[:, 1]), charges[:, 2], charges[:, 3]
                ),
                Leaves(people.small(leaves[:, 0]), people.small(leaves[:, 1]), leaves[:, 2], leaves[:, 3]),
                of_known(people, waters, checks[level]),
                first=begin.toordinal(),
                last=end.toordinal(),
            )
            counted.append(Counted(level, found, people, waters))
    return counted


def of_known(people: Numbers, waters: Numbers, checks: tuple[Ints, ...]) -> Checks:
    """The checks by people and of waters with charges; others count for nobody and are left out."""
    person, water = people.of_many(checks[0]), waters.of_many(checks[1])
    minute, known = checks[2] + SHANGHAI, (person >= 0) & (water >= 0)
    return (
        Checks(person, water, minute) if known.all() else Checks(person[known], water[known], minute[known])
    )


def read_charges(first: date, beyond: date, where: tuple[str, ...]) -> dict[str, Ints]:
    """By level person, water, first day and first day without: while the person is in office and the water listed.

    Only dangerous waters are charges; what is not in force at any time of the span is left out.
    """
    rows = Assignment.objects.filter(held_from(first), inside(where), water__risk=Risk.HIGH, since__lt=beyond)
    spans = ("since", "water__since", "person__since", "until", "water__until", "person__until")
    found: dict[str, list[tuple[int, ...]]] = {level: [] for level in Level.values}
    for level, person, water, one, two, three, *ends in rows.order_by("pk").values_list(
        "level", "person", "water", *spans
    ):
        since, until = max(one, two, three), min(day or FAR for day in ends)
        if since < until:
            found[level].append((person, water, since.toordinal(), until.toordinal()))
    return {level: as_columns(lines, 4) for level, lines in found.items()}


def read_leaves(first: date, beyond: date, where: tuple[str, ...]) -> Ints:
    """Person, deputy (-1 for none), first day and first day back."""
    rows = Leave.objects.filter(held_from(first), inside(where), since__lt=beyond, cancelled=False)
    return as_columns(
        [
            (person, deputy or -1, since.toordinal(), (until or FAR).toordinal())
            for person, deputy, since, until in rows.order_by("pk").values_list(
                "person", "deputy", "since", "until"
            )
        ],
        4,
    )


def read_checks(first: date, beyond: date, where: tuple[str, ...]) -> dict[str, tuple[Ints, ...]]:
    """By level person, water and minute in universal time of every check from one day to before another: three columns.

    What costs most is to take values over from the database, so all four of a row are brought in one whole number.
    """
    rows = Check.objects.filter(
        inside(where), checked_at__gte=midnight(first), checked_at__lt=midnight(beyond)
    )
    start = int(midnight(first).timestamp()) // 60
    most = Check.objects.aggregate(person=Max("person_id"), water=Max("water_id"))
    levels = Case(
        *(When(level=one, then=Value(place)) for place, one in enumerate(Level.values)),
        default=Value(len(Level)),
    )
    columns = ((F("person_id"), most["person"] or 0), (F("water_id"), most["water"] or 0), (Minute(F("checked_at")) - start, MINUTES * (beyond - first).days), (levels, len(Level)))  # fmt: skip
    person, water, minute, level = packed(rows.order_by(), columns)
    minute += start
    every = {one: level == place for place, one in enumerate(Level.values)}
    return {one: (person[here], water[here], minute[here]) for one, here in every.items()}


def packed(rows: "QuerySet[Any, Any]", columns: Sequence[tuple[Any, int]]) -> list[Ints]:
    """Columns of whole numbers, each with the largest that there may be, as few values a row as they need."""
    parts: list[list[tuple[Any, int]]] = []
    for column, most in columns:
        wide = most.bit_length()
        if not parts or sum(width for _, width in parts[-1]) + wide >= SIGN:
            parts.append([])
        parts[-1].append((column, wide))
    told = rows.annotate(**{f"packed_{place}": together(part) for place, part in enumerate(parts)})
    found = straight(told.values_list(*(f"packed_{place}" for place in range(len(parts)))), len(parts))
    return [column for place, part in enumerate(parts) for column in apart(found[:, place], part)]


def together(part: Sequence[tuple[Any, int]]) -> "ExpressionWrapper[Any]":
    """Several columns as the digits of one number: the first the highest."""
    number, *rest = (column for column, _wide in part)
    for column, (_, wide) in zip(rest, part[1:], strict=True):
        number = number * Value(2**wide) + column
    return ExpressionWrapper(number, output_field=BigIntegerField())


def apart(number: Ints, part: Sequence[tuple[Any, int]]) -> list[Ints]:
    """The columns that were put together in a number."""
    found = []
    for _column, wide in reversed(part):
        found.append(number & (2**wide - 1))
        number = number >> wide
    return found[::-1]


def straight(rows: "QuerySet[Any, Any]", width: int) -> Ints:
    """The rows of a question of whole numbers, without anything being made of each."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return as_columns([], width)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = np.fromiter(chain.from_iterable(cursor), dtype=np.int64)
    return found.reshape(-1, width)


def as_columns(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    """Rows as columns; none of them have columns too."""
    return np.array(rows, dtype=np.int64).reshape(-1, width)


def inside(where: tuple[str, ...], path: str = "area") -> Q:
    """The rows of some counties; of all where none is named."""
    found = Q()
    for code in where:
        found |= within_area(path, code)
    return found


def midnight(day: date) -> datetime:
    """The first moment of a day in Shanghai."""
    return timezone.make_aware(datetime.combine(day, time.min))
