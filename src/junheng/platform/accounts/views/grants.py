"""Giving a role, ending it, and approving what another administrator proposed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.models import Grant
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.roles import Role
from junheng.platform.accounts.forms import GrantForm
from junheng.platform.accounts.granting import ask_for_grant, decide, end_grant, proposals_for
from junheng.platform.accounts.places import names_of
from junheng.platform.accounts.rights import areas_administered, holds, other_account, require_administrator
from junheng.platform.accounts.sensitive import sensitive
from junheng.platform.registers.asker import asker_of

MOST = 500
"""Proposals that are decided at one go."""


@sensitive
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """A role for somebody."""
    asker = asker_of(request)
    user = other_account(asker.user, pk, on=asker.today)
    form = GrantForm(request.POST or None, admin=asker.user, on=asker.today)
    if request.method == "POST" and form.is_valid() and (wanted := form.wanted()) is not None:
        try:
            made = ask_for_grant(user, wanted, by=asker.user, at=asker.at, why=form.cleaned_data["why"])
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            done = isinstance(made, Grant)
            messages.success(
                request,
                _("已授予角色。")
                if done
                else _("该角色可查看敏感信息或管理账号，已提交另一位账号管理员审批。"),
            )
            return redirect("accounts:person", pk)
    context = {"form": form, "person": user}
    return render(request, "accounts/grant.html", context, status=422 if request.method == "POST" else 200)


@sensitive
@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a grant today."""
    asker = asker_of(request)
    require_administrator(asker.user, on=asker.today)
    grant = Grant.objects.filter(pk=pk).first()
    if grant is None or not holds(areas_administered(asker.user, on=asker.today), grant.area):
        raise NotFound("no-such-grant", "没有找到这项授权，或者它不在您管理的范围内。请返回账号列表。")
    other_account(asker.user, grant.user_id, on=asker.today)
    end_grant(grant, by=asker.user, at=asker.at, why=request.POST.get("why", ""))
    messages.success(request, _("已终止授权，即刻生效。"))
    return redirect("accounts:person", grant.user_id)


@login_required
@never_cache
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for a second administrator."""
    asker = asker_of(request)
    require_administrator(asker.user, on=asker.today)
    waiting = list(
        proposals_for(asker.user, on=asker.today).select_related("user", "proposer").order_by("made_at", "pk")
    )
    places = {
        slug: names_of(slug, (getattr(one, column) for one in waiting))
        for slug, column in (
            ("areas", "area"),
            ("schools", "school"),
            ("classes", "school_class"),
            ("kindergartens", "kindergarten"),
        )
    }
    lines = [
        (
            one,
            Role(one.role).label if one.role else "",
            places["kindergartens"].get(one.kindergarten)
            or places["classes"].get(one.school_class)
            or places["schools"].get(one.school)
            or places["areas"].get(one.area, one.area),
            one.proposer_id == asker.user.pk,
        )
        for one in waiting
    ]
    context = {
        "lines": lines,
        "others": sum(not mine for _one, _role, _place, mine in lines),
        "ticked": request.GET.get("all") == "1",
    }
    return render(request, "accounts/proposals.html", context)


@sensitive
@login_required
@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or refuse."""
    asker = asker_of(request)
    approve = request.POST.get("verdict") == "approve"
    decide(pk, approve=approve, by=asker.user, at=asker.at)
    messages.success(request, _("已同意并办理。") if approve else _("已退回，没有办理。"))
    return redirect("accounts:proposals")


@sensitive
@login_required
@require_POST
def judge_chosen(request: HttpRequest) -> HttpResponse:
    """Approve several proposals of other administrators: all that were chosen, or none."""
    asker = asker_of(request)
    chosen = [int(text) for text in request.POST.getlist("proposal") if text.isascii() and text.isdigit()]
    if not chosen:
        raise Refusal("nothing-chosen", "没有勾选任何事项。请先勾选，再办理。")
    with transaction.atomic():
        for pk in chosen[:MOST]:
            decide(pk, approve=True, by=asker.user, at=asker.at)
    messages.success(request, _("已同意并办理 %(count)s 项。") % {"count": len(chosen[:MOST])})
    return redirect("accounts:proposals")
