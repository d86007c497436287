"""Taking on a second factor, letting one go, and new recovery codes."""

import json
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.accounts import factors, passkeys, totp
from junheng.platform.accounts.models import Factor, Kind
from junheng.platform.accounts.moments import CONFIRMED, SIGNED, fresh, put
from junheng.platform.accounts.sealed import seal, unseal
from junheng.platform.accounts.views.entering import STATE, read_answer

SECRET = "new_app"  # noqa: S105 — the name under which a session keeps it, sealed


def proof_needed(request: HttpRequest) -> HttpResponse | None:
    """The way to the question who this is: a factor if there is one, else the password, each a short while ago."""
    wanted = CONFIRMED if factors.real_factors(request.user) else SIGNED
    if fresh(request, wanted, at=timezone.now()):
        return None
    return HttpResponseRedirect(f"{reverse('accounts:confirm')}?{urlencode({'next': request.path})}")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code")
@sensitive_variables("secret")
def app(request: HttpRequest) -> HttpResponse:
    """Take on an authenticator app: scan, type the code it shows."""
    if (first := proof_needed(request)) is not None:
        return first
    if SECRET not in request.session:
        request.session[SECRET] = seal(totp.new_secret())
    secret = unseal(request.session[SECRET])
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            factors.add_app(
                request.user, secret=secret, code=request.POST.get("code", ""),
                name=request.POST.get("name", ""), at=timezone.now(),
            )  # fmt: skip
        except Refusal as found:
            refusal = found
        else:
            request.session.pop(SECRET)
            return taken_on(request)
    told = totp.address(secret, account=request.user.get_username(), issuer=_("均衡"))
    context = {
        "picture": segno.make(told, error="m").svg_data_uri(scale=5, border=2, light="#fff"),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "error": refusal and sentence_of(refusal),
    }
    return render(request, "accounts/app.html", context, status=422 if refusal else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("answer")
def passkey(request: HttpRequest) -> HttpResponse:
    """Take on a passkey: the browser makes it, we keep its public half."""
    if (first := proof_needed(request)) is not None:
        return first
    refusal: Refusal | None = None
    if request.method == "POST":
        state = request.session.pop(STATE, None) or {}
        try:
            kept = passkeys.check_new(request, state, read_answer(request.POST.get("answer", "")))
            factors.add_passkey(request.user, kept=kept, name=request.POST.get("name", ""), at=timezone.now())
        except Refusal as found:
            refusal = found
        else:
            return taken_on(request)
    known = [one.data for one in factors.passkeys_of(request.user)]
    options, request.session[STATE] = passkeys.ask_for_new(request, request.user, known)
    context = {"options": json.dumps(options, default=dict), "error": refusal and sentence_of(refusal)}
    return render(request, "accounts/passkey.html", context, status=422 if refusal else 200)


def taken_on(request: HttpRequest) -> HttpResponse:
    """A factor was just proven: that counts as shown. With the first one come recovery codes."""
    put(request, CONFIRMED, timezone.now())
    messages.success(request, _("已启用第二因素，下次登录时会要求验证。"))
    user: Any = request.user
    if Factor.objects.filter(user=user, kind=Kind.CODES).exists():
        return redirect("accounts:own")
    return show_codes(request)


@login_required
@never_cache
@require_POST
def codes(request: HttpRequest) -> HttpResponse:
    """A new set of recovery codes."""
    if proof_needed(request) is not None:
        return to_own(request)
    if not factors.real_factors(request.user):
        raise Refusal("codes-without-factor", "恢复码用于丢失第二因素时登录。请先启用动态口令或通行密钥。")
    return show_codes(request)


@sensitive_variables("made")
def show_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, this once."""
    made: list[Any] = factors.renew_codes(request.user, at=timezone.now())
    return render(request, "accounts/codes.html", {"codes": made})


@login_required
@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of one's own factors, after showing one."""
    if proof_needed(request) is not None:
        return to_own(request)
    gone = factors.remove(request.user, pk, at=timezone.now())
    messages.success(request, _("已移除「%(name)s」。") % {"name": gone.name})
    return redirect("accounts:own")


def to_own(request: HttpRequest) -> HttpResponse:
    """To the question, and back to the account page: a POST cannot be gone back to."""
    return HttpResponseRedirect(
        f"{reverse('accounts:confirm')}?{urlencode({'next': reverse('accounts:own')})}"
    )
