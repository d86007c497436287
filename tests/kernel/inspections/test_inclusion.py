"""The stated chances: exact, summing to the size, and those of every order that can be drawn."""

from fractions import Fraction
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.kernel.inspections import chances


def by_every_order(weights: list[int], size: int) -> list[Fraction]:
    """Units drawn one after another in proportion to weight: every order, tried one by one."""
    found = [Fraction(0)] * len(weights)
    for order in permutations(range(len(weights)), size):
        left, chance = sum(weights), Fraction(1)
        for one in order:
            chance *= Fraction(weights[one], left)
            left -= weights[one]
        for one in order:
            found[one] += chance
    return found


@given(st.lists(st.integers(1, 15), min_size=1, max_size=6), st.data())
@settings(deadline=None)
def test_chances_are_those_of_every_order(weights, data) -> None:
    size = data.draw(st.integers(0, len(weights)))
    assert chances(weights, size) == by_every_order(weights, size)


@given(st.lists(st.integers(1, 15), min_size=1, max_size=14), st.data())
@settings(deadline=None)
def test_chances_sum_to_the_size_and_follow_the_weight(weights, data) -> None:
    size = data.draw(st.integers(1, len(weights)))
    found = chances(weights, size)
    assert sum(found) == size
    assert all(0 < one <= 1 for one in found)
    ordered = sorted(zip(weights, found, strict=True))
    assert [one for _weight, one in ordered] == sorted(one for _weight, one in ordered)
