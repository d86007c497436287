"""Who may ask for whom: one's own leave and explanation, or the bureau above; and who judges an explanation."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from junheng.domains.patrols.models import Miss
from junheng.domains.people.models import Person
from junheng.domains.waters.terms import Level
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.spans import holds

ABOVE: dict[str, frozenset[Role]] = {
    Level.TOWNSHIP: frozenset({Role.COUNTY_OFFICER, Role.CITY_SECTION}),
    Level.COUNTY: frozenset({Role.CITY_SECTION}),
}
"""Who judges explanations of a level: the bureau above it, and whoever is above that."""
OFFICERS = frozenset({Role.COUNTY_OFFICER, Role.CITY_SECTION})
"""Who does for others what these would do for themselves."""
KEEPERS = OFFICERS | {Role.TOWNSHIP_WARDEN, Role.COUNTY_WARDEN}
"""Who writes leaves and misses at all; of wardens the actions let through what is their own."""


def is_own(person: Person, user: Any) -> bool:
    """Whether an official's account is somebody's."""
    return person.user_id is not None and person.user_id == getattr(user, "pk", None)


def is_officer(user: Any, *, on: date) -> bool:
    """Whether somebody may act for wardens."""
    return bool(OFFICERS & set(roles_of(user, on=on)))


def speaks_for(person: Person, user: Any, *, on: date) -> bool:
    """Whether somebody may ask for leave and explain: whose account it is, or an officer of the bureau."""
    return is_own(person, user) or is_officer(user, on=on)


def judges(miss: Miss, user: Any, *, on: date) -> bool:
    """Whether somebody judges this explanation: the level above, and never the person himself."""
    return not is_own(miss.person, user) and bool(ABOVE[miss.level] & set(roles_of(user, on=on)))


def own_posts(user: Any, *, on: date) -> "QuerySet[Person]":
    """The posts that somebody holds on a day, by whose account they are."""
    return Person.objects.filter(holds(on), user=user.pk).select_related("area").order_by("pk")
