"""What a workbook of accounts would do: whose accounts, which roles, and all that is wrong with it."""

from dataclasses import dataclass, field

from junheng.platform.access.models import User
from junheng.platform.accounts.granting import FOUR_EYES, WantedGrant
from junheng.platform.registers.plans import Plan


@dataclass(slots=True)
class Person:
    """One account of the workbook: an open one, or one to be made."""

    username: str
    name: str
    area: str
    user: User | None
    subject: str = ""
    """An identity at the sign-in service that is to be bound."""
    elsewhere: bool = False
    """Whether one is bound already: then the account is entered without a password."""


@dataclass(frozen=True, slots=True)
class WantedRole:
    """A role that a line wants for somebody. ``waits``: a second administrator must approve it."""

    person: Person
    grant: WantedGrant

    @property
    def waits(self) -> bool:
        return self.grant.role in FOUR_EYES


@dataclass(slots=True)
class AccountPlan(Plan):
    """What would happen: ``new`` accounts, ``changed`` roles given at once, ``waiting`` ones that another must approve."""

    people: dict[str, Person] = field(default_factory=dict)
    wanted: list[WantedRole] = field(default_factory=list)

    @property
    def bound(self) -> list[Person]:
        """Who gets an identity at the sign-in service."""
        return [one for one in self.people.values() if one.subject]

    @property
    def without_password(self) -> list[Person]:
        """Accounts that are there and that nobody has entered yet: a letter can be printed for them again."""
        return [
            one
            for one in self.people.values()
            if one.user is not None
            and not one.user.has_usable_password()
            and not (one.elsewhere or one.subject)
        ]
