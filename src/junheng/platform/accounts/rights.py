"""Whose accounts somebody looks after, and which roles he may give: within his area, never to himself."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import CITY_ROLES, Role
from junheng.platform.access.scope import grants_of, within_area

GIVEN_BY_CITY = CITY_ROLES | {Role.ACCOUNT_ADMIN, Role.AUDITOR}
"""Only an administrator of the whole city gives these: nobody appoints his own equal or his own auditor."""


def areas_administered(user: Any, *, on: date) -> list[str]:
    """The areas whose accounts somebody looks after."""
    return sorted({one.area for one in grants_of(user, on=on) if one.role == Role.ACCOUNT_ADMIN and one.area})


def is_administrator(user: Any, *, on: date) -> bool:
    """Whether somebody looks after accounts at all."""
    return bool(areas_administered(user, on=on))


def looks_after_accounts(request: HttpRequest) -> bool:
    """Whether the menu offers the accounts to whoever asks."""
    return is_administrator(request.user, on=timezone.localdate())


def of_the_city(user: Any, *, on: date) -> bool:
    """Whether somebody looks after the accounts of the whole city."""
    return settings.JUNHENG_CITY in areas_administered(user, on=on)


def inside(path: str, areas: list[str]) -> Q:
    """Rows whose area lies in one of these."""
    either = Q(pk__in=[])
    for code in areas:
        either |= within_area(path, code)
    return either


def holds(areas: list[str], code: str) -> bool:
    """Whether an area lies in one of these."""
    return any(code.startswith(one) for one in areas)


def accounts_of(admin: Any, *, on: date) -> "QuerySet[User]":
    """The accounts somebody looks after. One with a right outside the area is somebody else's, wherever it belongs.

    Otherwise the administrator of a county could set the password of whoever has rights over the city.
    """
    areas = areas_administered(admin, on=on)
    if not areas:
        return User.objects.none()
    if settings.JUNHENG_CITY in areas:
        return User.objects.all()
    elsewhere = Grant.objects.filter(Q(until=None) | Q(until__gt=on)).exclude(inside("area", areas))
    above = Grant.objects.filter(Q(until=None) | Q(until__gt=on), role__in=GIVEN_BY_CITY)
    return (
        User.objects.filter(inside("area", areas))
        .exclude(pk__in=elsewhere.values("user"))
        .exclude(pk__in=above.exclude(user=admin).values("user"))
    )


def require_administrator(user: Any, *, on: date) -> None:
    """Refuse whoever looks after no accounts."""
    if not is_administrator(user, on=on):
        raise NotAllowed(
            "no-account-admin",
            "账号由账号管理员管理。您没有这项职责；如需开通账号或调整权限，请联系本单位账号管理员。",
        )


def account_of(admin: Any, pk: int, *, on: date) -> User:
    """One account somebody looks after; another's looks absent."""
    require_administrator(admin, on=on)
    found = accounts_of(admin, on=on).filter(pk=pk).first()
    if found is None:
        raise NotFound("no-such-account", "没有找到这个账号，或者它不在您管理的范围内。请返回账号列表。")
    return found


def other_account(admin: Any, pk: int, *, on: date) -> User:
    """An account somebody looks after and that is not his own: nobody does a deed on himself."""
    found = account_of(admin, pk, on=on)
    if found.pk == admin.pk:
        raise NotAllowed("not-on-yourself", "不能为自己办理授权、停用或重置。请由另一位账号管理员办理。")
    return found
