"""Who needs after-class service and has no place, by county, school and class; links for families."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.afterclass.models import ChoosingPeriod, Need
from junheng.domains.afterclass.queries.families import code_of
from junheng.domains.afterclass.queries.gaps import by_class, by_school, unserved
from junheng.domains.afterclass.queries.places import offered, with_room
from junheng.domains.afterclass.terms import terms_at
from junheng.domains.areas.models import Area
from junheng.domains.schools.models import SchoolClass
from junheng.platform.access.scope import within_area
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, asker_of
from junheng.platform.registers.keys import mask, named
from junheng.platform.registers.values import term_label
from junheng.platform.spans import holds

SHOWN = 200


def sees_needs(request: HttpRequest) -> bool:
    """Whether the menu offers the page."""
    return asker_of(request).may("view", register_called("needs"))


def viewer(request: HttpRequest) -> Asker:
    """Who sees needs; for others these pages are not there."""
    asker = asker_of(request)
    if not asker.may("view", register_called("needs")):
        raise absent()
    return asker


def stands_over_areas(asker: Asker) -> bool:
    """Whether somebody looks at counties, not at one school or class."""
    grants = asker.granting(register_called("needs"), "view")
    return any(one.school is None and one.school_class is None for one in grants)


def number_of(text: str) -> int | None:
    """The number of a row in an address; text that is none belongs to no row."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The counties, the schools of one, the classes of a school, or the pupils of a class: as far as one looks down."""
    asker = viewer(request)
    terms = [str(one) for one in terms_at(asker.day)]
    rows = asker.within(Need.objects.all(), register_called("needs"), "view")
    asked = request.GET.get("term", "")
    term = asked if asked in terms else first_term(asker, rows, terms)
    context: dict[str, Any] = {
        "term": term,
        "terms": [(one, term_label(one)) for one in terms],
        "day": asker.day,
    }
    school, room = number_of(request.GET.get("school", "")), number_of(request.GET.get("class", ""))
    if room is not None:
        context |= of_class(asker, rows, room, term)
    elif school is not None or not stands_over_areas(asker):
        context |= of_school(asker, rows, school, term)
    else:
        context |= of_area(asker, rows, request.GET.get("area", ""), term)
    return render(request, "afterclass/overview.html", context)


def first_term(asker: Asker, rows: "QuerySet[Need]", terms: list[str]) -> str:
    """The term that a school or class opens with: the first in which somebody waits, so that a line of the day leads there."""
    if stands_over_areas(asker):
        return terms[0]
    return next((one for one in terms if unserved(rows, one, on=asker.day).exists()), terms[0])


def of_area(asker: Asker, rows: "QuerySet[Need]", code: str, term: str) -> dict[str, Any]:
    """The schools of a county: in how many everybody has a place. One's own county stands open."""
    reach = [one.area for one in asker.granting(register_called("needs"), "view") if one.area]
    counties = [
        one
        for one in Area.objects.filter(kind="county", until=None).order_by("code")
        if any(one.code.startswith(area) for area in reach)
    ]
    chosen = next((one for one in counties if one.code == code), counties[0] if len(counties) == 1 else None)
    found: dict[str, Any] = {"counties": counties, "area": chosen}
    if chosen is not None:
        lines = by_school(rows.filter(within_area("area", chosen.pk)), term, on=asker.day)
        served = sum(1 for one in lines if not one.waiting)
        found |= {"lines": lines[:SHOWN], "all": len(lines), "served": served, "link": "school"}
    return found


def of_school(asker: Asker, rows: "QuerySet[Need]", school: int | None, term: str) -> dict[str, Any]:
    """The classes of a school that one sees; where there is one class alone, its pupils."""
    if school is not None:
        rows = rows.filter(pupil__school=school)
    lines = by_class(rows, term, on=asker.day)
    if school is not None and not lines:
        raise absent()
    if len(lines) == 1:
        return of_class(asker, rows, lines[0].pk, term)
    served = sum(1 for one in lines if not one.waiting)
    return {"lines": lines[:SHOWN], "all": len(lines), "served": served, "link": "class"}


def of_class(asker: Asker, rows: "QuerySet[Need]", room: int, term: str) -> dict[str, Any]:
    """The pupils of a class who wait, since when and why; and what of the courses of the school has room."""
    here = rows.filter(pupil__school_class=room, term=term)
    if not here.exists():
        raise absent()
    found = SchoolClass.objects.select_related("school").get(pk=room)
    waiting = unserved(here, term, on=asker.day).select_related("pupil").order_by("answered_on", "pk")
    courses = list(offered(found.school_id, term, on=asker.day))
    enrolments, needs = register_called("enrolments"), register_called("needs")
    return {
        "room": found,
        "pupils": [(one, named(one.pupil), mask(one.pupil.code)) for one in waiting[:SHOWN]],
        "wanted": here.filter(wanted=True).count(),
        "courses": with_room(courses, on=asker.day),
        "may_place": asker.may("change", enrolments),
        "may_explain": asker.may("change", needs),
    }


@login_required
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """For each class of one's own the link that its families open, while its school asks."""
    asker = viewer(request)
    if stands_over_areas(asker):
        raise absent()
    terms = [str(one) for one in terms_at(asker.day)]
    rooms = asker.within(
        SchoolClass.objects.select_related("school").filter(holds(asker.day)),
        register_called("classes"),
        "view",
    ).order_by("school_id", "grade", "number")
    found = list(rooms[:SHOWN])
    periods = ChoosingPeriod.objects.filter(school__in={one.school_id for one in found}, term__in=terms)
    lines = [
        (room, period, term_label(period.term), code_of(room, period.term))
        for period in periods.order_by("-term", "school_id")
        for room in found
        if room.school_id == period.school_id
    ]
    return render(request, "afterclass/links.html", {"lines": lines, "day": asker.day})
