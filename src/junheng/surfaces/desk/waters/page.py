"""The page of the waters: the map, the list beside it, and who is behind this week."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from junheng.domains.areas.models import Area
from junheng.domains.areas.terms import AreaKind
from junheng.domains.findings.models import Finding
from junheng.domains.patrols.desk.weeks import scope_of
from junheng.domains.patrols.queries.norms import monday_of
from junheng.domains.patrols.queries.weeks import Line, total_of, week
from junheng.domains.waters.models import Water
from junheng.domains.waters.terms import Risk
from junheng.kernel.errors import Refusal
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, asker_of, viewer_of
from junheng.surfaces.desk.waters.marks import SIGNS, WIDTH, Place, Projection, grounds, located
from junheng.surfaces.desk.waters.seasons import modes
from junheng.surfaces.desk.waters.state import STATES, Standing, legend, standings, sums

PAGE = 20
BEHIND = 12
"""People behind this week that the page names; the page of the week names all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is narrowed down to."""

    unit: str
    risk: str
    state: str


@login_required
@require_safe
def waters(request: HttpRequest) -> HttpResponse:
    """The waters within one's scope on the day of the house."""
    own = register_called("waters")
    asker = viewer_of(request, own)
    day = settings.JUNHENG_AS_OF or asker.today
    every = standings(
        asker.within(Water.objects.all(), own, "view"),
        asker.within(Finding.objects.all(), register_called("findings"), "view"),
        day=day,
    )
    names = dict(Area.objects.filter(kind=AreaKind.COUNTY).values_list("code", "name"))
    units = {code: names.get(code, code) for code in sorted({one.unit for one in every})}
    asked = read(request, units)
    shown = [one for one in every if fits(one, asked)]
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    behind = this_week(asker, asked, day=day)
    context = {
        "asked": asked,
        "units": units,
        "risks": Risk.choices,
        "states": STATES.items(),
        "day": day,
        "modes": modes(day),
        "sums": sums(shown),
        "page": page,
        "legend": legend(shown, day=day),
        "owed": (effort := total_of(line.total for line in behind)).owed,
        "done": effort.owed - effort.missed,
        "behind": [line for line in behind if line.total.missed][:BEHIND],
        "behind_count": sum(bool(line.total.missed) for line in behind),
        **drawing(shown, units, one_unit=bool(asked.unit) or len(units) == 1),
    }
    return render(request, "desk/waters.html", context)


def read(request: HttpRequest, units: dict[str, str]) -> Asked:
    """What the address asks for; a word that means nothing is refused."""
    asked = Asked(*(request.GET.get(name, "") for name in ("unit", "risk", "state")))
    if (
        (asked.unit and asked.unit not in units)
        or (asked.risk and asked.risk not in Risk.values)
        or (asked.state and asked.state not in STATES)
    ):
        raise Refusal("bad-waters-filter", "没有这个筛选条件，或者它不在您的权限范围内。请在页面上重新选择。")
    return asked


def fits(one: Standing, asked: Asked) -> bool:
    """Whether a water is among those asked for."""
    return (
        asked.unit in {"", one.unit}
        and asked.risk in {"", one.water.risk}
        and (not asked.state or one.is_in(asked.state))
    )


def this_week(asker: Asker, asked: Asked, *, day: date) -> list[Line]:
    """What the persons in charge owe and have done in the present week."""
    where, within = scope_of(asker, asked.unit)
    return week(monday_of(day), where=where, within=within, until=day + timedelta(days=1))


def drawing(shown: list[Standing], units: dict[str, str], *, one_unit: bool) -> dict[str, Any]:
    """The signs at their places, over what belongs together: units, or the townships of one."""
    there = located(one.water for one in shown)
    projection = Projection([(one.longitude, one.latitude) for one in there])
    marks = [
        (one, projection.place(one.water.longitude, one.water.latitude))
        for one in shown
        if one.water.longitude is not None and one.water.latitude is not None
    ]
    return {
        "marks": marks,
        "grounds": ground(marks, units, one_unit=one_unit),
        "width": WIDTH,
        "height": projection.height,
        "signs": SIGNS.items(),
        "unplaced": len(shown) - len(there),
    }


def ground(marks: list[tuple[Standing, Place]], units: dict[str, str], *, one_unit: bool) -> list[Any]:
    """By unit; within one unit by township."""
    if one_unit:
        names = {one.water.area_id: one.water.area.name for one, _place in marks}
        return grounds(((one.water.area_id, place) for one, place in marks), names)
    return grounds(((one.unit, place) for one, place in marks), units)


def sees_waters(request: HttpRequest) -> bool:
    """Whether the menu offers the page."""
    return asker_of(request).may("view", register_called("waters"))
