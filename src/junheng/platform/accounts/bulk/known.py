"""What the house knows already of the people and places of a workbook: a fixed number of questions, however many lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model, Q

from junheng.platform.access.models import Grant, User
from junheng.platform.accounts.models import Identity, Proposal, Verdict
from junheng.platform.accounts.places import area_choices, classes_of_all, schools_called, units_called
from junheng.platform.accounts.rights import accounts_of, areas_administered
from junheng.platform.registers.cells import halved


@dataclass(slots=True)
class Known:
    """People by login name, what they hold and wait for, places by what they are called."""

    areas: list[str]
    """The areas that the administrator looks after."""
    codes: dict[str, str]
    """Area codes within these, with code and name."""
    named: dict[str, list[str]]
    """Area codes by name."""
    people: dict[str, User]
    own: set[int]
    """Whom of them the administrator looks after."""
    held: dict[int, list[Grant | Proposal]]
    schools: dict[str, list[Model]]
    classes: dict[Any, list[Model]]
    kindergartens: dict[str, list[Model]]
    bound: dict[str, int] = field(default_factory=dict)
    """Accounts by subject at the sign-in service."""
    subjects: dict[int, str] = field(default_factory=dict)
    """The other way round."""


def known_to(admin: Any, lines: Iterable[dict[str, str]], *, on: date) -> Known:
    """Ask for everything that the lines name."""
    lines = list(lines)
    areas = areas_administered(admin, on=on)
    codes = dict(area_choices(areas))
    named: dict[str, list[str]] = defaultdict(list)
    for code, text in codes.items():
        named[halved(text.removesuffix(code))].append(code)
    names = {line["username"].lower() for line in lines} - {""}
    people = {one.username: one for one in User.objects.filter(username__in=names)}
    numbers = [one.pk for one in people.values()]
    held: dict[int, list[Grant | Proposal]] = defaultdict(list)
    for grant in Grant.objects.filter(Q(until=None) | Q(until__gt=on), user__in=numbers):
        held[grant.user_id].append(grant)
    for proposal in Proposal.objects.filter(verdict=Verdict.OPEN, user__in=numbers).exclude(role=""):
        held[proposal.user_id].append(proposal)
    schools = schools_called({line["school"] for line in lines} - {""})
    wanted = {row.pk: row for rows in schools.values() for row in rows}
    classes = classes_of_all(list(wanted.values())) if any(line["school_class"] for line in lines) else {}
    identities = Identity.objects.filter(issuer=settings.JUNHENG_OIDC["issuer"])
    subjects = {line["subject"] for line in lines} - {""}
    mine = list(identities.filter(Q(subject__in=subjects) | Q(user__in=numbers)))
    return Known(
        areas=areas,
        codes=codes,
        named=named,
        people=people,
        own=set(accounts_of(admin, on=on).filter(pk__in=numbers).values_list("pk", flat=True)),
        held=held,
        schools=schools,
        classes=classes,
        kindergartens=units_called("kindergartens", {line["kindergarten"] for line in lines} - {""}),
        bound={one.subject: one.user_id for one in mine},
        subjects={one.user_id: one.subject for one in mine},
    )
