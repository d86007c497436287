"""Who needs a second factor, and whether this session may do a sensitive deed now."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from junheng.platform.access.roles import UNMASKING, Role, Verb
from junheng.platform.access.scope import roles_of
from junheng.platform.accounts.factors import real_factors
from junheng.platform.accounts.moments import CONFIRMED, fresh

NEEDS_FACTOR = UNMASKING | {Role.ACCOUNT_ADMIN}
"""Who can see what is masked, and who can make somebody who can."""


class Standing(StrEnum):
    """What a sensitive deed meets in a session."""

    FREE = "free"
    """Neither has this person a second factor nor does the house want one."""
    CONFIRMED = "confirmed"
    CONFIRM = "confirm"
    """There is a factor; it was not shown, or too long ago."""
    ENROL = "enrol"
    """The role wants a factor and there is none."""


def needs_factor(user: Any, *, on: date) -> bool:
    """Whether somebody's roles want a second factor."""
    return bool(NEEDS_FACTOR & set(roles_of(user, on=on)))


def is_required() -> bool:
    """Whether the house insists on it."""
    return bool(settings.JUNHENG_SECOND_FACTOR == "required")


def standing(request: HttpRequest, *, at: datetime) -> Standing:
    """How a session stands towards a sensitive deed."""
    if fresh(request, CONFIRMED, at=at):
        return Standing.CONFIRMED
    if real_factors(request.user):
        return Standing.CONFIRM
    wanted = is_required() and needs_factor(request.user, on=timezone.localdate(at))
    return Standing.ENROL if wanted else Standing.FREE


@dataclass(slots=True)
class Unconfirmed:
    """What a session without a fresh factor leaves of its owner's rights: on no address is anything unmasked.

    The second lock behind the middleware: a view that forgets to say that it is sensitive still shows nothing.
    """

    request: HttpRequest
    at: datetime
    known: bool | None = None

    @property
    def note(self) -> str:
        """How the audit would name it; a session needs no name."""
        return ""

    def permits(self, verb: Verb, slug: str) -> bool:
        """Everything but lifting a mask; asked of the database once."""
        if verb != "unmask":
            return True
        if self.known is None:
            self.known = standing(self.request, at=self.at) in {Standing.CONFIRMED, Standing.FREE}
        return self.known
