"""The sheets of paper for people who enter the first time: who, what for, where, and the one-time password."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import segno

from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.accounts.bulk.writing import Letter
from junheng.platform.accounts.models import Proposal, Verdict
from junheng.platform.registers.onlookers import place_names


@dataclass(frozen=True, slots=True)
class Paper:
    """One letter as it is printed."""

    user: User
    roles: list[str]
    one_time: str
    address: str
    picture: str
    """The address as a QR code."""
    until: datetime


def papers(letters: Sequence[Letter], *, address_of: Callable[[str], str]) -> list[Paper]:
    """The letters with the roles of each person, given or waiting: a fixed number of questions."""
    roles = roles_of_all([one.user for one in letters])
    return [
        Paper(
            user=one.user,
            roles=roles.get(one.user.pk, []),
            one_time=one.one_time,
            address=(address := address_of(one.one_time)),
            picture=segno.make(address, error="m").svg_data_uri(scale=3, border=1, light="#fff"),
            until=one.until,
        )
        for one in letters
    ]


def roles_of_all(users: Sequence[User]) -> dict[int, list[str]]:
    """The roles of people with their places, by person."""
    numbers = [one.pk for one in users]
    grants = list(Grant.objects.filter(user__in=numbers, until=None).order_by("id"))
    waiting = [
        Grant(pk=-one.pk, user_id=one.user_id, role=one.role, area=one.area, school=one.school,
              school_class=one.school_class, kindergarten=one.kindergarten)
        for one in Proposal.objects.filter(user__in=numbers, verdict=Verdict.OPEN).exclude(role="")
    ]  # fmt: skip
    places = place_names([*grants, *waiting])
    found: dict[int, list[str]] = defaultdict(list)
    for one in (*grants, *waiting):
        found[one.user_id].append(f"{Role(one.role).label} · {places[one.pk]}")
    return found
