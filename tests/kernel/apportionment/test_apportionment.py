"""Quota tables: rows exact, columns and cells within one, as close as can be, and the same from everybody."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.kernel.apportionment import Shares, controlled_rounding, faults, is_closest, reasons
from junheng.kernel.errors import Refusal

tables = st.builds(
    lambda seats, weights: Shares(
        tuple(f"r{i}" for i in range(len(seats))),
        tuple(seats),
        tuple(f"c{j}" for j in range(len(weights))),
        tuple(weights),
    ),
    st.lists(st.integers(0, 40), min_size=1, max_size=4),
    st.lists(st.integers(0, 30), min_size=1, max_size=5).filter(any),
)


@settings(max_examples=200, deadline=None)
@given(tables)
def test_every_sum_is_right_and_no_table_is_closer(shares: Shares) -> None:
    table = controlled_rounding(shares, order="焦教〔2024〕1号")
    assert faults(shares, table) == []
    assert is_closest(shares, table)


@settings(max_examples=60, deadline=None)
@given(tables.filter(lambda shares: len(shares.rows) * len(shares.columns) <= 9))
def test_all_other_tables_were_tried(shares: Shares) -> None:
    best = controlled_rounding(shares, order="x")
    rows, columns = range(len(shares.rows)), range(len(shares.columns))
    places = [(i, j) for i in rows for j in columns if shares.rest(i, j)]
    cost = lambda table: sum(  # noqa: E731 (said once)
        shares.whole - 2 * shares.rest(i, j) for i, j in places if table[i][j] > shares.floor(i, j)
    )
    for raised in itertools.product((0, 1), repeat=len(places)):
        other = [[shares.floor(i, j) for j in columns] for i in rows]
        for (i, j), more in zip(places, raised, strict=True):
            other[i][j] += more
        if not faults(shares, other):
            assert cost(best) <= cost(other)
            assert is_closest(shares, other) == (cost(other) == cost(best))


def test_a_city_of_36_senior_and_300_junior_schools_adds_up_both_ways() -> None:
    dice = random.Random(36)
    shares = Shares(
        tuple(f"高{i}" for i in range(36)),
        tuple(dice.randint(200, 900) for _ in range(36)),
        tuple(f"初{j}" for j in range(300)),
        tuple(dice.randint(20, 600) for _ in range(300)),
    )
    table = controlled_rounding(shares, order="seed")
    assert faults(shares, table) == []
    assert is_closest(shares, table)
    assert table == controlled_rounding(shares, order="seed")
    # rounding every cell by itself, as one would in a spreadsheet, is wrong in most rows
    plain = [[round(seats * weight / shares.whole) for weight in shares.weights] for seats in shares.seats]
    assert len(faults(shares, plain)) > 30


def test_between_equally_close_tables_the_published_order_decides() -> None:
    shares = Shares(("a", "b"), (1, 1), ("x", "y"), (1, 1))
    found = {tuple(map(tuple, controlled_rounding(shares, order=str(order)))) for order in range(40)}
    assert found == {((1, 0), (0, 1)), ((0, 1), (1, 0))}


def test_what_is_altered_is_named() -> None:
    shares = Shares(("高一",), (10,), ("初一", "初二", "初三"), (1, 1, 1))
    table = controlled_rounding(shares, order="")
    assert sorted(table[0]) == [3, 3, 4]
    assert "gives 11 seats" in faults(shares, [[4, 4, 3]])[0]
    assert any("初一 receives 5" in told for told in faults(shares, [[5, 3, 2]]))
    assert any("高一 → 初三: 2 seats" in told for told in faults(shares, [[5, 3, 2]]))
    assert faults(shares, [[10]]) == ["the table has not one cell for every pair of schools"]
    told = reasons(shares, table, table[0].index(4))
    assert [(one.row, str(one.exact), one.given, one.raised) for one in told] == [("高一", "10/3", 4, True)]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((("a",), (1, 2), ("x",), (1,)), "uneven-table"),
        ((("a", "a"), (1, 2), ("x",), (1,)), "school-twice"),
        ((("a",), (-1,), ("x",), (1,)), "negative-number"),
        ((("a",), (1,), ("x",), (0,)), "nobody-graduates"),
    ],
)
def test_a_table_that_makes_no_sense_refuses_to_exist(given: tuple[object, ...], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Shares(*given)  # type: ignore[arg-type]
    assert refused.value.code == code
