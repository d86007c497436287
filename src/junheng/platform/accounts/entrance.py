"""Letting somebody in: after the password or the sign-in service, and after the second factor where there is one."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.entering import Way
from junheng.platform.access.models import User
from junheng.platform.accounts.factors import real_factors
from junheng.platform.accounts.models import Visit
from junheng.platform.accounts.moments import (
    CONFIRMED,
    MUST_CHANGE,
    PENDING,
    PENDING_MINUTES,
    SEEN,
    SIGNED,
    put,
)
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb

PASSWORD, SERVICE = "password", "service"
KEPT_VISITS = 200
"""Visits that are remembered of one person beside the chain, which has them all."""


def open_door(
    request: HttpRequest, user: Any, backend: str, then: str, *, how: str = PASSWORD
) -> HttpResponse:
    """Let somebody in who proved who he is, or ask for the second factor first."""
    at = timezone.now()
    if not real_factors(user):
        let_in(request, user, backend=backend, how=how, factor="", at=at)
        return HttpResponseRedirect(then)
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk, "backend": backend, "how": how, "then": then, "at": int(at.timestamp()),
    }  # fmt: skip
    return HttpResponseRedirect(reverse("accounts:second"))


def awaited(request: HttpRequest, *, at: datetime) -> tuple[User, dict[str, Any]]:
    """Who stands at the door with a right password; refused if nobody does, or for too long."""
    kept = request.session.get(PENDING)
    user = User.objects.filter(pk=kept["user"], is_active=True).first() if kept else None
    if not kept or user is None or int(at.timestamp()) - kept["at"] > PENDING_MINUTES * 60:
        request.session.pop(PENDING, None)
        raise Refusal("sign-in-stale", "登录已超时或尚未开始。请回到登录页，重新输入用户名和密码。")
    return user, kept


@transaction.atomic
def let_in(request: HttpRequest, user: Any, *, backend: str, how: str, factor: str, at: datetime) -> None:
    """Begin a session: a new key, its moments, the visit and the entry in the chain."""
    request.session.pop(PENDING, None)
    login(request, user, backend=backend)
    put(request, SIGNED, at)
    put(request, SEEN, at)
    if factor:
        put(request, CONFIRMED, at)
    if how == PASSWORD and is_old(user, at=at):
        request.session[MUST_CHANGE] = True
    if request.session.session_key is None:
        request.session.save()
    Visit.objects.create(
        user=user,
        at=at,
        how=how,
        factor=factor,
        address=address_of(request)[:45],
        browser=request.headers.get("User-Agent", "")[:120],
        session=request.session.session_key or "",
    )
    old = Visit.objects.filter(user=user).order_by("-at", "-id").values("pk")[KEPT_VISITS:]
    Visit.objects.filter(pk__in=[one["pk"] for one in old]).delete()
    record(user, Verb.DEED.value, by=user, at=at, why=_("登录"), after={"how": how, "factor": factor})


def first_time(_request: HttpRequest) -> Iterator[Way]:
    """The way in for whoever holds a letter with a one-time password."""
    yield Way(_("首次登录：我有一次性口令"), reverse("accounts:first"), sends=False)


def is_old(user: Any, *, at: datetime) -> bool:
    """Whether a password has been there for longer than the bureau wants, if it wants that at all."""
    begun = user.password_set_at or user.date_joined
    return bool(days := settings.JUNHENG_PASSWORD_DAYS) and at - begun > timedelta(days=days)


def safe_next(request: HttpRequest, address: str, otherwise: str = "/") -> str:
    """An address of this house to go on to."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else otherwise
