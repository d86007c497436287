"""Chance that repeats itself, and whole numbers that add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.spread import deal, rank_within, spread

STREAM = [15103540257780751166, 15617586994331924553, 7302500829629446729]
SMALL = [7, 5, 3, 0, 7]


def test_the_stream_is_the_same_on_every_machine() -> None:
    assert Dice(4108, "schools").bits(3).tolist() == STREAM
    assert Dice(4108, "schools").below(10, 5).tolist() == SMALL


def test_a_stream_goes_on_where_it_stopped() -> None:
    whole, parts = Dice(1, "a"), Dice(1, "a")
    assert whole.bits(7).tolist() == [*parts.bits(3).tolist(), *parts.bits(4).tolist()]


def test_subjects_do_not_share_a_stream() -> None:
    assert Dice(1, "a").bits(5).tolist() != Dice(1, "b").bits(5).tolist()
    assert Dice(1, "a").bits(5).tolist() != Dice(2, "a").bits(5).tolist()


@given(st.integers(0, 2**63), st.integers(1, 200), st.data())
def test_some_are_different_and_in_order(seed: int, count: int, data: st.DataObject) -> None:
    wanted = data.draw(st.integers(0, count))
    chosen = Dice(seed, "x").some(count, wanted).tolist()
    assert chosen == sorted(set(chosen))
    assert len(chosen) == wanted
    assert all(0 <= each < count for each in chosen)


def test_no_more_than_there_are() -> None:
    with pytest.raises(ValueError, match="5 wanted, only 4 there"):
        Dice(1, "x").some(4, 5)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=50), st.integers(0, 10**6), st.integers(0, 3))
def test_a_spread_adds_up_and_follows_the_weights(weights: list[int], more: int, least: int) -> None:
    total = more + least * len(weights)
    parts = spread(total, weights, least)
    assert parts.sum() == total
    assert (parts >= least).all()
    exact = [more * weight / sum(weights) for weight in weights]
    assert all(abs(part - least - share) < 1 for part, share in zip(parts, exact, strict=True))


def test_what_cannot_be_spread_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be spread"):
        spread(3, [], 0)
    with pytest.raises(ValueError, match="cannot be spread"):
        spread(3, [1, 1], 2)
    assert spread(0, [0, 0]).tolist() == [0, 0]


def test_dealing_gives_the_larger_parts_first() -> None:
    assert deal(8, 3).tolist() == [3, 3, 2]


@given(st.lists(st.integers(0, 5), max_size=60))
def test_rank_counts_the_earlier_ones_of_the_same_group(groups: list[int]) -> None:
    plain = [groups[:place].count(group) for place, group in enumerate(groups)]
    assert rank_within(np.array(groups, dtype=np.int64)).tolist() == plain
