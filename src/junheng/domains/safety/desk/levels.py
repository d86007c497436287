"""Levels of standardisation by county: how many schools have which, who waits for an answer, what is suspended or ends soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.content.rulebook import SAFETY
from junheng.domains.safety.models import Acceptance
from junheng.domains.safety.queries import counties_of
from junheng.domains.safety.queries.levels import LEAST, Share, levels_certain, shares
from junheng.domains.safety.terms import AcceptanceState, SafetyLevel
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.platform.access.scope import within_area
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import asker_of, viewer_of

SHOWN = 50
"""Schools that one list names; the register has all."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An acceptance that somebody has to answer, by when, and how many days late that is."""

    row: Acceptance
    due_on: date
    late: int


def sees_levels(request: HttpRequest) -> bool:
    """Whether the menu offers the page."""
    return bool(asker_of(request).granting(register_called("acceptances"), "view"))


@login_required
@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """Every number is counted from acceptances; a school without one is counted as one without a level."""
    own = register_called("acceptances")
    asker = viewer_of(request, own)
    day = settings.JUNHENG_AS_OF or asker.today
    schools = asker.within(School.objects.all(), register_called("schools"), "view")
    rows = asker.within(Acceptance.objects.all(), own, "view")
    counted = shares(schools, rows, on=day)
    names = counties_of(one.area for one in counted)
    county = request.GET.get("county", "")[:9]
    if county and county not in names:
        raise Refusal("unknown-unit", "没有代码为“{unit}”的县（市、区）。请重新选择。", unit=county)
    if county:
        rows = rows.filter(within_area("area", county))
    soon = day + timedelta(days=SAFETY.level_ends_soon.on(day).value)
    rows = rows.select_related("school", "area", "round")
    context = {
        "day": day,
        "lines": [(one, names[one.area]) for one in counted if county in {"", one.area}],
        "total": added_up([one for one in counted if county in {"", one.area}]),
        "counties": names,
        "county": county,
        "waiting": waiting_in(rows, day=day),
        "suspended": list(rows.filter(state=AcceptanceState.SUSPENDED).order_by("ended_on", "pk")[:SHOWN]),
        "ending": list(
            rows.filter(state=AcceptanceState.GRANTED, until__lte=soon).order_by("until", "pk")[:SHOWN]
        ),
        "least": [(level.label, LEAST[level].on(day).value) for level in SafetyLevel],
        "years": SAFETY.level_years.on(day).value,
        "certain": levels_certain(day),
    }
    return render(request, "safety/levels.html", context)


def added_up(lines: list[Share]) -> Share:
    """The sums of all counties."""
    names = ("schools", "first", "second", "third", "suspended", "running")
    return Share("", **{name: sum(getattr(one, name) for one in lines) for name in names})


def waiting_in(rows: "QuerySet[Acceptance]", *, day: date) -> list[Waiting]:
    """Who waits for the county or the city, the longest first."""
    found = [
        Waiting(one, due, max(0, (day - due).days))
        for one in rows.filter(state__in=(AcceptanceState.ASKED, AcceptanceState.CHECKED))
        for due in [answer_due(one)]
    ]
    return sorted(found, key=lambda one: (one.due_on, one.row.pk))[:SHOWN]


def answer_due(one: Acceptance) -> date:
    """The day by which whoever has the turn answers."""
    since = one.county_on if one.state == AcceptanceState.CHECKED and one.county_on else one.asked_on
    return since + timedelta(days=SAFETY.level_answer.on(since).value)
