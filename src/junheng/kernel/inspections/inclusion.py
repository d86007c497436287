"""How likely every unit is to be drawn: exact, as a fraction, before anything is drawn.

The smallest of w hashes has the distribution of the smallest of w uniform numbers, so a unit is still out at the height
1 − z with probability z^w. A unit is among the k first where fewer than k of the others came before it: a polynomial in
z, whose integral over the unit's own density w·z^(w−1) is a sum of fractions. No floating point is in it.
"""

from collections.abc import Sequence
from fractions import Fraction

Polynomial = dict[int, int]
"""Whole coefficients by the power of z."""


def chances(weights: Sequence[int], size: int) -> list[Fraction]:
    """The probability of each unit of one stratum to be among the ``size`` that are drawn.

    >>> [str(one) for one in chances([1, 1, 1], 2)], [str(one) for one in chances([1, 2], 1)]
    (['2/3', '2/3', '2/3'], ['1/3', '2/3'])
    """
    if size >= len(weights):
        return [Fraction(1)] * len(weights)
    if size <= 0:
        return [Fraction(0)] * len(weights)
    known = {one: chance(one, others(weights, one), size) for one in set(weights)}
    return [known[one] for one in weights]


def others(weights: Sequence[int], own: int) -> list[int]:
    """The weights of the rest where one unit of this weight is looked at."""
    rest = list(weights)
    rest.remove(own)
    return rest


def chance(own: int, rest: Sequence[int], size: int) -> Fraction:
    """The probability that fewer than ``size`` of the rest come before a unit of this weight."""
    before: list[Polynomial] = [{0: 1}] + [{} for _ in range(size - 1)]
    for weight in rest:
        before = [
            summed(
                shifted(before[count], weight),
                before[count - 1] if count else {},
                shifted(before[count - 1], weight, -1) if count else {},
            )
            for count in range(size)
        ]
    terms = summed(*before)
    return sum((Fraction(own * times, own + power) for power, times in terms.items()), Fraction(0))


def shifted(one: Polynomial, by: int, times: int = 1) -> Polynomial:
    """A polynomial times a power of z."""
    return {power + by: times * value for power, value in one.items()}


def summed(*every: Polynomial) -> Polynomial:
    """The sum of polynomials."""
    found: Polynomial = {}
    for one in every:
        for power, value in one.items():
            found[power] = found.get(power, 0) + value
    return found
