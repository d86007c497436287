"""Counting in working days: the day after so many of them, and how many lie between two days."""

from dataclasses import dataclass
from datetime import date, timedelta

from junheng.kernel.workdays.published import is_known, is_working_day

ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A day that was counted out. ``certain`` is false where a year on the way has no published arrangement yet."""

    day: date
    certain: bool


def add_working_days(day: date, count: int) -> Reckoned:
    """The day that lies ``count`` working days after a day; the day itself does not count.

    Before the holiday of 2023, which two weekend days were worked for:

    >>> add_working_days(date(2023, 9, 28), 1)
    Reckoned(day=datetime.date(2023, 10, 7), certain=True)
    """
    if count < 0:
        raise ValueError(f"{count} working days: a period does not run backwards")
    found, left = day, count
    while left:
        found += ONE
        left -= is_working_day(found)
    return Reckoned(found, is_known(day) and is_known(found))


def working_days_between(first: date, last: date) -> int:
    """How many working days there are after the first day up to the last, which counts.

    >>> working_days_between(date(2023, 9, 28), date(2023, 10, 9))
    3
    """
    return sum(is_working_day(first + n * ONE) for n in range(1, (last - first).days + 1))


def days_overdue_since(day: date, count: int) -> date:
    """The last day of arrival for which a period of ``count`` working days is over before ``day``.

    >>> days_overdue_since(date(2024, 3, 9), 5), days_overdue_since(date(2024, 3, 8), 5)
    (datetime.date(2024, 3, 3), datetime.date(2024, 2, 29))
    """
    found, left = day - ONE, count
    while left:
        left -= is_working_day(found)
        found -= ONE
    return found
