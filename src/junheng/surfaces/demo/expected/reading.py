"""How the reference reads rows: plain Python over columns, with no engine between a row and a number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

Answer = int | str
"""A whole number, a share as “part/whole”, “low–high” where rows differ, or a day or time in ISO form."""

Frames = Mapping[str, pl.DataFrame]
Rules = Mapping[str, tuple[tuple[date, int], ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The tables and rules of a city, and the moment that is asked about."""

    frames: Frames
    rules: Rules
    as_of: date
    two_years: tuple[date, date]
    year: tuple[date, date]
    term: str

    def rows(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table, these columns only."""
        frame = self.frames[table]
        return zip(*(frame[column].to_list() for column in columns), strict=True)

    def holds(self, since: date | None, until: date | None, day: date | None = None) -> bool:
        """Whether a fact holds on a day (default: the day of the question)."""
        moment = day or self.as_of
        return since is not None and since <= moment and (until is None or until > moment)

    def recent(self, day: date | None) -> bool:
        """Whether a day lies in the last two years."""
        return day is not None and self.two_years[0] <= day <= self.two_years[1]

    def this_year(self, day: date | None) -> bool:
        """Whether a day lies in the year."""
        return day is not None and self.year[0] <= day <= self.year[1]

    def still(self, end: date | None) -> bool:
        """Whether something that may be undone (revoked, returned, cancelled) is not undone yet."""
        return end is None or end > self.as_of

    def value(self, rule: str) -> int:
        """The value of a rule on the day."""
        return self._step(rule, 1)[1]

    def before(self, rule: str) -> int:
        """The value that the one in force replaced."""
        return self._step(rule, 2)[1]

    def since(self, rule: str) -> str:
        """The day from which the value in force has held."""
        return self._step(rule, 1)[0].isoformat()

    def _step(self, rule: str, back: int) -> tuple[date, int]:
        return [step for step in self.rules[rule] if step[0] <= self.as_of][-back]


def share(part: int, whole: int) -> str:
    """A share, not reduced, so that both its numbers can be compared."""
    return f"{part}/{whole}"


def uniform(numbers: list[int]) -> Answer:
    """The number that all are, or the lowest and the highest."""
    if not numbers:
        return "none"
    low, high = min(numbers), max(numbers)
    return low if low == high else f"{low}–{high}"
