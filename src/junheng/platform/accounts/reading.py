"""What somebody sees by his grants, in words; and the accounts that nobody uses."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import UNMASKING, Role
from junheng.platform.access.scope import grants_of, held
from junheng.platform.accounts.rights import accounts_of
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.onlookers import place_names


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant as a line: its role and place in words, and whether it holds today, will, or did."""

    grant: Grant
    role: str
    place: str
    state: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may do: the roles in words, and how many registers are seen, changed, exported, unmasked."""

    lines: list[GrantLine]
    views: int
    changes: int
    exports: int
    unmasks: int
    labels: list[str]


def sight_of(user: Any, *, on: date) -> Sight:
    """Roles and counts of registers on a day."""
    grants = grants_of(user, on=on)
    asker = Asker(user, timezone.make_aware(datetime.combine(on, time(12))))
    registers = list(every_register().values())
    seen = [one for one in registers if asker.may("view", one)]
    return Sight(
        lines=lines_of(grants, on=on),
        views=len(seen),
        changes=sum(asker.may("change", one) for one in seen),
        exports=sum(asker.may("export", one) for one in seen),
        unmasks=sum(bool(one.flagged(SENSITIVE)) and asker.may("unmask", one) for one in seen),
        labels=[str(one.label) for one in seen],
    )


def lines_of(grants: list[Grant], *, on: date) -> list[GrantLine]:
    """Grants as lines, with the names of their places: a question a kind of place."""
    places = place_names(grants)
    return [GrantLine(one, Role(one.role).label, places[one.pk], state_of(one, on=on)) for one in grants]


def state_of(grant: Grant, *, on: date) -> str:
    """``holds``, ``later`` or ``over``."""
    if grant.until is not None and grant.until <= on:
        return "over"
    return "later" if grant.since > on else "holds"


def idle_accounts(admin: Any, *, at: datetime, on: date) -> "QuerySet[User]":
    """Open accounts in one's care that nobody has used for the configured number of days."""
    before = at - timedelta(days=settings.JUNHENG_IDLE_ACCOUNT_DAYS)
    return (
        accounts_of(admin, on=on)
        .filter(is_active=True)
        .exclude(pk=admin.pk)
        .annotate(used=Coalesce("last_login", "date_joined"))
        .filter(used__lt=before)
        .order_by("used", "pk")
    )


def without_factor(on: date) -> "QuerySet[User]":
    """Open accounts whose role sees what is masked and that have no second factor."""
    roles = Grant.objects.filter(held(on), role__in=[*UNMASKING, Role.ACCOUNT_ADMIN]).values("user")
    return User.objects.filter(Q(factors=None), is_active=True, pk__in=roles)


def administrators(on: date) -> "QuerySet[User]":
    """Open accounts that look after accounts today."""
    return User.objects.filter(
        is_active=True, pk__in=Grant.objects.filter(held(on), role=Role.ACCOUNT_ADMIN).values("user")
    )
