"""The second step of a sign-in, and the question before a sensitive deed."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import forget_wrong, note_wrong, wrong_so_far
from junheng.platform.accounts import factors, passkeys
from junheng.platform.accounts.entrance import awaited, let_in, safe_next
from junheng.platform.accounts.models import Kind, Visit
from junheng.platform.accounts.moments import CONFIRMED, SIGNED, put

STATE = "passkey_state"


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code", "answer")
def second(request: HttpRequest) -> HttpResponse:
    """After the right password: the second factor, then in."""
    at = timezone.now()
    user, kept = awaited(request, at=at)
    factor, refusal = answered(request, user)
    if not factor:
        return ask(request, user, refusal, template="accounts/second.html")
    let_in(request, user, backend=kept["backend"], how=kept["how"], factor=factor, at=at)
    if factor == Kind.CODES:
        messages.warning(
            request, _("您使用了一个恢复码。请尽快在「我的账号」重新启用第二因素，并生成新的恢复码。")
        )
    return HttpResponseRedirect(kept["then"])


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("code", "answer", "password")
def confirm(request: HttpRequest) -> HttpResponse:
    """Before a sensitive deed: the second factor, or the password where there is none yet."""
    at = timezone.now()
    then = safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if not factors.real_factors(request.user):
        return confirm_by_password(request, then)
    factor, refusal = answered(request, request.user)
    if not factor:
        return ask(request, request.user, refusal, template="accounts/confirm.html", then=then)
    new_key(request)
    put(request, CONFIRMED, at)
    messages.success(request, _("已验证。请重新提交刚才的操作。"))
    return HttpResponseRedirect(then)


def confirm_by_password(request: HttpRequest, then: str) -> HttpResponse:
    """The password once more: only whoever knows it takes on a factor, not whoever finds the screen open."""
    at = timezone.now()
    user: Any = request.user
    refusal: Refusal | None = None
    if request.method == "POST":
        key = f"password {user.pk}"
        if wrong_so_far(key, at=at) >= factors.MOST_WRONG:
            raise factors.locked()
        if user.check_password(request.POST.get("password", "")):
            forget_wrong(key)
            put(request, SIGNED, at)
            return HttpResponseRedirect(then)
        note_wrong(key, at=at)
        refusal = Refusal("password-wrong", "密码不正确。请重新输入当前密码。")
    context = {
        "then": then,
        "by_password": user.has_usable_password(),
        "error": refusal and sentence_of(refusal),
    }
    return render(request, "accounts/confirm.html", context, status=422 if refusal else 200)


def answered(request: HttpRequest, user: Any) -> tuple[str, Refusal | None]:
    """Which kind of factor a form brought, or why it did not fit; neither where nothing was brought."""
    if request.method != "POST":
        return "", None
    at = timezone.now()
    check: Callable[[], str]
    if answer := request.POST.get("answer"):
        state = request.session.pop(STATE, None) or {}
        check = lambda: factors.check_passkey(request, user, state, read_answer(answer), at=at)  # noqa: E731
    else:
        check = lambda: factors.check_code(user, request.POST.get("code", ""), at=at)  # noqa: E731
    try:
        return check(), None
    except Refusal as refusal:
        return "", refusal


def read_answer(text: str) -> Any:
    """A browser's answer as it was sent; what is no JSON fits no passkey."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def ask(
    request: HttpRequest, user: Any, refusal: Refusal | None, *, template: str, then: str = ""
) -> HttpResponse:
    """The page that asks: a code, a passkey, whatever this person has."""
    kept = factors.real_factors(user)
    keys = [one.data for one in kept if one.kind == Kind.PASSKEY]
    options = None
    if keys:
        options, request.session[STATE] = passkeys.ask(request, keys)
    context = {
        "then": then,
        "options": json.dumps(options, default=dict) if options else "",
        "by_app": any(one.kind == Kind.TOTP for one in kept),
        "error": refusal and sentence_of(refusal),
        "who": user,
    }
    return render(request, template, context, status=refusal.status if refusal else 200)


def new_key(request: HttpRequest) -> None:
    """A session that may do more gets a new key, and is still the same visit."""
    before = request.session.session_key
    request.session.cycle_key()
    Visit.objects.filter(session=before).update(session=request.session.session_key)
