"""A figure over the last years, as points of a small drawing."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from junheng.kernel.claims import print_number
from junheng.kernel.errors import Refusal
from junheng.platform.figures import queries
from junheng.platform.figures.answers import FigureAnswer

TRENDS = frozenset({"share"})
"""Kinds of figures of which a trend says something: counts of windows cannot be laid side by side."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One year: its label, the printed form, and the exact value."""

    label: str
    printed: str
    value: int | Fraction | None


def trend(figure: FigureAnswer) -> list[TrendPoint]:
    """The figure on the same day of the last three years; empty where a rule was not yet in force or nothing moves."""
    if figure.points:
        return [
            TrendPoint(str(point.year), print_number(share, "%"), share)
            for point in figure.points
            for share in [Fraction(point.numerator, point.denominator)]
        ]
    if figure.kind not in TRENDS:
        return []
    try:
        # asked by its reading, one figure is computed alone; without, all figures of that day would be
        past = [
            queries.figure(figure.id, as_of=day, reading=figure.reading)
            for day in (years_before(figure.as_of, back) for back in (2, 1))
        ]
    except Refusal:
        return []
    points = [
        TrendPoint(str(one.as_of.year), one.printed, one.value)
        for one in (*past, figure)
        if isinstance(one.value, int | Fraction)
    ]
    return points if len({point.value for point in points}) > 1 else []


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; the 28th for a 29th of February."""
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)
