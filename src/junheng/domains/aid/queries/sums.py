"""Person-times and sums of a term: by county, by programme, and by school with small counts withheld."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, Max, QuerySet, Sum, Value

from junheng.content.rulebook import DUTIES
from junheng.domains.aid.models import Eligibility, Payment, Waiver
from junheng.domains.aid.terms import Scheme
from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School
from junheng.platform.access.scope import within_area
from junheng.platform.figures.withholding import withheld


@dataclass(frozen=True, slots=True)
class Times:
    """Person-times that were recognised, waived and paid, and the sum that arrived."""

    entitled: int = 0
    waived: int = 0
    paid: int = 0
    fen: int = 0

    def __add__(self, other: "Times") -> "Times":
        return Times(
            self.entitled + other.entitled,
            self.waived + other.waived,
            self.paid + other.paid,
            self.fen + other.fen,
        )


def county_rows(counties: Iterable[Area], term: str) -> tuple[list[tuple[Area, Times]], Times]:
    """The counties of an officer."""
    counties = list(counties)
    entitled = dict(by_county(Eligibility.objects.filter(term=term), counties, n=Count("*")))
    waived = dict(by_county(Waiver.objects.filter(term=term), counties, n=Count("*")))
    arrived = Payment.objects.filter(term=term, returned_on=None)
    paid: Counter[str] = Counter()
    fen: Counter[str] = Counter()
    for code, _scheme, count, amount in by_county(
        arrived, counties, "scheme", count=Count("pupil", distinct=True), fen=Sum("amount_fen")
    ):
        paid[code] += count
        fen[code] += int(amount)
    rows = [
        (one, Times(entitled.get(one.pk, 0), waived.get(one.pk, 0), paid[one.pk], fen[one.pk]))
        for one in counties
    ]
    return rows, sum((one for _area, one in rows), Times())


def by_county(
    rows: QuerySet[Any, Any], counties: Sequence[Area], *also: str, **sums: Aggregate
) -> Iterator[tuple[Any, ...]]:
    """County, what else is grouped by, and the sums, in one question of which every part reads one county.

    Grouped by the beginning of the area code a server goes through the whole table; by county it follows the index.
    """
    parts = [
        rows.filter(within_area("area", one.pk))
        .order_by()
        .values(*also, of=Value(one.pk))
        .annotate(**sums)
        .values_list("of", *also, *sums)
        for one in counties
    ]
    yield from parts[0].union(*parts[1:], all=True) if parts else ()


@dataclass(frozen=True, slots=True)
class SchemeRow:
    """One programme of a county and term."""

    scheme: str
    times: Times

    @property
    def label(self) -> str:
        """The programme in words."""
        return str(Scheme(self.scheme).label)


def scheme_rows(area: str, term: str) -> list[SchemeRow]:
    """The programmes of a county in which anything happened."""
    here = within_area("area", area)
    entitled = dict(
        Eligibility.objects.filter(here, term=term).order_by().values_list("scheme").annotate(Count("pk"))
    )
    waived = dict(
        Waiver.objects.filter(here, term=term).order_by().values_list("scheme").annotate(Count("pk"))
    )
    arrived = Payment.objects.filter(here, term=term, returned_on=None).order_by().values("scheme")
    paid = {
        one["scheme"]: (one["count"], int(one["fen"]))
        for one in arrived.annotate(count=Count("pupil", distinct=True), fen=Sum("amount_fen"))
    }
    return [
        SchemeRow(one, Times(entitled.get(one, 0), waived.get(one, 0), *paid.get(one, (0, 0))))
        for one in Scheme.values
        if one in entitled or one in paid
    ]


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One school of a document; nothing where so few are counted that they could be known."""

    name: str
    count: int | None
    fen: int | None


def school_rows(area: str, document: str) -> list[SchoolRow]:
    """The schools of a document. What counts too few is withheld, with as much more as would give it away."""
    rows = Payment.objects.filter(within_area("area", area), document=document).order_by("pupil__school")
    found = list(rows.values_list("pupil__school").annotate(count=Count("pk"), fen=Sum("amount_fen")))
    last = rows.aggregate(last=Max("paid_on"))["last"]
    hidden = withheld({str(school): count for school, count, _fen in found}, least_on(last))
    names = School.objects.in_bulk([school for school, _count, _fen in found])
    return [
        SchoolRow(names[school].name, None, None)
        if str(school) in hidden
        else SchoolRow(names[school].name, count, int(fen))
        for school, count, fen in found
    ]


def least_on(day: date | None) -> int:
    """The smallest count that is shown."""
    return DUTIES.small_count.on(day).value if day else 0
