"""How many days are enough: parameters of the bureau, found by name; and the working days they are counted in."""

from dataclasses import dataclass
from datetime import date
from importlib import import_module

from django.conf import settings

from junheng.kernel.errors import NotInForce
from junheng.kernel.rulebook import InForce, Rulebook
from junheng.kernel.workdays import add_working_days, is_known

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
    notice: InForce[int] | None
    """By which notice working days are counted; None where the year's has not been published."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day for something. ``certain`` is false where the holidays on the way are not published yet."""

    day: date
    certain: bool


def limits_on(day: date) -> Limits:
    """The bureau's limits on a day."""
    rules = rulebook()
    steps = [rules[f"stewardship.{name}"].on(day) for name in NAMES]
    certain = not any(step.certainty.to_be_confirmed for step in steps)
    decide, confirm, overdue = (int(step.value) for step in steps)
    return Limits(decide, confirm, overdue, certain, notice_on(day))


def notice_on(day: date) -> InForce[int] | None:
    """The notice that arranges the working days of the day's year, where it is out and its days are known here."""
    try:
        found = rulebook()["workdays.arranged_year"].on(day)
    except NotInForce:
        return None
    return found if found.value == day.year and is_known(day) else None


def due_on(day: date, working_days: int) -> Due:
    """The last day for what came in on a day."""
    found = add_working_days(day, working_days)
    certain = found.certain and all(notice_on(one) is not None for one in (day, found.day))
    return Due(found.day, certain)


def rulebook() -> Rulebook:
    """The rules of this bureau."""
    rules: Rulebook = import_module(f"{settings.JUNHENG_CONTENT}.rulebook").RULEBOOK
    return rules
