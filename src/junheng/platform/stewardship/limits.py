"""How many days are enough: parameters of the bureau, found by name; and days on which an office works."""

from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module

from django.conf import settings

NAMES = ("decide_within", "confirm_within", "confirm_overdue")


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a day. ``certain`` is false while somebody still has to confirm them."""

    decide: int
    """Working days within which a proposal is decided."""
    confirm: int
    """Days after a confirmation on which the next is due."""
    overdue: int
    """Further days after which it is badly late."""
    certain: bool


def limits_on(day: date) -> Limits:
    """The bureau's limits on a day."""
    rules = import_module(f"{settings.JUNHENG_CONTENT}.rulebook").RULEBOOK
    steps = [rules[f"stewardship.{name}"].on(day) for name in NAMES]
    certain = not any(step.certainty.to_be_confirmed for step in steps)
    decide, confirm, overdue = (int(step.value) for step in steps)
    return Limits(decide, confirm, overdue, certain)


def works(day: date) -> bool:
    """Whether offices work on a day: Monday to Friday. Public holidays and their make-up days are not known here."""
    return day.weekday() < 5


def due_on(day: date, working_days: int) -> date:
    """The last day for what came in on a day.

    >>> due_on(date(2024, 3, 1), 5)
    datetime.date(2024, 3, 8)
    """
    while working_days:
        day += timedelta(days=1)
        working_days -= works(day)
    return day


def late_since(day: date, working_days: int) -> date:
    """What came in on this day or before is late on ``day``.

    >>> late_since(date(2024, 3, 9), 5), late_since(date(2024, 3, 8), 5)
    (datetime.date(2024, 3, 1), datetime.date(2024, 2, 29))
    """
    found = day - timedelta(days=1)
    while due_on(found, working_days) >= day:
        found -= timedelta(days=1)
    return found
