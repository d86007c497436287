"""Values that stand apart from others, told by median and median absolute deviation, in exact fractions.

The modified z-score of Iglewicz and Hoaglin (*How to Detect and Handle Outliers*, ASQC 1993): 0.6745 times the distance
from the median, divided by the median absolute deviation; beyond 3.5 a value is looked at. Half of the values may
be wrong before the measure itself is moved, and no mean is hidden in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Number = int | Fraction

FACTOR = Fraction(6745, 10_000)
"""By which the median absolute deviation of a normal distribution becomes comparable with its standard deviation."""
LIMIT = Fraction(7, 2)


@dataclass(frozen=True, slots=True)
class Apart:
    """Why a value stands apart: the middle of the others, how far they usually lie from it, and how many they are."""

    value: Fraction
    middle: Fraction
    spread: Fraction
    others: int

    @property
    def above(self) -> bool:
        """Whether it is too high rather than too low."""
        return self.value > self.middle


def median(values: Sequence[Number]) -> Fraction:
    """The middle value; of an even number of values the mean of the middle two.

    >>> median([5, 1, 3]), median([1, 2, 3, 10])
    (Fraction(3, 1), Fraction(5, 2))
    """
    if not values:
        raise ValueError("nothing has no middle")
    ordered = sorted(values)
    half, odd = divmod(len(ordered), 2)
    return Fraction(ordered[half]) if odd else Fraction(ordered[half - 1] + ordered[half]) / 2


def mad(values: Sequence[Number], middle: Fraction) -> Fraction:
    """The median distance from the middle.

    >>> mad([1, 1, 2, 2, 4, 6, 9], Fraction(2))
    Fraction(1, 1)
    """
    return median([abs(value - middle) for value in values])


def stands_apart(
    value: Number, others: Sequence[Number], *, least: Number, few: int, limit: Fraction = LIMIT
) -> Apart | None:
    """How a value stands apart from others; ``None`` if it does not, or if they are fewer than ``few``.

    ``least`` is the smallest distance worth a look. Where more than half of the others are equal their spread is
    zero, and any value at least so far away stands apart.

    >>> stands_apart(90, [40, 41, 39, 42, 40, 38], least=5, few=5)
    Apart(value=Fraction(90, 1), middle=Fraction(40, 1), spread=Fraction(1, 1), others=6)
    >>> stands_apart(44, [40, 41, 39, 42, 40, 38], least=5, few=5) is None
    True
    """
    if len(others) < few:
        return None
    middle = median(others)
    distance = abs(value - middle)
    spread = mad(others, middle)
    if distance < least or FACTOR * distance <= limit * spread:
        return None
    return Apart(Fraction(value), middle, spread, len(others))
