"""Compliance from the rows of the database: charges, leaves and checks as columns of numbers, counted by the kernel.

A year of a province is two million checks, so no model is made of them: the database says person, water and minute, and
these are read straight into columns.
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
from django.db.models import F, Func, IntegerField, Q, QuerySet
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
        leaves = read_leaves(begin, beyond, where)
        for level, charges in read_charges(begin, end + timedelta(days=7), where).items():
            checks = read_checks(level, begin, beyond, where)
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
                of_known(people, waters, checks),
                first=begin.toordinal(),
                last=end.toordinal(),
            )
            counted.append(Counted(level, found, people, waters))
    return counted


def of_known(people: Numbers, waters: Numbers, checks: Ints) -> Checks:
    """The checks by people and of waters with charges; others count for nobody and are left out."""
    person, water = people.small(checks[:, 0]), waters.small(checks[:, 1])
    known = (person >= 0) & (water >= 0)
    return Checks(person[known], water[known], checks[known, 2] + SHANGHAI)


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


def read_checks(level: str, first: date, beyond: date, where: tuple[str, ...]) -> Ints:
    """Person, water and minute in universal time of every check from one day to before another."""
    rows = Check.objects.filter(
        inside(where), level=level, checked_at__gte=midnight(first), checked_at__lt=midnight(beyond)
    )
    told = (
        rows.order_by()
        .annotate(minute=Minute(F("checked_at")))
        .values_list("person_id", "water_id", "minute")
    )
    return straight(told, 3)


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
