"""Weeks as offices count them: from Monday to Sunday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from junheng.kernel.workdays.published import is_working_day

DAYS = 7


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One week, named by its Monday.

    >>> week = Week.of(date(2023, 10, 8))
    >>> week.monday, week.sunday, week.working_days
    (datetime.date(2023, 10, 2), datetime.date(2023, 10, 8), 2)
    """

    monday: date

    def __post_init__(self) -> None:
        if self.monday.weekday():
            raise ValueError(f"{self.monday} is no Monday")

    @classmethod
    def of(cls, day: date) -> Self:
        """The week in which a day lies."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def whole(cls, first: date, last: date) -> Iterator[Self]:
        """The whole weeks from the first day to the last, both included.

        >>> [week.monday.day for week in Week.whole(date(2023, 10, 1), date(2023, 10, 21))]
        [2, 9]
        """
        monday = first + timedelta(days=-first.weekday() % DAYS)
        while (week := cls(monday)).sunday <= last:
            yield week
            monday += timedelta(days=DAYS)

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=DAYS - 1)

    @property
    def working_days(self) -> int:
        """How many of its days offices work."""
        return sum(is_working_day(self.monday + timedelta(days=n)) for n in range(DAYS))
