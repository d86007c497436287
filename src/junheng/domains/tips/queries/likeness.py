"""Tips that may be about the same: by name, by place and by time, each with the reason as a sentence.

Names are compared without what people write differently (width, blanks, brackets, digits) and as they are read aloud;
places by their words, and by the distance where a phone said where it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import isqrt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.tips.models import Tip
from junheng.domains.tips.terms import TipState
from junheng.kernel.quality import likeness, plain
from junheng.platform.searching.reading import syllables

ALIKE = Fraction(3, 4)
NEAR = 200
"""Metres within which two phones may have been at the same place."""
SAME_TIME = timedelta(days=31)
LOOKED_BACK = timedelta(days=365)
MOST = 3_000
SHOWN = 12
SHORTEST = 4
"""Letters of a place from which on one may be part of another."""
METRES = (111_320, 91_300)
"""Metres of a degree of latitude, and of longitude at 35° north: a duplicate is no survey."""


@dataclass(slots=True)
class Like:
    """Another tip that may be about the same, and why."""

    tip: Tip
    reasons: list[str] = field(default_factory=list)
    weight: int = 0


def like(tip: Tip) -> list[Like]:
    """The likeliest first. Asked of a year of the same county, in one query."""
    begun = tip.received_at - LOOKED_BACK
    county = tip.area_id[:6]
    rows = (
        Tip.objects.filter(area__gte=county, area__lt=f"{county}~", received_at__gte=begun, lead=None)
        .exclude(pk=tip.pk)
        .exclude(state__in=(TipState.WITHDRAWN, TipState.QUEUED))
        .select_related("area", "referral")
        .order_by("-received_at")[:MOST]
    )
    return ranked(tip, rows)


def ranked(tip: Tip, rows: Iterable[Tip]) -> list[Like]:
    """Those of some tips that may be about the same, the likeliest first."""
    found = [one for row in rows if (one := compared(tip, row)) is not None]
    return sorted(found, key=lambda one: (-one.weight, -one.tip.pk))[:SHOWN]


def compared(tip: Tip, other: Tip) -> Like | None:
    """How two tips are alike; None where name and place both say nothing, or only one does and the time is another."""
    named, placed = by_name(tip, other), by_place(tip, other)
    timed = by_time(tip, other)
    if (not named and not placed) or not ((named and placed) or timed):
        return None
    reasons = [*named, *placed, *timed]
    return Like(other, reasons, 3 * bool(named) + 3 * bool(placed) + bool(timed) + len(reasons))


def by_name(tip: Tip, other: Tip) -> list[str]:
    """Whether the names, or what they name, are the same."""
    if tip.institution_id and tip.institution_id == other.institution_id:
        return [_("同一家登记机构")]
    if tip.school_id and tip.school_id == other.school_id:
        return [_("同一所学校")]
    mine, theirs = plain(tip.about), plain(other.about)
    if not mine or not theirs:
        return []
    if mine == theirs:
        return [_("名称相同")]
    if sounds(mine) == sounds(theirs):
        return [_("名称读音相同")]
    return [_("名称相近")] if likeness(mine, theirs) >= ALIKE else []


def sounds(name: str) -> str:
    """A name as it is read aloud."""
    return " ".join(one[0] for one in syllables(name))


def by_place(tip: Tip, other: Tip) -> list[str]:
    """Whether the places are the same, in words or by distance."""
    found = []
    mine, theirs = plain(tip.place, (tip.area.name,)), plain(other.place, (other.area.name,))
    if mine and mine == theirs:
        found.append(_("地点相同"))
    elif min(len(mine), len(theirs)) >= SHORTEST and (mine in theirs or theirs in mine):
        found.append(_("地点相近"))
    apart = metres(tip, other)
    if apart is not None and apart <= NEAR:
        found.append(_("相距约 %(metres)s 米") % {"metres": apart})
    return found


def metres(tip: Any, other: Any) -> int | None:
    """How far apart two tips were; None where one of them does not say."""
    sides = (tip.latitude, other.latitude, tip.longitude, other.longitude)
    if any(one is None for one in sides):
        return None
    north = (tip.latitude - other.latitude) * METRES[0] // 1_000_000
    east = (tip.longitude - other.longitude) * METRES[1] // 1_000_000
    return isqrt(north * north + east * east)


def by_time(tip: Tip, other: Tip) -> list[str]:
    """Whether they speak of about the same time."""
    return [_("时间相近")] if abs(day_of(tip) - day_of(other)) <= SAME_TIME else []


def day_of(tip: Tip) -> date:
    """The day a tip speaks of; where it says none, the day it came."""
    return tip.happened_on or timezone.localdate(tip.received_at)
