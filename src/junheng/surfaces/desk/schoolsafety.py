"""One page of safety for a school or a kindergarten: open items by severity and age, last checks, blanks, the year's duties."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.findings import queries as hazards
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Severity
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.kindergartens.queries.support import category_on
from junheng.domains.posts import queries as posts
from junheng.domains.posts.models import DayConfirmation
from junheng.domains.posts.queries.matrix import places_for
from junheng.domains.posts.terms import DutyKind
from junheng.domains.safety.models import Inspection
from junheng.domains.safety.queries.levels import levels_of
from junheng.domains.safety.terms import InspectionLevel
from junheng.domains.schools.models import School
from junheng.kernel.values.school_term import school_year
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import Asker, asker_of, viewer_of
from junheng.platform.registers.panels import Panel, panel


@login_required
@require_safe
def school_safety(request: HttpRequest, pk: int) -> HttpResponse:
    """The safety of one school on the day of the house."""
    asker = viewer_of(request, register_called("findings"))
    school: School = asker.row(register_called("schools"), pk)
    day = settings.JUNHENG_AS_OF or asker.today
    context = {
        "unit": school,
        "slug": "schools",
        "path": "school",
        "day": day,
        "places": len(places_for(school, on=day)),
        "tally": posts.tally(posts.matrix(school, on=day)),
        "confirmed": DayConfirmation.objects.filter(school=school, on__lte=day).order_by("-on").first(),
        "checks": last_checks(school, day=day),
        "acceptances": levels_of(school, asker),
        **open_items(asker, day=day, school=school),
        **duties(posts.year_of_school(school, day=day), day=day),
    }
    return render(request, "desk/school_safety.html", context)


@login_required
@require_safe
def kindergarten_safety(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a kindergarten, by the set of duties of its category; recognised ones have that of public ones."""
    asker = viewer_of(request, register_called("findings"))
    kindergarten: Kindergarten = asker.row(register_called("kindergartens"), pk)
    day = settings.JUNHENG_AS_OF or asker.today
    context = {
        "unit": kindergarten,
        "slug": "kindergartens",
        "path": "kindergarten",
        "day": day,
        "category": category_on(kindergarten, on=day).label,
        **open_items(asker, day=day, kindergarten=kindergarten),
        **duties(posts.year_of_kindergarten(kindergarten, day=day), day=day),
    }
    return render(request, "desk/school_safety.html", context)


def open_items(asker: Asker, *, day: date, **place: Any) -> dict[str, Any]:
    """What is not closed, the worst first and then the oldest; and the counts of everything ever found there."""
    own = register_called("findings")
    rows = asker.within(hazards.unclosed(**place), own, "view")
    found = sorted(rows, key=lambda one: (hazards.WORST_FIRST[Severity(one.severity)], one.found_on, one.pk))
    counts = hazards.counts(asker.within(Finding.objects.filter(**place), own, "view"), on=day)
    return {"findings": [(one, (day - one.found_on).days) for one in found], "counts": counts}


def last_checks(school: School, *, day: date) -> list[tuple[str, date | None]]:
    """The day of the last inspection of each level."""
    rows = Inspection.objects.filter(school=school, done_on__lte=day).order_by()
    found = dict(rows.values_list("level").annotate(last=Max("done_on")))
    return [(str(label), found.get(level)) for level, label in InspectionLevel.choices]


def duties(items: Sequence[posts.Item], *, day: date) -> dict[str, Any]:
    """The year's list by kind, with the state of every period, and how many are missing."""
    told: dict[DutyKind, list[tuple[posts.Item, str]]] = defaultdict(list)
    for item in items:
        told[item.kind].append((item, item.state(day)))
    states = Counter(state for each in told.values() for _item, state in each)
    return {
        "duties": [(kind.label, each) for kind, each in told.items()],
        "year": school_year(day),
        "missing": states["missing"],
        "met": states["met"],
        "certain": all(item.certain for item in items),
    }


@panel("detail", order=15)
def leads_to_safety(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a school or a kindergarten: where its page of safety is."""
    view = {School: "desk:school-safety", Kindergarten: "desk:kindergarten-safety"}.get(register.model)
    if view is None or not asker_of(request).may("view", register_called("findings")):
        return None
    return Panel("desk/_to_safety.html", {"view": view, "row": row})
