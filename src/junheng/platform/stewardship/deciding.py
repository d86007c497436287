"""Who may see a proposal, and who decides it: asked of the scope, for many at once."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet

from junheng.platform.access.models import Grant
from junheng.platform.access.once import once_a_page
from junheng.platform.access.roles import Role, Verb
from junheng.platform.access.scope import grants_of, reach, role_may
from junheng.platform.audit.append import place_of
from junheng.platform.registers import Register, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level, decides, level_of
from junheng.platform.stewardship.models import Proposal, State

SUPERIORS_OF_THE_CITY = frozenset({Role.CITY_LEADER, Role.CITY_OFFICE})
"""Above the sections of the city's bureau: they see what a section leaves lying."""
Test = Callable[[Grant, Level, bool], bool]
"""Whether a grant counts for proposals of a decider's level; the flag says that only this level decides."""


def grants_for(register: Register[Any], asker: Asker, verb: Verb) -> list[Grant]:
    """The grants by which somebody may do this to some row of a register."""
    if not asker.permits(verb, register):
        return []
    return [one for one in grants_of(asker.user, on=asker.today) if role_may(one.role, register, verb)]


def reached(register: Register[Any], grants: Sequence[Grant]) -> "QuerySet[Any] | None":
    """The rows that grants reach by place; ``None`` if they reach none."""
    found = [one for grant in grants if (one := reach(grant, register)) is not None]
    if not found:
        return None
    rows: QuerySet[Any] = register.model._default_manager.order_by()
    if any(not one for one in found):
        return rows
    either = found[0]
    for one in found[1:]:
        either |= one
    return rows.filter(either)


def about(register: Register[Any], grants: Sequence[Grant]) -> Q | None:
    """The proposals of a register that lie where grants reach; ``None`` if there can be none."""
    reaching = [one for one in grants if reach(one, register) is not None]
    rows = reached(register, reaching)
    if rows is None:
        return None
    whole = Q()
    for grant in reaching:
        whole |= placed(grant, register)
    name = "row" if has_number(register.model) else "row_key"
    there = Q(**{f"{name}__in": rows.values("pk")})
    return Q(register=register.slug) & (there | (Q(row=None, row_key="") & whole))


def placed(grant: Grant, register: Register[Any]) -> Q:
    """The places of new rows that a grant reaches; the narrowest place it names counts, as in the scope."""
    if grant.kindergarten is not None:
        return Q(**{f"after__{register.kindergarten}_id": grant.kindergarten})
    if grant.school_class is not None:
        return Q(school_class=grant.school_class)
    if grant.school is not None:
        return Q(school=grant.school)
    return Q(area__startswith=grant.area)


def has_number(model: type[Model]) -> bool:
    """Whether rows of a model are named by a number, or by text."""
    assert model._meta.pk is not None
    return "row" in place_of(model._meta.pk.to_python("1"))


def visible(asker: Asker) -> "QuerySet[Proposal]":
    """The proposals about rows that somebody may see, in any state."""
    return those(asker, "view", lambda grant, decider, only: True, state=None)


def decidable(asker: Asker) -> "QuerySet[Proposal]":
    """The pending proposals that somebody may decide, his own among them (which another decides)."""
    return those(asker, "change", lambda grant, decider, only: decides(level_of(grant), decider, only=only))


def for_own_level(asker: Asker) -> "QuerySet[Proposal]":
    """Those that wait for just this person's level, and were made by somebody else."""
    return those(asker, "change", lambda grant, decider, only: level_of(grant) == decider).exclude(
        by=asker.user
    )


def left_below(asker: Asker) -> "QuerySet[Proposal]":
    """Those that wait for somebody below: a superior looks after them once they are late."""

    def counts(grant: Grant, decider: Level, only: bool) -> bool:
        return level_of(grant) > decider or (decider == Level.CITY and grant.role in SUPERIORS_OF_THE_CITY)

    return those(asker, "view", counts).exclude(by=asker.user)


@once_a_page
def kinds(state: State | None) -> list[tuple[str, Any, bool]]:
    """Of which registers there are proposals, and whose level decides them; a page asks for its own and for late ones."""
    proposals = Proposal.objects.all() if state is None else Proposal.objects.filter(state=state)
    return list(proposals.order_by().values_list("register", "decider", "only").distinct())


def those(
    asker: Asker, verb: Verb, counts: Test, *, state: State | None = State.PENDING
) -> "QuerySet[Proposal]":
    """The proposals in the scope of the grants that count for them: one question first, however many there are."""
    proposals = Proposal.objects.all() if state is None else Proposal.objects.filter(state=state)
    found = Q()
    for slug, decider, only in kinds(state):
        register = every_register().get(slug)
        if register is None:
            continue
        grants = [one for one in grants_for(register, asker, verb) if counts(one, Level(decider), only)]
        condition = about(register, grants) if grants else None
        if condition is not None:
            found |= condition & Q(decider=decider, only=only)
    return proposals.filter(found) if found else proposals.none()
