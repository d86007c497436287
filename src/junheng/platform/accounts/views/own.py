"""One's own account: name, password, second factors, sessions, recent sign-ins."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.kernel.errors import NotFound
from junheng.platform.access.models import User
from junheng.platform.accounts.factors import real_factors
from junheng.platform.accounts.models import Factor, Kind, Visit
from junheng.platform.accounts.moments import MUST_CHANGE
from junheng.platform.accounts.people import end_sessions, rename, set_password
from junheng.platform.accounts.policy import is_required, needs_factor
from junheng.platform.accounts.reading import sight_of
from junheng.platform.registers.asker import asker_of

SHOWN = 10
"""Recent sign-ins on the page."""


def me(request: HttpRequest) -> User:
    """Whoever is logged in, as a row that may be changed."""
    user: Any = request.user
    return User.objects.get(pk=user.pk)


@login_required
@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The page of one's own account."""
    asker = asker_of(request)
    user = asker.user
    kept = Factor.objects.filter(user=user, kind=Kind.CODES).first()
    visits = Visit.objects.filter(user=user).order_by("-at", "-id")
    alive = set(
        Session.objects.filter(
            session_key__in=visits.exclude(session="").values("session"), expire_date__gt=asker.at
        ).values_list("session_key", flat=True)
    )
    context = {
        "factors": real_factors(user),
        "codes_left": len(kept.data["digests"]) if kept else 0,
        "needed": needs_factor(user, on=asker.today),
        "required": is_required(),
        "sessions": [
            (one, one.session == request.session.session_key) for one in visits if one.session in alive
        ],
        "visits": visits[:SHOWN],
        "sight": sight_of(user, on=asker.today),
        "by_password": user.has_usable_password(),
    }
    return render(request, "accounts/own.html", context)


@login_required
@require_POST
def call_me(request: HttpRequest) -> HttpResponse:
    """Another display name."""
    rename(me(request), name=request.POST.get("name", ""), by=request.user, at=timezone.now())
    messages.success(request, _("已保存姓名。"))
    return redirect("accounts:own")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Another password, by whoever knows the present one; all other sessions end."""
    user = me(request)
    form = PasswordChangeForm(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/password.html", {"form": form}, status=422 if request.POST else 200)
    set_password(
        user, form.cleaned_data["new_password1"], by=request.user, at=timezone.now(),
        keep=request.session.session_key or "",
    )  # fmt: skip
    request.session.pop(MUST_CHANGE, None)
    update_session_auth_hash(request, user)
    Visit.objects.filter(user=user).exclude(session="").update(session=request.session.session_key)
    messages.success(request, _("已更换密码，其他地方的登录已全部退出。"))
    return redirect("accounts:own")


@login_required
@require_POST
def leave_others(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    count = end_sessions(me(request), keep=request.session.session_key or "")
    messages.success(request, _("已退出其他 %(count)s 处登录。") % {"count": count})
    return redirect("accounts:own")


@login_required
@require_POST
def leave_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session of one's own."""
    visit = Visit.objects.filter(user=me(request), pk=pk).exclude(session="").first()
    if visit is None:
        raise NotFound("no-such-visit", "没有找到这次登录，可能已经退出。请刷新账号页面。")
    Session.objects.filter(session_key=visit.session).delete()
    Visit.objects.filter(pk=visit.pk).update(session="")
    messages.success(request, _("已退出所选的登录。"))
    return redirect("accounts:own")
