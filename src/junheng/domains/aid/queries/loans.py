"""Loan contracts by year and county, and those that somebody should look at: above a cap, or two in a school year."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear

from junheng.content.rulebook import AID
from junheng.domains.aid.models import Loan, LoanBooking, LoanSlot
from junheng.kernel.errors import NotInForce
from junheng.platform.access.scope import within_area


@dataclass(frozen=True, slots=True)
class YearOfLoans:
    """Contracts that were signed in a calendar year and not cancelled."""

    year: int
    first: int
    renewals: int

    @property
    def every(self) -> int:
        """Both."""
        return self.first + self.renewals


def by_year(rows: "QuerySet[Loan]") -> list[YearOfLoans]:
    """How many contracts each year, the newest first."""
    counted = (
        rows.filter(cancelled_on=None)
        .annotate(year=ExtractYear("signed_on"))
        .order_by()
        .values_list("year", "kind")
        .annotate(count=Count("pk"))
    )
    found: Counter[tuple[int, str]] = Counter()
    for year, kind, count in counted:
        found[year, kind] += count
    years = sorted({year for year, _kind in found}, reverse=True)
    return [YearOfLoans(year, found[year, "first"], found[year, "renewal"]) for year in years]


def above_cap(rows: "QuerySet[Loan]", year: int) -> "QuerySet[Loan]":
    """Contracts for a school year above what an undergraduate may borrow: right for postgraduates, asked of all."""
    try:
        most = AID.loan_undergraduate.on(date(year, 9, 1)).value
    except NotInForce:
        return rows.none()
    return rows.filter(in_school_year(year), cancelled_on=None, amount_fen__gt=most).order_by("pk")


def twice(rows: "QuerySet[Loan]", year: int) -> "QuerySet[Loan]":
    """Contracts of borrowers who have another one for the same school year, by the number of their card."""
    mine = Loan.objects.filter(in_school_year(year), cancelled_on=None).exclude(borrower_id_blind="")
    again = mine.order_by().values("borrower_id_blind").annotate(count=Count("pk")).filter(count__gt=1)
    here = rows.filter(in_school_year(year), cancelled_on=None)
    return here.filter(borrower_id_blind__in=again.values("borrower_id_blind")).order_by("pk")


def in_school_year(year: int) -> Q:
    """Signed from July of a year to June of the next."""
    return Q(signed_on__gte=date(year, 7, 1), signed_on__lt=date(year + 1, 7, 1))


def free_hours(area: str, *, after: date) -> "QuerySet[LoanSlot]":
    """The hours of a county after a day, each with the places that are taken."""
    booked = Count("loanbooking", filter=Q(loanbooking__cancelled_at=None))
    return LoanSlot.objects.filter(area=area, day__gt=after).annotate(taken=booked, free=F("places") - booked)


def bookings_from(areas: list[str], *, day: date, most: int) -> "QuerySet[LoanBooking]":
    """Who is expected from a day on, hour by hour."""
    if not areas:
        return LoanBooking.objects.none()
    reached = Q()
    for code in areas:
        reached |= within_area("slot__area", code)
    rows = LoanBooking.objects.filter(reached, slot__day__gte=day, cancelled_at=None)
    return rows.select_related("slot__area").order_by("slot__day", "slot__begins", "pk")[:most]


def booking_with(code: str) -> LoanBooking | None:
    """The booking of a code."""
    return LoanBooking.objects.select_related("slot__area").filter(code=code).first()
