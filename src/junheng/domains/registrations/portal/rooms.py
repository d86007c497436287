"""The page of the waiting room."""

from datetime import datetime
from math import ceil

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from junheng.domains.registrations.actions.turns import Taken
from junheng.domains.registrations.actions.writing import write
from junheng.domains.registrations.portal.holding import hold
from junheng.domains.registrations.queries.faults import number_fault
from junheng.domains.registrations.queries.keys import pid_of, signed, unsigned
from junheng.domains.registrations.queries.room import is_in_force, place_of, slice_of
from junheng.domains.registrations.queries.sheets import Sheet, sheet_of
from junheng.platform.access.refusals import sentence_of

TURN, KEPT = "turn", 24 * 60 * 60
SOONEST, LATEST = 5, 60
"""Seconds after which the page asks again."""


def turn_held(request: HttpRequest, sheet: Sheet) -> tuple[int, str, str] | None:
    """The turn that this browser holds for an intake: slice, order, and for which child."""
    words = unsigned("turn-held", request.COOKIES.get(TURN, "").replace(".", "|"))
    parts = words.split("|") if words else []
    return (int(parts[1]), parts[2], parts[3]) if len(parts) == 4 and parts[0] == str(sheet.intake) else None


def bound_by_turn(request: HttpRequest, sheet: Sheet, *, at: datetime) -> dict[str, str]:
    """What a new draft remembers of the turn it began with: it is for that child, or a turn could be had for anybody."""
    turn = turn_held(request, sheet) if is_in_force(sheet.opens_at, at=at) else None
    return {"turn": turn[2]} if turn else {}


def let_in(request: HttpRequest, sheet: Sheet, *, at: datetime) -> HttpResponseRedirect | None:
    """Nothing where a family may go on; else the way to the waiting room."""
    if not is_in_force(sheet.opens_at, at=at):
        return None
    turn = turn_held(request, sheet)
    if turn is not None and place_of(sheet.intake, sheet.opens_at, turn[:2], at=at).may_go(at):
        return None
    return redirect("registrations:room", sheet.intake)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a turn by the child's number, and wait for it. The page asks again by itself; doing so oftener gains nothing."""
    sheet, at = sheet_of(pk), timezone.now()
    if not is_in_force(sheet.opens_at, at=at):
        return redirect("registrations:intake", sheet.code)
    if request.method == "POST":
        number = request.POST.get("id_number", "").strip().upper()[:18]
        if fault := number_fault(number, "id_number"):
            return render(
                request,
                "registrations/room.html",
                {"sheet": sheet, "error": sentence_of(fault), "number": number},
                status=422,
            )
        pid = pid_of(sheet.season, number)
        slice_, order = write(Taken(sheet.intake, sheet.season, pid, slice_of(sheet.opens_at, at=at)))
        response = redirect("registrations:room", pk)
        hold(response, TURN, signed("turn-held", f"{pk}|{slice_}|{order}|{pid}").replace("|", "."), KEPT)
        return response
    turn = turn_held(request, sheet)
    if turn is None:
        return render(request, "registrations/room.html", {"sheet": sheet})
    place = place_of(sheet.intake, sheet.opens_at, turn[:2], at=at)
    left = ceil((place.opens - at).total_seconds())
    context = {
        "sheet": sheet, "place": place, "go": place.may_go(at), "left": max(0, left),
        "again": min(LATEST, max(SOONEST, left)),
    }  # fmt: skip
    return render(request, "registrations/room.html", context)
