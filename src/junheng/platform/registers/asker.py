"""Who asks, and when: what every surface of a register is told, instead of asking a request or the clock."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.access.roles import Verb
from junheng.platform.access.scope import granting, grants_of, lies_within, may, within
from junheng.platform.registers.declare import M, Register
from junheng.platform.registers.flags import PUBLIC
from junheng.platform.registers.policies import Level, level_of

LARGEST = 2**63 - 1
"""The largest row number that a table can hold."""


class Limit(Protocol):
    """What narrows a person's rights further: a token lent to a program. It never adds any."""

    @property
    def note(self) -> str: ...
    def permits(self, verb: Verb, slug: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Asker:
    """A person at a moment. Rights are those of that day in Shanghai, within the limit if there is one."""

    user: Any
    at: datetime
    limit: Limit | None = None
    today: date = field(init=False)
    """The day of the moment, in Shanghai."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "today", timezone.localdate(self.at))

    @property
    def day(self) -> date:
        """The day by which the house says what is due and what is late: its own (settings.JUNHENG_AS_OF), else today.

        A house of the records of a past year, like the demonstration, would otherwise call every task of that year late.
        """
        own: date | None = settings.JUNHENG_AS_OF
        return own or self.today

    def may(self, verb: Verb, register: Register[Any]) -> bool:
        """Whether this person may do this to any row of a register."""
        return self.permits(verb, register) and may(self.user, register, verb, on=self.today)

    def permits(self, verb: Verb, register: Register[Any]) -> bool:
        """Whether the limit leaves this open."""
        return self.limit is None or self.limit.permits(verb, register.slug)

    def within(self, queryset: "QuerySet[M]", register: Register[Any], verb: Verb) -> "QuerySet[M]":
        """The rows of a queryset to which this person may do this."""
        if not self.permits(verb, register):
            return queryset.none()
        return within(queryset, register, self.user, verb, on=self.today)

    def found_by_number(self, queryset: "QuerySet[M]", register: Register[Any]) -> "QuerySet[M]":
        """The rows that a whole sealed number finds for this person: those whose number he may see.

        A token shows nobody's number, but its program may hold one and ask whose it is, as far as its owner may see.
        """
        asks = self.permits("unmask", register) or (
            getattr(self.limit, "asks_by_number", False) and self.permits("view", register)
        )
        if not asks:
            return queryset.none()
        return within(queryset, register, self.user, "unmask", on=self.today)

    def granting(self, register: Register[Any], verb: Verb) -> tuple[Any, ...]:
        """The grants by which this person may do this; none where the limit closes it."""
        if not self.permits(verb, register):
            return ()
        return granting(self.user, register, verb, on=self.today)

    def reaches(self, row: Model, register: Register[Any], verb: Verb) -> bool:
        """Whether this person may do this to this very row, as it lies in the table."""
        return lies_within(type(row), row.pk, register, self.granting(register, verb))

    def row(self, register: "Register[M]", pk: Any, verb: Verb = "view") -> M:
        """One row, if it lies in the scope; else it is absent.

        Somebody who sees the row but may not do this to it is told so.
        """
        found = self.within(register.rows(), register, "view").filter(pk=as_pk(register, pk)).first()
        if found is None:
            raise absent()
        if (
            verb != "view"
            and self.granting(register, verb) != self.granting(register, "view")
            and not self.reaches(found, register, verb)
        ):
            raise forbidden()
        return found

    def stands_at(self, level: Level) -> bool:
        """Whether one of this person's grants puts them at a level."""
        return any(level_of(grant) == level for grant in grants_of(self.user, on=self.today))

    def may_refer_to(self, register: Register[Any], queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows somebody may name in a relation: public ones anywhere, others only within the scope."""
        if any(PUBLIC in field.flags for field in register.fields) and register.readers is None:
            return queryset
        return self.within(queryset, register, "view")


def as_pk(register: Register[Any], text: Any) -> Any:
    """A row's number as the table has it; text that is none belongs to no row."""
    try:
        value = register.model._meta.pk.to_python(text)
    except ValidationError:
        raise absent() from None
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        raise absent()
    return value


def asker_of(request: HttpRequest) -> Asker:
    """The person behind a request, now; within what the guard of the session has left of the rights, if it has."""
    return Asker(request.user, timezone.now(), getattr(request, "limit", None))


def viewer_of(request: HttpRequest, register: Register[Any]) -> Asker:
    """The person behind a request, if they see anything of a register; for others its pages are forbidden."""
    asker = asker_of(request)
    if not asker.may("view", register):
        raise forbidden()
    return asker


def absent() -> NotFound:
    """What is outside the scope and what is not there get one answer."""
    return NotFound("no-such-row", "没有找到这条记录，或者它不在您的权限范围内。请返回名录重新查找。")


def forbidden() -> NotAllowed:
    """The row is seen, the deed is not allowed."""
    return NotAllowed(
        "row-not-yours-to-change",
        "您可以查看这条记录，但没有办理此操作的权限。请联系有权限的科室或本单位管理员。",
    )
