"""Hours at the loan counter for anybody: choose a county, take a place, keep the code; nobody is asked for a name."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from junheng.domains.aid.actions import booking
from junheng.domains.aid.models import LoanBooking, LoanSlot
from junheng.domains.aid.queries.loans import booking_with, free_hours
from junheng.domains.areas.models import Area
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.tries import check_tries, note_wrong, wrong_so_far
from junheng.platform.registers.asker import asker_of
from junheng.platform.sealing import codes

MOST_BOOKINGS, MOST_TRIES, DAYS_SHOWN = 6, 8, 10


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    """The next days with a free hour, and the place that was just taken."""
    error, made, status = "", None, 200
    if request.method == "POST":
        try:
            made = taken(request)
        except Refusal as refusal:
            error, status = sentence_of(refusal), refusal.status
    counties = list(Area.objects.filter(kind="county", until=None).order_by("code"))
    code = request.POST.get("area") or request.GET.get("area", "")
    area = next((one for one in counties if one.code == code), None)
    slots = free_hours(area.pk, after=asker_of(request).day).order_by("day", "begins") if area else []
    days = [(day, list(one)) for day, one in groupby(slots, key=lambda one: one.day)][:DAYS_SHOWN]
    context = {
        "counties": counties, "area": area, "days": days, "error": error, "made": made,
        "code": codes.grouped(made.code) if made else "",
    }  # fmt: skip
    return render(request, "aid/hours.html", context, status=status)


def taken(request: HttpRequest) -> LoanBooking:
    """The place that was asked for. One address takes only a few in a quarter of an hour."""
    now, key = timezone.now(), f"aid-book:{address_of(request)}"
    if wrong_so_far(key, at=now) >= MOST_BOOKINGS:
        raise Refusal("too-many-bookings", "这个网络刚刚约了很多时段，请 15 分钟后再约。")
    asked = request.POST.get("slot", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    slot = LoanSlot.objects.select_related("area").filter(pk=number).first()
    if slot is None:
        raise NotFound("no-such-slot", "没有这个时段，请重新选择。")
    made = booking.book(slot, day=asker_of(request).day, at=now)
    note_wrong(key, at=now)
    return made


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """A booking by its code."""
    error, one, status = "", None, 200
    given = request.POST.get("code", "")[:20]
    if request.method == "POST":
        try:
            one = found(request, given)
        except Refusal as refusal:
            error, status = sentence_of(refusal), refusal.status
    return render(request, "aid/booking.html", {"error": error, "one": one, "given": given}, status=status)


@never_cache
@require_POST
def give_back(request: HttpRequest) -> HttpResponse:
    """Cancel a booking."""
    try:
        booking.cancel(found(request, request.POST.get("code", "")[:20]), at=timezone.now())
    except Refusal as refusal:
        context = {"error": sentence_of(refusal), "one": None, "given": ""}
        return render(request, "aid/booking.html", context, status=refusal.status)
    return redirect("aid:hours")


def found(request: HttpRequest, code: str) -> LoanBooking:
    """The booking of a code; wrong tries are counted."""
    now, key = timezone.now(), f"aid-mine:{address_of(request)}"
    check_tries(key, most=MOST_TRIES, at=now)
    one = booking_with(codes.tidy(code))
    if one is None:
        note_wrong(key, at=now)
        raise NotFound("no-such-booking", "没有这个预约码。请核对后再查。")
    return one
