"""All incidents with what became of their measures; and on the page of one its review, its measures and who was told."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.content.rulebook import SAFETY
from junheng.domains.findings.models import Finding
from junheng.domains.findings.queries import is_overdue
from junheng.domains.findings.terms import FindingState
from junheng.domains.incidents.models import Incident
from junheng.domains.incidents.queries import SOURCE, measures_of
from junheng.domains.incidents.terms import IncidentState
from junheng.domains.letters.models import Letter
from junheng.domains.letters.queries import copies_of
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import asker_of, viewer_of
from junheng.platform.registers.panels import Panel, panel

SHOWN = 60


def sees_incidents(request: HttpRequest) -> bool:
    """Whether the menu offers the page."""
    return asker_of(request).may("view", register_called("incidents"))


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The incidents in one's own places: those not reviewed first, then those with measures that wait."""
    own = register_called("incidents")
    asker = viewer_of(request, own)
    day = asker.day
    order = Case(
        When(state=IncidentState.REPORTED, then=Value(0)),
        When(state=IncidentState.REVIEWED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = asker.within(Incident.objects.all(), own, "view")
    found = list(
        rows.select_related("school", "kindergarten", "water", "area").order_by(order, "-on", "-pk")[:SHOWN]
    )
    counted = measures_counted([one.pk for one in found], day=day)
    states = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "day": day,
        "lines": [(one, counted.get(one.pk, {}), is_late(one, day)) for one in found],
        "tally": [(label, states.get(value, 0)) for value, label in IncidentState.choices],
        "more": sum(states.values()) > len(found),
        "within": SAFETY.review_within.on(day),
    }
    return render(request, "incidents/overview.html", context)


def is_late(incident: Incident, day: date) -> bool:
    """Whether nobody reviewed it in time."""
    return incident.state == IncidentState.REPORTED and incident.review_by < day


def measures_counted(numbers: list[int], *, day: date) -> dict[int, dict[str, int]]:
    """The measures of each incident: all, closed, overdue. One question."""
    rows = Finding.objects.filter(source=SOURCE, source_row__in=numbers).order_by().values("source_row")
    counted: QuerySet[Any, Any] = rows.annotate(
        measures=Count("pk"),
        closed=Count("pk", filter=Q(state=FindingState.CLOSED)),
        overdue=Count("pk", filter=is_overdue(day)),
    )
    return {one.pop("source_row"): one for one in counted}


@panel("detail", order=5)
def how_far(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of an incident: how far it is, its measures with owners and days, and who was told what is learned."""
    if register.model is not Incident:
        return None
    asker = asker_of(request)
    seen = asker.may("view", register_called("findings"))
    letters = list(Letter.objects.filter(source=SOURCE, source_row=row.pk).order_by("-pk")[:SHOWN])
    copies = copies_of([one.pk for one in letters], on=asker.day)
    context = {
        "incident": row,
        "stages": [(label, value == row.state) for value, label in IncidentState.choices],
        "late": is_late(row, asker.day),
        "measures": [
            (one, one.state == FindingState.OPEN and one.due_on < asker.day) for one in measures_of(row)
        ],
        "seen": seen,
        "letters": [(one, copies.get(one.pk)) for one in letters],
        "writes": asker.may("view", register_called("letters")),
        "certain": not SAFETY.review_within.on(row.on).certainty.to_be_confirmed,
    }
    return Panel("incidents/_incident.html", context)
