"""The scope: which rows of a register somebody may see or change. Every surface asks here and nowhere else."""

from collections.abc import Iterable, Sequence, Set
from datetime import date
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

from junheng.platform.access.models import Grant
from junheng.platform.access.once import once_a_page
from junheng.platform.access.roles import RULES, Role, Verb

M = TypeVar("M", bound=Model)


class Scoped(Protocol):
    """What the scope needs to know of a register (access does not know registers)."""

    @property
    def chapter(self) -> str: ...
    @property
    def area(self) -> str | None: ...
    @property
    def school(self) -> str | None: ...
    @property
    def school_class(self) -> str | None: ...
    @property
    def kindergarten(self) -> str | None: ...
    @property
    def readers(self) -> Set[str] | None: ...
    @property
    def writers(self) -> Set[str] | None: ...


def grants_of(user: Any, *, on: date) -> list[Grant]:
    """The grants somebody holds on a day; none for a stranger or a closed account.

    Read once a request: the user object remembers them for that day.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    remembered: dict[date, list[Grant]] | None = getattr(user, "grants_by_day", None)
    if remembered is None:
        remembered = user.grants_by_day = {}
    if on not in remembered:
        remembered[on] = list(Grant.objects.filter(held(on), user=user).order_by("id"))
    return remembered[on]


def remember_grants(users: Sequence[Any], *, on: date) -> None:
    """Read the grants of many people at once, so that nobody's are read alone afterwards."""
    of: dict[int, list[Grant]] = {user.pk: [] for user in users}
    for grant in Grant.objects.filter(held(on), user__in=of).order_by("id"):
        of[grant.user_id].append(grant)
    for user in users:
        user.grants_by_day = {on: of[user.pk]}


def held(on: date) -> Q:
    """The grants that are in force on a day."""
    return Q(since__lte=on) & (Q(until=None) | Q(until__gt=on))


def role_may(role: str, register: Scoped, verb: Verb) -> bool:
    """Whether a role may do this to rows of a register at all, wherever they lie."""
    if role not in RULES:
        return False
    rule = RULES[Role(role)]
    sees = role in register.readers if register.readers is not None else register.chapter in rule.view
    if verb == "view" or not sees:
        return sees
    if verb in {"change", "import"}:
        return role in register.writers if register.writers is not None else register.chapter in rule.change
    return rule.export if verb == "export" else rule.unmask


def reach(grant: Grant, register: Scoped) -> Q | None:
    """The rows a grant reaches in a register, by place alone; ``None`` if it reaches none.

    The narrowest place that a grant names counts: a class or a kindergarten, else a school, else an area. A role whose
    rule asks for a school and whose grant names none reaches nothing.
    """
    rule = RULES[Role(grant.role)]
    if grant.kindergarten is not None:
        return at_path(register.kindergarten, grant.kindergarten)
    if grant.school_class is not None:
        return at_path(register.school_class, grant.school_class)
    if grant.school is not None and rule.level != "class":
        return at_path(register.school, grant.school)
    if rule.level != "area" or not grant.area:
        return None
    if grant.area == settings.JUNHENG_CITY:
        return Q()
    return None if register.area is None else within_area(register.area, grant.area)


def reaches_any(grant: Grant, register: Scoped) -> bool:
    """Whether a grant reaches any row of a register by place: whether ``reach`` finds something, without making it."""
    rule = RULES[Role(grant.role)]
    if grant.kindergarten is not None:
        return register.kindergarten is not None
    if grant.school_class is not None:
        return register.school_class is not None
    if grant.school is not None and rule.level != "class":
        return register.school is not None
    if rule.level != "area" or not grant.area:
        return False
    return grant.area == settings.JUNHENG_CITY or register.area is not None


def at_path(path: str | None, pk: int) -> Q | None:
    """Rows whose path leads to this row; ``"self"`` is the row itself."""
    return None if path is None else Q(**{"pk" if path == "self" else path: pk})


