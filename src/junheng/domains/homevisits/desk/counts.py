"""How many households are met: the classes of a school, and the schools of a county with those that miss some."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.homevisits.policies import does_tasks
from junheng.domains.homevisits.queries.coverage import by_class, by_school, of_school
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.kernel.values.school_term import school_year_began
from junheng.platform.access.models import Grant
from junheng.platform.access.scope import lies_within, within_area
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, viewer_of


@login_required
@require_safe
def school(request: HttpRequest, pk: int) -> HttpResponse:
    """One school: each class with its households, those visited and those not yet."""
    asker = viewer_of(request, register_called("visits"))
    found = School.objects.select_related("area").filter(pk=pk).first()
    if found is None or not lies_within(School, pk, register_called("schools"), grants_for_schools(asker)):
        raise absent()
    context = {
        "school": found,
        "rows": by_class(found, on=asker.day),
        "whole": of_school(found, on=asker.day),
        "since": school_year_began(asker.day),
        "day": asker.day,
        "names": asker.may("view", register_called("households")),
        "tasks": does_tasks(asker),
    }
    return render(request, "homevisits/school.html", context)


def grants_for_schools(asker: Asker) -> tuple[Grant, ...]:
    """The grants by which somebody counts whole schools: a class teacher's reach is a class."""
    return tuple(one for one in asker.granting(register_called("visits"), "view") if one.school_class is None)


@login_required
@require_safe
def county(request: HttpRequest, code: str) -> HttpResponse:
    """The schools of a county: how many visited every household, and which did not."""
    asker = viewer_of(request, register_called("visits"))
    seen = counties_of(asker)
    area = next((one for one in seen if one.pk == code), None)
    if area is None:
        raise absent()
    rows = by_school(Pupil.objects.filter(within_area("area", area.pk)), on=asker.day)
    missing = [one for one in rows if one.left]
    context = {
        "area": area,
        "counties": seen,
        "rows": missing,
        "schools": len(rows),
        "whole": len(rows) - len(missing),
        "since": school_year_began(asker.day),
        "day": asker.day,
    }
    return render(request, "homevisits/county.html", context)


def counties_of(asker: Asker) -> list[Area]:
    """The counties over which somebody sees visits by area, not by a school or a class."""
    grants = [one for one in grants_for_schools(asker) if one.school is None]
    counties = Area.objects.filter(kind="county").order_by("code")
    return [one for one in counties if any(one.pk.startswith(grant.area) for grant in grants)]
