"""What waits for an inspector: the visits he or she goes on, and the ties that were declared."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.visits.models import Errand, Inspector, Recusal
from junheng.domains.visits.policies.scope import own_row
from junheng.domains.visits.queries.hours import day_of
from junheng.domains.visits.terms import ErrandState
from junheng.platform.registers.asker import Asker, asker_of, forbidden

SHOWN = 60


def inspector_of(asker: Asker) -> Inspector:
    """Whoever is in the library; for others the pages of inspectors are forbidden."""
    found = own_row(asker)
    if found is None:
        raise forbidden()
    return found


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Own visits, those to come first, and own ties."""
    asker = asker_of(request)
    mine = inspector_of(asker)
    rows = (
        Errand.objects.filter(members__inspector=mine)
        .exclude(state=ErrandState.WITHDRAWN)
        .select_related("school", "institution", "area", "visit")
    )
    open_ones = [ErrandState.PLANNED, ErrandState.ARRIVED]
    context = {
        "inspector": mine,
        "lines": [
            (one, day_of(one.day)) for one in rows.filter(state__in=open_ones).order_by("day", "pk")[:SHOWN]
        ],
        "done": rows.filter(state=ErrandState.CLOSED).order_by("-pk")[:SHOWN],
        "ties": Recusal.objects.filter(inspector=mine).select_related("school", "institution", "county"),
        "today": asker.today,
    }
    return render(request, "visits/mine.html", context)
