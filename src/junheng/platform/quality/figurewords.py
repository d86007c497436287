"""Fractions as people read them in a sentence."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def fraction_words(value: Fraction | int) -> str:
    """A fraction with at most one digit after the point, rounded half up.

    >>> fraction_words(Fraction(81, 2)), fraction_words(Fraction(42)), fraction_words(Fraction(1, 3))
    ('40.5', '42', '0.3')
    """
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return str(quotient.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))
