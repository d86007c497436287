"""Values of units: the last one against the unit's own past, and against its peers."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from junheng.kernel.quality import Apart, median, stands_apart
from junheng.platform.quality.declare import Measure
from junheng.platform.quality.figurewords import fraction_words

PAST = 2
"""Earlier periods a unit must have before its own past says anything."""
PEERS = 8
"""Peers a unit must have before they say anything."""


def last_and_past(one: Measure, on: date, kinds: Mapping[Any, tuple[Any, ...]]) -> dict[int, dict[str, Any]]:
    """The units whose last value stands apart, with the numbers that say so. ``kinds``: what peers agree in, by unit."""
    series: dict[int, dict[str, Fraction]] = defaultdict(dict)
    for unit, period, value in one.values(on):
        if unit in kinds:
            series[unit][period] = Fraction(value)
    if not series:
        return {}
    last = max(period for values in series.values() for period in values)
    now = {unit: values[last] for unit, values in series.items() if last in values}
    changes = usual_changes(series, last) if one.past else {}
    found: dict[int, dict[str, Any]] = {}
    for unit, change in changes.items():
        past = [value for period, value in series[unit].items() if period != last]
        middle = median(past)
        others = [each for number, each in changes.items() if number != unit]
        if len(past) < PAST or not worth(now[unit], middle, one):
            continue
        apart = stands_apart(change, others, least=0, few=PEERS)
        if apart is not None:
            found[unit] = told("past", last, now[unit], middle, len(past))
    groups: dict[tuple[Any, ...], dict[int, Fraction]] = defaultdict(dict)
    for unit, value in now.items():
        groups[kinds[unit]][unit] = value
    for group in groups.values() if one.peers else ():
        values = list(group.values())
        for unit, value in group.items():
            seen = stands_apart(value, values, least=one.least, few=PEERS + 1)
            if unit not in found and seen is not None and worth(value, seen.middle, one):
                found[unit] = told("peers", last, value, seen.middle, seen.others - 1, seen)
    return found


def usual_changes(series: Mapping[int, Mapping[str, Fraction]], last: str) -> dict[int, Fraction]:
    """By how much, as a share of its past middle, each unit moved: units are small and large, their changes are comparable."""
    found = {}
    for unit, values in series.items():
        past = [value for period, value in values.items() if period != last]
        if last in values and len(past) >= PAST and (middle := median(past)):
            found[unit] = (values[last] - middle) / middle
    return found


def worth(value: Fraction, middle: Fraction, one: Measure) -> bool:
    """Whether a difference is large enough to bother somebody with it."""
    distance = abs(value - middle)
    return distance >= one.least and distance >= one.least_share * abs(middle)


def told(
    against: str, period: str, value: Fraction, middle: Fraction, others: int, apart: Apart | None = None
) -> dict[str, Any]:
    """The numbers of a finding."""
    return {
        "against": against,
        "period": period,
        "value": fraction_words(value),
        "middle": fraction_words(middle),
        "others": others,
        "spread": fraction_words(apart.spread) if apart else "",
        "above": value > middle,
    }
