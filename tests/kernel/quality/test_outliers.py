"""Values that stand apart: on both sides of the limit, exactly, and unmoved by the wrong values themselves."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.kernel.quality import LIMIT, mad, median, stands_apart
from junheng.kernel.quality.outliers import FACTOR

USUAL = [38, 39, 40, 41, 42]
NUMBERS = st.lists(st.integers(-1000, 1000), min_size=1, max_size=30)


def test_on_both_sides_of_the_limit() -> None:
    # median 40, median absolute deviation 1: beyond 3.5 / 0.6745 = 5.189… a value stands apart
    edge = LIMIT / FACTOR
    assert stands_apart(40 + edge, USUAL, least=0, few=5) is None
    assert stands_apart(40 + edge + Fraction(1, 10_000), USUAL, least=0, few=5) is not None
    assert stands_apart(45, USUAL, least=0, few=5) is None
    found = stands_apart(46, USUAL, least=0, few=5)
    assert found is not None
    assert (found.middle, found.spread, found.others, found.above) == (40, 1, 5, True)
    low = stands_apart(34, USUAL, least=0, few=5)
    assert low is not None
    assert not low.above


def test_what_is_too_little_or_too_few_says_nothing() -> None:
    assert stands_apart(46, USUAL, least=7, few=5) is None
    assert stands_apart(46, USUAL, least=6, few=6) is None
    assert stands_apart(41, [40] * 9, least=2, few=5) is None
    assert stands_apart(42, [40] * 9, least=2, few=5) is not None


def test_the_wrong_values_do_not_hide_one_another() -> None:
    # with mean and standard deviation three wrong values of ten would pass for usual ones
    assert stands_apart(400, [*USUAL, 40, 41, 390, 400, 410], least=0, few=5) is not None


def test_nothing_has_no_middle() -> None:
    with pytest.raises(ValueError, match="no middle"):
        median([])


@given(NUMBERS, st.integers(-50, 50))
def test_median_and_spread_move_with_the_values(values: list[int], by: int) -> None:
    moved = [value + by for value in values]
    assert median(moved) == median(values) + by
    assert mad(moved, median(moved)) == mad(values, median(values))
    assert sum(value < median(values) for value in values) * 2 <= len(values)
