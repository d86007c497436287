"""Confirming registers: one's own, one of them, who keeps it, and the city on one page."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import areas_for, roles_of, within_area
from junheng.platform.audit.append import head
from junheng.platform.registers import Level, Register
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.views.browse import default_day, seen
from junheng.platform.stewardship.confirming import (
    LISTED,
    confirm,
    differences,
    latest,
    standings,
)
from junheng.platform.stewardship.deciding import visible
from junheng.platform.stewardship.limits import limits_on
from junheng.platform.stewardship.models import State
from junheng.platform.stewardship.overview import registers_seen, squares
from junheng.platform.stewardship.problems import problems_of
from junheng.platform.stewardship.stewards import may_confirm, name_steward, steward_of
from junheng.platform.stewardship.units import (
    COUNTY,
    Unit,
    counties,
    kept_registers,
    level_of_units,
    own_units,
    rows_of_unit,
    schools,
    unit_called,
)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The registers this person keeps, the late ones first."""
    asker = asker_of(request)
    day = default_day(asker)
    order = {"bad": 0, "warn": 1, "good": 2}
    found = sorted(standings(own_units(asker, on=day), on=day), key=lambda one: order[one.tone])
    context = {"standings": found, "limits": limits_on(day), "wide": bool(areas_seen(asker))}
    return render(request, "stewardship/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirming(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """What changed since the last confirmation, and one button."""
    asker = asker_of(request)
    day = default_day(asker)
    register, place = seen(slug, asker), unit_seen(seen(slug, asker), unit, asker)
    if request.method == "POST":
        mark = request.POST.get("upto", "")
        if not (mark.isascii() and mark.isdigit() and len(mark) < 19):
            raise Refusal("bad-mark", "没有说明看到了哪一条。请重新打开确认页面。")
        confirm(register, place, upto=int(mark), asker=asker, on=day)
        messages.success(
            request, _("已确认%(unit)s的「%(label)s」。") % {"unit": place.name, "label": register.label}
        )
        return redirect("stewardship:confirm", slug, unit)
    upto = head().id
    rows = rows_of_unit(register, place)
    last = latest(register, place)
    context = {
        "register": register,
        "unit": place,
        "word": unit,
        "standing": standings([(register, place)], on=day)[0],
        "differences": differences(register, place, last),
        "listed": LISTED,
        "rows": rows.filter(register.holds(day)).count(),
        "problems": problems_of(register, rows, asker),
        "pending": pending(register, place, asker),
        "upto": upto,
        "may": may_confirm(register, place, asker=asker, on=day),
        "named": steward_of(register, place, on=day),
        "may_name": Role.CITY_OFFICE in roles_of(asker.user, on=asker.today),
        "limits": limits_on(day),
    }
    return render(request, "stewardship/confirm.html", context)


def pending(register: Register[Any], unit: Unit, asker: Asker) -> int:
    """How many proposals about a unit's rows still wait."""
    own = rows_of_unit(register, unit).values("pk")
    return visible(asker).filter(register=register.slug, state=State.PENDING, row__in=own).count()


@login_required
@require_POST
def steward(request: HttpRequest, slug: str, unit: str) -> HttpResponse:
    """Name who keeps a register of a unit."""
    asker = asker_of(request)
    register = seen(slug, asker)
    place = unit_seen(register, unit, asker)
    made = name_steward(register, place, request.POST.get("username", ""), asker=asker, on=default_day(asker))
    who = str(made.user) if made is not None else _("按岗位")
    messages.success(request, _("台账员：%(who)s。") % {"who": who})
    return redirect("stewardship:confirm", slug, unit)


def unit_seen(register: Register[Any], word: str, asker: Asker) -> Unit:
    """The unit an address names, if this person sees all of its rows; else it is as if it were not there."""
    day = default_day(asker)
    unit = unit_called(register, word, on=day)
    own = {(one.slug, each.key) for one, each in own_units(asker, on=day)}
    inside = unit is not None and (
        (register.slug, unit.key) in own
        or any(unit.area.startswith(area) for area in areas_for(asker.user, register, "view", on=asker.today))
    )
    if unit is None or not inside:
        raise NotFound("no-such-unit", "没有找到这个单位，或者它不在您的权限范围内。请从「台账确认」进入。")
    return unit


def areas_seen(asker: Asker) -> list[str]:
    """The areas of which this person sees whole registers: the whole city, or counties."""
    found = {
        area
        for register in kept_registers()
        for area in areas_for(asker.user, register, "view", on=asker.today)
        if len(area) <= COUNTY
    }
    return [settings.JUNHENG_CITY] if settings.JUNHENG_CITY in found else sorted(found)


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The registers by county, as far as this person sees whole counties."""
    asker = asker_of(request)
    day = default_day(asker)
    areas = areas_seen(asker)
    if not areas:
        return redirect("stewardship:mine")
    shown = {code: name for code, name in counties().items() if any(code.startswith(one) for one in areas)}
    registers = registers_seen(asker)
    found = squares(registers, on=day)
    lines = [
        (one, [(name, found[(one.slug, code)]) for code, name in shown.items()], level_of_units(one))
        for one in registers
        if level_of_units(one) is not Level.CITY
    ]
    whole = [one for one in registers if level_of_units(one) is Level.CITY]
    city_wide = settings.JUNHENG_CITY in areas
    context = {
        "counties": list(shown.values()),
        "lines": lines,
        "city": standings([(one, Unit(settings.JUNHENG_CITY)) for one in whole], on=day) if city_wide else [],
        "limits": limits_on(day),
        "day": day,
    }
    return render(request, "stewardship/overview.html", context)


@login_required
@require_safe
def units(request: HttpRequest, slug: str, area: int) -> HttpResponse:
    """The units of one register in one county."""
    code = str(area)
    asker = asker_of(request)
    day = default_day(asker)
    register = seen(slug, asker)
    areas = areas_for(asker.user, register, "view", on=asker.today)
    name = counties().get(code)
    if name is None or not any(code.startswith(one) for one in areas):
        raise NotFound("no-such-unit", "没有找到这个单位，或者它不在您的权限范围内。请从「台账确认」进入。")
    found = [Unit(code, None, name)]
    if level_of_units(register) is Level.SCHOOL:
        found = schools(day, within_area("area", code))
    order = {"bad": 0, "warn": 1, "good": 2}
    lines = sorted(standings([(register, one) for one in found], on=day), key=lambda one: order[one.tone])
    context = {"register": register, "county": name, "standings": lines, "limits": limits_on(day)}
    return render(request, "stewardship/units.html", context)
