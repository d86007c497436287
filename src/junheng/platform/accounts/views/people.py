"""Accounts as an administrator sees them: the list, one account, and the deeds on it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.kernel.errors import Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.refusals import sentence_of
from junheng.platform.accounts import people as deeds
from junheng.platform.accounts.factors import real_factors
from junheng.platform.accounts.forms import AccountForm
from junheng.platform.accounts.granting import ask_for_reset
from junheng.platform.accounts.invitations import invite, pending_for
from junheng.platform.accounts.models import Proposal, Verdict
from junheng.platform.accounts.reading import idle_accounts, lines_of, sight_of
from junheng.platform.accounts.rights import account_of, accounts_of, other_account, require_administrator
from junheng.platform.accounts.sensitive import sensitive
from junheng.platform.registers.asker import asker_of

PAGE = 50


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The accounts in one's care: found by name, with their roles today."""
    asker = asker_of(request)
    require_administrator(asker.user, on=asker.today)
    state, text = request.GET.get("state", ""), request.GET.get("q", "").strip()[:60]
    rows = accounts_of(asker.user, on=asker.today)
    if state == "idle":
        rows = idle_accounts(asker.user, at=asker.at, on=asker.today)
    elif state in {"open", "closed"}:
        rows = rows.filter(is_active=state == "open")
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(display_name__icontains=text))
    page = Paginator(rows.order_by("display_name", "pk"), PAGE).get_page(request.GET.get("page"))
    grants: dict[int, list[Any]] = {}
    held = Grant.objects.filter(user__in=[one.pk for one in page]).order_by("id")
    for line in lines_of(list(held), on=asker.today):
        if line.state == "holds":
            grants.setdefault(line.grant.user_id, []).append(line)
    context = {
        "lines": [(one, grants.get(one.pk, [])) for one in page],
        "page": page,
        "state": state,
        "text": text,
        "idle": state == "idle",
    }
    return render(request, "accounts/people.html", context)


@sensitive
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret")
def new(request: HttpRequest) -> HttpResponse:
    """A new account; the answer shows the invitation, this once."""
    asker = asker_of(request)
    require_administrator(asker.user, on=asker.today)
    form = AccountForm(request.POST or None, admin=asker.user, on=asker.today)
    if request.method == "POST" and form.is_valid():
        try:
            user = deeds.make_account(**form.cleaned_data, by=asker.user, at=asker.at)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            secret = invite(user, by=asker.user, at=asker.at)
            messages.success(request, _("已新建账号「%(name)s」。") % {"name": user.username})
            return show(request, user, secret=secret)
    return render(
        request, "accounts/new.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


@login_required
@never_cache
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account."""
    asker = asker_of(request)
    return show(request, account_of(asker.user, pk, on=asker.today))


def show(request: HttpRequest, user: User, *, secret: str = "") -> HttpResponse:
    """The page of one account; with a secret, the link that was just made."""
    asker = asker_of(request)
    grants = Grant.objects.filter(user=user).order_by("-since", "-id")
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[secret])) if secret else ""
    context = {
        "person": user,
        "own": user.pk == asker.user.pk,
        "link": link,
        "invitation": pending_for(user, at=asker.at),
        "grants": lines_of(list(grants), on=asker.today),
        "sight": sight_of(user, on=asker.today),
        "factors": real_factors(user),
        "waiting": Proposal.objects.filter(user=user, verdict=Verdict.OPEN).order_by("id"),
    }
    return render(request, "accounts/person.html", context)


@sensitive
@login_required
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    asker = asker_of(request)
    user = other_account(asker.user, pk, on=asker.today)
    deed = deeds.close if user.is_active else deeds.reopen
    deed(user, by=asker.user, at=asker.at, why=request.POST.get("why", ""))
    said = (
        _("已启用账号「%(name)s」。") if user.is_active else _("已停用账号「%(name)s」，其登录已全部退出。")
    )
    messages.success(request, said % {"name": user.username})
    return redirect("accounts:person", pk)


@sensitive
@login_required
@require_POST
def close_idle(request: HttpRequest) -> HttpResponse:
    """Close the chosen accounts that nobody uses; others are left alone whatever was sent."""
    asker = asker_of(request)
    require_administrator(asker.user, on=asker.today)
    chosen = {int(text) for text in request.POST.getlist("account") if text.isascii() and text.isdigit()}
    idle = [one for one in idle_accounts(asker.user, at=asker.at, on=asker.today) if one.pk in chosen]
    count = deeds.close_all(idle, by=asker.user, at=asker.at, why=_("长期未使用"))
    messages.success(request, _("已停用 %(count)s 个长期未使用的账号。") % {"count": count})
    return redirect(f"{reverse('accounts:people')}?state=idle")


@sensitive
@login_required
@never_cache
@require_POST
@sensitive_variables("secret")
def send_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Another link for setting a password, shown once."""
    asker = asker_of(request)
    user = other_account(asker.user, pk, on=asker.today)
    if not user.is_active:
        raise Refusal("account-closed", "账号已停用。请先启用账号，再发送设置密码的链接。")
    return show(request, user, secret=invite(user, by=asker.user, at=asker.at))


@sensitive
@login_required
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away lost factors, or have it approved."""
    asker = asker_of(request)
    user = other_account(asker.user, pk, on=asker.today)
    waits = ask_for_reset(user, by=asker.user, at=asker.at, why=request.POST.get("why", ""))
    messages.success(
        request, _("已提交重置申请，等待另一位账号管理员审批。") if waits else _("已重置第二因素。")
    )
    return redirect("accounts:person", pk)
