"""The waiting room: when a family may go on. Who comes within one slice of time is ordered by chance, not by haste.

A slice lasts some seconds; all who come before the opening are in the first one. A family's place in its slice follows
from the child's number by a keyed digest, so that reloading, a second telephone or a program that asks a thousand times
gains nothing. Slices go in one after the other, so many families a second.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count

from junheng.domains.registrations.models import Turn


@dataclass(frozen=True, slots=True)
class Place:
    """Where a family stands: when it may go on, and how many are before it in its slice (None while that is open)."""

    opens: datetime
    before: int | None

    def may_go(self, at: datetime) -> bool:
        """Whether its moment has come."""
        return at >= self.opens


def slice_length() -> timedelta:
    """How long a slice is."""
    return timedelta(seconds=settings.JUNHENG_ROOM_SECONDS)


def is_in_force(opens_at: datetime, *, at: datetime) -> bool:
    """Whether families pass through the waiting room now: from before the opening until the rush is over."""
    minutes = settings.JUNHENG_ROOM_MINUTES
    return minutes > 0 and at < opens_at + timedelta(minutes=minutes)


def slice_of(opens_at: datetime, *, at: datetime) -> int:
    """The number of the slice of a moment; all before the opening is number 0."""
    return max(0, (at - opens_at) // slice_length() + 1)


def end_of(opens_at: datetime, number: int) -> datetime:
    """The end of a slice: nobody of it goes in before, so that within it nobody is first."""
    return opens_at + number * slice_length()


def place_of(intake: int, opens_at: datetime, turn: tuple[int, str], *, at: datetime) -> Place:
    """The place of a turn. While its own slice runs, only the end of the slice is known."""
    number, order = turn
    end = end_of(opens_at, number)
    if at < end:
        return Place(end, None)
    start = opens_at
    for earlier, count in counts(intake, number):
        start = max(start, end_of(opens_at, earlier)) + wait_for(count)
    before = Turn.objects.filter(intake=intake, slice=number, order__lt=order).count()
    return Place(max(start, end) + wait_for(before), before)


def counts(intake: int, below: int) -> list[tuple[int, int]]:
    """How many came in each slice before one."""
    rows = Turn.objects.filter(intake=intake, slice__lt=below).values_list("slice").order_by("slice")
    return [(number, count) for number, count in rows.annotate(count=Count("pk"))]


def wait_for(families: int) -> timedelta:
    """How long it takes until so many have gone in."""
    return timedelta(seconds=-(-families // max(1, settings.JUNHENG_ROOM_RATE)))
