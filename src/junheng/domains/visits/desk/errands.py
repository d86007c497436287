"""Planned visits for those who plan them: a new one, its page with who could see it, and withdrawing it."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.domains.visits import actions
from junheng.domains.visits.desk.plans import own_area, seen_by
from junheng.domains.visits.desk.seeing import became_visible, trail, watchers
from junheng.domains.visits.forms import ErrandForm
from junheng.domains.visits.models import Inspector, TeamMember
from junheng.domains.visits.policies.scope import errand_of, may_plan
from junheng.domains.visits.queries.hours import day_of, days_from
from junheng.domains.visits.terms import ErrandKind, ErrandState
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.scope import within_area
from junheng.platform.registers.asker import forbidden
from junheng.platform.registers.onlookers import may_oversee
from junheng.platform.spans import holds

AHEAD = 21
"""Days of the calendar beside the form."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new visit that nobody is told of."""
    asker = seen_by(request)
    area = own_area(asker)
    if area is None:
        raise forbidden()
    form = ErrandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            errand = actions.plan_errand(
                kind=ErrandKind(asked["kind"]), day=asked["day"], until=asked["until"], by_area=area, purpose=asked["purpose"],
                inspectors=asked["team"], school=asked["school"], institution=asked.get("institution"), place=asked["place"],
                address=asked["address"], area=asked["where"], evening=asked["evening"], by=asker.user, at=asker.at,
                why=_("安排检查"),
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("检查已安排。检查组到达之前，被检查单位和它所在县都看不到。"))
            return redirect("visits:errand", errand.pk)
    people = Inspector.objects.filter(holds(asker.today), within_area("area", area.pk)).select_related("area")
    context = {
        "form": form,
        "days": days_from(asker.today, AHEAD),
        "people": people.order_by("area", "code"),
    }
    return render(request, "visits/new_errand.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One planned visit: what, when, by whom; who could see it on each day before it began, and the entries that prove it."""
    asker = seen_by(request)
    errand = errand_of(pk, asker=asker)
    entries = trail(errand)
    seen = became_visible(errand, entries)
    last = timezone.localdate(seen[0]) if seen else asker.today
    proves = may_plan(errand.by_area_id, by=asker.user, at=asker.at) or may_oversee(asker)
    context = {
        "errand": errand,
        "visit": errand.visit,
        "members": TeamMember.objects.filter(errand=errand)
        .select_related("inspector__area")
        .order_by("rank"),
        "day": day_of(errand.day),
        "entries": entries if proves else [],
        "visible": seen,
        "watchers": watchers(errand, on=min(last, asker.today), today=asker.today + timedelta(days=1))
        if proves
        else [],
        "writes": may_plan(errand.by_area_id, by=asker.user, at=asker.at),
        "open": errand.state == ErrandState.PLANNED,
    }
    return render(request, "visits/errand.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a planned visit up."""
    asker = seen_by(request)
    errand = errand_of(pk, asker=asker)
    actions.withdraw(errand, by=asker.user, at=asker.at, why=request.POST.get("why", "").strip()[:200])
    messages.success(request, _("检查已撤销，仍不对外显示。"))
    return redirect("visits:errand", pk)
