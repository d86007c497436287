"""Hours of the loan counter in the rush weeks: set by the county, taken by families with nothing but a code."""

import os
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.aid.models import LoanBooking, LoanSlot
from junheng.domains.aid.policies import check_officer
from junheng.domains.areas.models import Area
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.workdays import is_working_day
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.sealing import codes

FAMILY, BOOKED, CANCELLED = "家庭", "预约助学贷款办理时段", "取消预约"
LETTERS_OF_A_CODE = 11
LONGEST = timedelta(days=62)
"""The most days for which hours are set at once."""


@transaction.atomic
def set_hours(
    area: Area,
    *,
    first: date,
    last: date,
    begins: list[time],
    places: int,
    day: date,
    by: Any,
    at: datetime,
    why: str,
) -> int:
    """The same hours on every working day from one day to another; what is there already stays. How many are new.

    ``day`` is the day of the house: hours begin after it.
    """
    Area.objects.select_for_update().get(pk=area.pk)
    check_officer(_("设置预约时段"), area.pk, by=by, at=at)
    if first <= day or last < first or last - first > LONGEST:
        raise Refusal(
            "hours-of-no-days", "日期须从明天以后开始，止日不早于起日，一次最多设置 62 天。没有设置。"
        )
    there = set(LoanSlot.objects.filter(area=area, day__range=(first, last)).values_list("day", "begins"))
    made = 0
    for number in range((last - first).days + 1):
        one = first + timedelta(days=number)
        for hour in begins if is_working_day(one) else []:
            if (one, hour) not in there:
                row = LoanSlot(area=area, day=one, begins=hour, places=places)
                save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
                made += 1
    if not made:
        raise Conflict("hours-there", "这些日子的时段都已经设置，或者都不是工作日。没有改动。")
    return made


@transaction.atomic
def book(slot: LoanSlot, *, day: date, at: datetime, chance: bytes | None = None) -> LoanBooking:
    """Take one place. The code is all that is known of who comes; ``chance`` is for the demonstration."""
    slot = LoanSlot.objects.select_for_update().get(pk=slot.pk)
    if slot.day <= day:
        raise Refusal("slot-past", "这个时段不能再预约了，请选明天以后的时段。没有预约。")
    if LoanBooking.objects.filter(slot=slot, cancelled_at=None).count() >= slot.places:
        raise Conflict("slot-full", "这个时段刚刚约满，没有预约成功。请另选一个时段。")
    code = codes.checked(codes.spelled(chance or os.urandom(10), LETTERS_OF_A_CODE))
    made = LoanBooking(slot=slot, code=code, made_at=at)
    save_row(made, by=FAMILY, at=at, why=BOOKED, verb=Verb.DEED.value)
    return made


@transaction.atomic
def cancel(booking: LoanBooking, *, at: datetime) -> LoanBooking:
    """Give the place back."""
    booking = LoanBooking.objects.select_for_update().get(pk=booking.pk)
    if booking.cancelled_at is not None:
        raise Conflict("booking-cancelled", "这个预约已经取消。")
    booking.cancelled_at = at
    save_row(booking, by=FAMILY, at=at, why=CANCELLED, verb=Verb.DEED.value)
    return booking


@transaction.atomic
def note_came(booking: LoanBooking, *, by: Any, at: datetime, why: str) -> LoanBooking:
    """Somebody came with the code."""
    booking = LoanBooking.objects.select_for_update(of=("self",)).select_related("slot").get(pk=booking.pk)
    check_officer(_("登记到场"), booking.slot.area_id, by=by, at=at)
    if booking.cancelled_at is not None:
        raise Conflict("booking-cancelled", "这个预约已经取消。")
    booking.came = True
    save_row(booking, by=by, at=at, why=why, verb=Verb.DEED.value)
    return booking