def within_area(path: str, code: str) -> Q:
    """Rows whose area code begins with this one.

    Written as a half-open range, which an index on the code answers without a join: 410802 holds all from "410802"
    up to but not "410803".
    """
    return Q(**{f"{path}__gte": code, f"{path}__lt": code[:-1] + chr(ord(code[-1]) + 1)})


def may(user: Any, register: Scoped, verb: Verb, *, on: date) -> bool:
    """Whether somebody may do this to any row at all: for menus and buttons. The scope decides about a row."""
    return bool(granting(user, register, verb, on=on))


def within(queryset: QuerySet[M], register: Scoped, user: Any, verb: Verb, *, on: date) -> QuerySet[M]:
    """The rows of a queryset that somebody may view, change, import, export or unmask on a day.

    What is outside looks absent. Nobody gets nothing.
    """
    reaches = [
        found
        for grant in grants_of(user, on=on)
        if role_may(grant.role, register, verb) and (found := reach(grant, register)) is not None
    ]
    if not reaches:
        return queryset.none()
    if any(not found for found in reaches):
        return queryset
    either = reaches[0]
    for found in reaches[1:]:
        either |= found
    if crosses_many(
        queryset.model, (register.area, register.school, register.school_class, register.kindergarten)
    ):
        return queryset.filter(pk__in=queryset.model._default_manager.filter(either).values("pk"))
    return queryset.filter(either)


def granting(user: Any, register: Scoped, verb: Verb, *, on: date) -> tuple[Grant, ...]:
    """The grants by which somebody may do this to some row: two verbs with the same grants have the same scope."""
    return tuple(
        grant
        for grant in grants_of(user, on=on)
        if role_may(grant.role, register, verb) and reaches_any(grant, register)
    )


@once_a_page
def lies_within(model: type[Model], pk: Any, register: Scoped, grants: tuple[Grant, ...]) -> bool:
    """Whether a row lies where any of these grants reaches; a page with ten buttons asks it once."""
    reaches = [found for grant in grants if (found := reach(grant, register)) is not None]
    if not reaches:
        return False
    here = model._default_manager.filter(pk=pk)
    if all(reaches):
        either = reaches[0]
        for found in reaches[1:]:
            either |= found
        here = here.filter(either)
    return here.exists()


def crosses_many(model: type[Model], paths: Iterable[str | None]) -> bool:
    """Whether a path passes through a relation to many rows, so that a plain filter would repeat rows."""
    for path in filter(None, paths):
        here: Any = model
        for step in path.split(LOOKUP_SEP):
            found = next((field for field in here._meta.get_fields() if field.name == step), None)
            if found is None or not found.is_relation:
                break
            if found.one_to_many or found.many_to_many:
                return True
            here = found.related_model
    return False


def grant_for(row: Model, register: Scoped, user: Any, verb: Verb, *, on: date) -> Grant | None:
    """The first grant by which somebody may do this to this very row; ``None`` if there is none."""
    return next(
        (
            grant
            for grant in granting(user, register, verb, on=on)
            if lies_within(type(row), row.pk, register, (grant,))
        ),
        None,
    )


def areas_for(user: Any, register: Scoped, verb: Verb, *, on: date) -> list[str]:
    """The area codes over which somebody may do this, widest only; empty if only by a school or not at all."""
    codes = sorted(
        {
            grant.area
            for grant in grants_of(user, on=on)
            if role_may(grant.role, register, verb)
            and grant.school is None
            and grant.school_class is None
            and grant.kindergarten is None
            and RULES[Role(grant.role)].level == "area"
        }
    )
    return [code for code in codes if not any(code != other and code.startswith(other) for other in codes)]


def roles_of(user: Any, *, on: date) -> list[Role]:
    """The roles somebody holds on a day, each once, in the order they were granted."""
    return list(dict.fromkeys(Role(grant.role) for grant in grants_of(user, on=on)))
