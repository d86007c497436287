"""The people everyone knows: one for each role, a stranger, and how they come to their rights."""

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.scope import role_may
from junheng.platform.registers.asker import Asker
from tests.makers.rows import CITY, HERE

NOW = datetime(2024, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""The moment at which everybody asks."""
_numbers = count(1)


def stranger() -> User:
    """Somebody with a login and no right."""
    return User.objects.create(username=f"lu-ren-{next(_numbers)}", display_name="路人")


def somebody(
    role: str, *, area: str = HERE, school: Any = None, school_class: Any = None, **given: Any
) -> User:
    """A person with one role over an area, a school or a class."""
    user = User.objects.create(username=f"{role}-{next(_numbers)}", display_name=Role(role).label)
    grant(user, role, area=area, school=school, school_class=school_class, **given)
    return user


def grant(
    user: User, role: str, *, area: str = HERE, school: Any = None, school_class: Any = None, **given: Any
) -> Grant:
    """One more role for a person."""
    return Grant.objects.create(
        user=user,
        role=role,
        area=area,
        school=getattr(school, "pk", school),
        school_class=getattr(school_class, "pk", school_class),
        **{"since": date(2020, 9, 1)} | given,
    )


def asker(user: User, *, at: datetime = NOW) -> Asker:
    """A person at a moment."""
    return Asker(user, at)


def role_for(register: Any, verb: Any) -> Role | None:
    """A role over an area that may do this to a register; ``None`` if only actions do."""
    return next(
        (role for role, rule in RULES.items() if rule.level == "area" and role_may(role, register, verb)),
        None,
    )


def who_may(register: Any, verb: Any, *, area: str = HERE) -> User | None:
    """A person over an area who may do this to a register."""
    role = role_for(register, verb)
    return somebody(role, area=area) if role else None


__all__ = ["CITY", "NOW", "asker", "grant", "role_for", "somebody", "stranger", "who_may"]
