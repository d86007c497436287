"""A closed window of days: both its first and its last day belong to it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from junheng.kernel.errors import Refusal

_WRITTEN = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*\.\.\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A window of days from ``first`` to ``last``, both included.

    >>> two_years = Span.parse("2022-01-01..2023-12-31")
    >>> two_years.contains(date(2023, 12, 31)), two_years.years, two_years.label
    (True, (2022, 2023), '2022—2023年')
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refusal(
                "span-backwards",
                "时间段的开始（{first}）晚于结束（{last}）。请把两个日期对调后再试。",
                first=self.first.isoformat(),
                last=self.last.isoformat(),
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2022-01-01..2023-12-31``; refuses what is not two real days in that form."""
        found = _WRITTEN.fullmatch(text) if len(text) < 60 else None
        if found is not None:
            numbers = [int(number) for number in found.groups()]
            try:
                first, last = date(*numbers[:3]), date(*numbers[3:])
            except ValueError:
                pass
            else:
                return cls(first, last)
        raise Refusal(
            "span-unreadable",
            "「{text}」不是能读懂的时间段。请写成“2022-01-01..2023-12-31”的样子，并确认日期存在。",
            text=text[:60],
        )

    @classmethod
    def of_year(cls, year: int) -> Self:
        """The calendar year. ``Span.of_year(2023)`` runs from 1 January to 31 December."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_years(cls, first: int, last: int) -> Self:
        """Whole calendar years, both included."""
        return cls(date(first, 1, 1), date(last, 12, 31))

    def contains(self, day: date) -> bool:
        """Whether the day lies in the window; the last day still does."""
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days the window holds."""
        return (self.last - self.first).days + 1

    @property
    def years(self) -> tuple[int, ...]:
        """Every calendar year of which the window holds at least one day."""
        return tuple(range(self.first.year, self.last.year + 1))

    @property
    def label(self) -> str:
        """How the window is written in a Chinese sentence."""
        whole = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        if whole and self.first.year == self.last.year:
            return f"{self.first.year}年"
        if whole:
            return f"{self.first.year}—{self.last.year}年"
        return f"{_written(self.first)}至{_written(self.last)}"

    def __str__(self) -> str:
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


def _written(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
