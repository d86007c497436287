"""Who is found in which category on a day: what student aid builds on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from junheng.domains.partnerlists.models import PartnerPair
from junheng.domains.partnerlists.terms import PairState
from junheng.platform.access.scope import within_area


@dataclass(frozen=True, slots=True)
class Found:
    """One pupil in one category by one list, from a day to before another, and who decided it if it was doubtful."""

    pupil: int
    category: str
    partner_list: int
    owner: str
    as_of: date
    since: date
    until: date
    exact: bool
    decided_by: str
    confirmed_by: str
    decided_on: date | None


def found(
    on: date,
    *,
    area: str = "",
    categories: Collection[str] | None = None,
    pupils: Collection[int] | None = None,
) -> list[Found]:
    """Who is found in which category on a day; ``area`` is where the pupil's school lies, empty for the whole city.

    Only who was linked exactly, or decided to be the same person. Whoever calls this was asked for the right to it.
    """
    rows = PartnerPair.objects.filter(
        Q(row__partner_list__replaced_on=None) | Q(row__partner_list__replaced_on__gt=on),
        state=PairState.SAME,
        row__partner_list__as_of__lte=on,
        row__partner_list__valid_until__gte=on,
    )
    if area:
        rows = rows.filter(within_area("pupil__area", area))
    if categories is not None:
        rows = rows.filter(row__partner_list__category__in=list(categories))
    if pupils is not None:
        rows = rows.filter(pupil__in=list(pupils))
    told = rows.select_related("row__partner_list").only(
        "pupil_id", "exact", "decided_by", "decided_at", "confirmed_by", "row__partner_list"
    )
    order = ("pupil", "row__partner_list__category", "row__partner_list", "pk")
    return [found_by(one) for one in told.order_by(*order)]


def found_by(pair: PartnerPair) -> Found:
    """What one pair says."""
    source = pair.row.partner_list
    return Found(
        pupil=pair.pupil_id, category=source.category, partner_list=source.pk, owner=source.owner,
        as_of=source.as_of, since=source.as_of, until=source.until, exact=pair.exact,
        decided_by="" if pair.exact else pair.decided_by, confirmed_by=pair.confirmed_by,
        decided_on=None if pair.exact or pair.decided_at is None else timezone.localdate(pair.decided_at),
    )  # fmt: skip
