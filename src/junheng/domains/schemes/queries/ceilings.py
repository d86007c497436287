"""The highest fee that goes with a recognition, and who charges more than that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from junheng.domains.kindergartens.models import Recognition
from junheng.domains.kindergartens.queries import fees_on, inclusive_on
from junheng.domains.schemes.models import Certificate, SchemeCriterion
from junheng.domains.schemes.terms import Effect, SchemeState

CHECK = "kg-fee-most"
FEN = 100


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that a recognised kindergarten may charge a month, in fen, and the scheme that says so."""

    fen: int
    scheme: str


@dataclass(frozen=True, slots=True)
class Above:
    """A recognised kindergarten that charges more than its ceiling."""

    recognition: Recognition
    fee: int
    ceiling: Ceiling


def ceilings(recognitions: Sequence[Recognition], *, on: date) -> dict[int, Ceiling]:
    """The ceiling of each recognition, by number: of the scheme that led to it; else of the newest that is published there.

    A recognition that was decided on paper made no promise of its own; it is measured by what its place asks today.
    """
    asked = SchemeCriterion.objects.filter(
        check_slug=CHECK, limit__isnull=False, scheme__effect=Effect.INCLUSIVE, scheme__opened_on__lte=on
    ).exclude(scheme__state=SchemeState.DRAFT)
    said: dict[int, Ceiling] = {}
    newest: dict[str, Ceiling] = {}
    for one in asked.select_related("scheme").order_by("scheme__opened_on", "scheme", "-limit"):
        assert one.limit is not None
        said[one.scheme_id] = newest[one.scheme.area_id] = Ceiling(one.limit * FEN, one.scheme.title)
    numbers = [one.pk for one in recognitions]
    schemes = dict(
        Certificate.objects.filter(recognition__in=numbers).values_list(
            "recognition", "application__category__scheme"
        )
    )
    found: dict[int, Ceiling] = {}
    for row in recognitions:
        own = said.get(schemes.get(row.pk, 0))
        places = [code for code in newest if row.area_id.startswith(code)]
        if own is None and row.pk not in schemes and places:
            own = newest[max(places, key=len)]
        if own is not None:
            found[row.pk] = own
    return found


def above_the_ceiling(on: date) -> list[Above]:
    """The kindergartens that are recognised on a day and charge more than they may, by place."""
    rows = list(inclusive_on(on))
    limits, fees = ceilings(rows, on=on), fees_on([one.kindergarten for one in rows], on=on)
    return [
        Above(one, fees[one.kindergarten_id], limits[one.pk])
        for one in rows
        if one.pk in limits and fees[one.kindergarten_id] > limits[one.pk].fen
    ]
