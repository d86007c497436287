"""Rounding to a step, exactly: integers and fractions in, integers and fractions out, never a binary float."""

from enum import StrEnum
from fractions import Fraction

Number = int | Fraction


class Rounding(StrEnum):
    """What happens to the half between two printed numbers. A bureau chooses one and says which."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    TRUNCATE = "truncate"


def tidy(value: Number) -> Number:
    """The same number, as an ``int`` where it is whole, so that equal numbers also look equal.

    >>> tidy(Fraction(14, 2)), tidy(Fraction(1, 3))
    (7, Fraction(1, 3))
    """
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    return value


def round_to(value: Number, step: Number, rounding: Rounding = Rounding.HALF_UP) -> Number:
    """The multiple of ``step`` that stands for ``value``. Halves go away from zero, to even, or are cut off.

    >>> round_to(322_599, 100), round_to(322_599, 100, Rounding.TRUNCATE)
    (322600, 322500)
    >>> round_to(250, 100), round_to(250, 100, Rounding.HALF_EVEN)
    (300, 200)
    """
    if step <= 0:
        raise ValueError(f"a step is positive, not {step}")
    steps = abs(Fraction(value)) / Fraction(step)
    whole = steps.numerator // steps.denominator
    rest = steps - whole
    half = Fraction(1, 2)
    if rounding is Rounding.HALF_UP:
        up = rest >= half
    elif rounding is Rounding.HALF_EVEN:
        up = rest > half or (rest == half and whole % 2 == 1)
    else:
        up = False
    rounded = Fraction(whole + int(up)) * Fraction(step)
    return tidy(-rounded if value < 0 else rounded)
