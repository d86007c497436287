"""Which waters a person has charge of on which days: by assignment, or standing in for somebody who is away."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.domains.patrols.models import Leave
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Assignment
from junheng.platform.spans import held_from


@dataclass(frozen=True, slots=True)
class Charge:
    """One person may check one water from one day to before another. ``whom`` is for whom, 0 for oneself."""

    person: int
    water: int
    level: str
    since: date
    until: date | None
    whom: int = 0
    whom_name: str = ""

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def persons_of(user: Any) -> list[Person]:
    """The posts of somebody who is signed in, the latest first."""
    if not user.is_authenticated:
        return []
    return list(Person.objects.filter(user=user).select_related("area").order_by("-since", "-pk"))


def persons_by_user(users: Collection[int]) -> dict[int, list[Person]]:
    """The posts of many people who are signed in, each one's latest first."""
    found: dict[int, list[Person]] = {}
    for one in Person.objects.filter(user__in=list(users)).select_related("area").order_by("-since", "-pk"):
        assert one.user_id is not None
        found.setdefault(one.user_id, []).append(one)
    return found


def in_office(persons: Iterable[Person], *, on: date) -> Person | None:
    """The post that somebody holds on a day."""
    return next((one for one in persons if one.since <= on and (one.until is None or on < one.until)), None)


def charges_of(persons: Sequence[int], *, first: date) -> list[Charge]:
    """All charges that hold on some day from ``first`` on: own ones, and those of people one stands in for."""
    leaves = list(
        Leave.objects.filter(held_from(first), deputy__in=persons, cancelled=False)
        .order_by("pk")
        .values_list("deputy", "person", "person__name", "since", "until")
    )
    away = {one[1] for one in leaves}
    rows = list(
        Assignment.objects.filter(held_from(first), person__in={*persons, *away})
        .order_by("water", "pk")
        .values_list("person", "water", "level", "since", "until")
    )
    mine = set(persons)
    found = [Charge(*row) for row in rows if row[0] in mine]
    for deputy, person, name, since, until in leaves:
        for whose, water, level, begun, ended in rows:
            low, high = max(since, begun), earlier(until, ended)
            if whose == person and (high is None or low < high):
                found.append(Charge(deputy, water, level, low, high, person, name))
    return found


def earlier(one: date | None, other: date | None) -> date | None:
    """The earlier of two days of which either may never come."""
    return one if other is None else other if one is None else min(one, other)
