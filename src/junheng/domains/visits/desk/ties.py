"""Ties: declared by oneself or by the own bureau, and hidden ones that came out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from junheng.domains.visits import actions
from junheng.domains.visits.forms import TieForm
from junheng.domains.visits.models import Inspector, Recusal, SiteVisit
from junheng.domains.visits.policies.scope import absent, may_plan
from junheng.domains.visits.terms import TieReason
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker, asker_of


def found(code: str, asker: Asker) -> Inspector:
    """Oneself, or an inspector for whose area one plans; any other looks absent."""
    row = Inspector.objects.filter(code=code).select_related("area").first()
    if row is None or not (
        row.login == asker.user.get_username() or may_plan(row.area_id, by=asker.user, at=asker.at)
    ):
        raise absent()
    return row


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The ties of one inspector, and the form for another one."""
    asker = asker_of(request)
    row = found(code, asker)
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = written(row, form.cleaned_data, asker, hidden="hidden" in request.POST)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, said)
            return redirect("visits:ties", code)
    context = {
        "inspector": row,
        "form": form,
        "ties": Recusal.objects.filter(inspector=row).select_related("school", "institution", "county"),
        "doubtful": SiteVisit.objects.filter(errand__members__inspector=row)
        .exclude(doubt="")
        .order_by("-pk"),
        "oversees": may_plan(row.area_id, by=asker.user, at=asker.at),
    }
    return render(request, "visits/ties.html", context, status=422 if form.is_bound else 200)


def written(row: Inspector, asked: dict[str, Any], asker: Asker, *, hidden: bool) -> str:
    """Write it down, and say what followed."""
    place = {name: asked[name] for name in ("school", "institution", "county")}
    reason, words = TieReason(asked["reason"]), asked["words"]
    if not hidden:
        actions.declare_tie(
            row, reason=reason, words=words, by=asker.user, at=asker.at, why=_("申报回避"), **place
        )
        return _("回避关系已登记，从现在起不再派往该单位。")
    visits = actions.report_hidden(
        row, reason=reason, words=words, by=asker.user, at=asker.at, why=_("发现隐瞒回避关系"), **place
    )
    return _("已登记隐瞒的回避关系，%(count)s 次检查标为存疑，须重查。") % {"count": len(visits)}
