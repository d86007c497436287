"""Which days offices work, read from the published arrangements of each year.

The days come from the library `chinesecalendar`, which carries the yearly notices of the State Council's general office
(holidays, days off in lieu, and the Saturdays and Sundays worked for them). A notice comes out in October to December
for the year after. Before it is out nobody knows, so the answer for such a year is the plain week, Monday to Friday,
and `is_known` says that it is no more than that.
"""

from datetime import date
from enum import StrEnum
from functools import cache

from chinese_calendar import get_holiday_detail, is_workday

EARLIEST = 2004
"""The first year whose arrangement the library has."""


class DayKind(StrEnum):
    """What a day is to those who work by the calendar of offices."""

    WORK = "work"
    MADE_UP = "made_up"
    """A Saturday or Sunday that is worked for a holiday."""
    REST = "rest"
    HOLIDAY = "holiday"
    """A public holiday, or a day off that the arrangement joins to it."""


def kind_of_day(day: date) -> DayKind:
    """What kind of day it is. Where nothing is published, the plain week: ask `is_known` and say so.

    >>> [str(kind_of_day(date(2023, 10, day))) for day in (5, 7, 9, 14)]
    ['holiday', 'made_up', 'work', 'rest']
    """
    if is_working_day(day):
        return DayKind.WORK if day.weekday() < 5 else DayKind.MADE_UP
    if not is_known(day):
        return DayKind.REST
    return DayKind.HOLIDAY if get_holiday_detail(day)[1] else DayKind.REST


def is_known(day: date) -> bool:
    """Whether the arrangement of the day's year has been published, as far as this installation knows.

    >>> is_known(date(2023, 10, 1)), is_known(date(2003, 10, 1))
    (True, False)
    """
    return first_known() <= day <= known_until()


def is_working_day(day: date) -> bool:
    """Whether offices work on a day. Where nothing is published, Monday to Friday: ask `is_known` and say so.

    >>> is_working_day(date(2023, 10, 6)), is_working_day(date(2023, 10, 7))
    (False, True)
    """
    return bool(is_workday(day)) if is_known(day) else day.weekday() < 5


def first_known() -> date:
    """The first day that is known."""
    return date(EARLIEST, 1, 1)


@cache
def known_until() -> date:
    """The last day that is known: 31 December of the last year whose arrangement has been published."""
    year = EARLIEST
    while _is_carried(year + 1):
        year += 1
    return date(year, 12, 31)


def _is_carried(year: int) -> bool:
    try:
        is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
