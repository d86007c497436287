"""Places: four ways of computing agree, the check finds nothing in them and everything in what was altered."""

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.kernel.errors import Refusal
from junheng.kernel.matching import Group, Market, Ties, Why, explain, faults, key_of, market_of, solve
from junheng.kernel.matching.fast import solve as fast
from junheng.kernel.matching.plain import solve as plain
from tests.kernel.matching.choice import cumulative_offers

MARKETS = 1_500
"""Random markets for each policy of ties, with and without a pool."""


def random_market(dice: random.Random, ties: Ties, *, pool: bool) -> Market:
    """A small crowded market: up to 12 children, 6 groups."""
    count = dice.randint(1, 6)
    groups = [Group(f"g{place}", dice.randint(0, 4), ties) for place in range(count)]
    if pool:
        groups = [replace(one, release_to=count) if dice.random() < 0.6 else one for one in groups]
        groups.append(Group("pool", dice.randint(0, 2), dice.choice([Ties.STRICT, Ties.ADMIT])))
    children = dice.randint(0, 12)
    orders = [dice.sample(range(children), children) for _ in groups]
    wishes = []
    for child in range(children):
        wanted = dice.sample(range(len(groups)), dice.randint(0, len(groups)))
        wishes.append(
            [
                (place, orders[place][child] if groups[place].ties is Ties.STRICT else dice.randint(0, 4))
                for place in wanted
            ]
        )
    return market_of(groups, wishes)


@pytest.mark.parametrize(
    ("ties", "pool"), [(t, p) for t in Ties for p in (False, True) if not (p and t is Ties.REJECT)]
)
def test_four_ways_of_computing_agree_and_nobody_can_object(ties: Ties, *, pool: bool) -> None:
    dice = random.Random(f"{ties}{pool}")
    for _ in range(MARKETS):
        market = random_market(dice, ties, pool=pool)
        result = solve(market)
        assert result.tolist() == plain(market).tolist() == fast(market).tolist(), market
        assert result.tolist() == cumulative_offers(market), market
        assert faults(market, result.tolist()) == [], market


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from([Ties.STRICT, Ties.ADMIT]), st.booleans())
def test_no_other_result_that_can_stand_is_better_for_any_child(seed: int, ties: Ties, pool: bool) -> None:
    market = random_market(random.Random(seed), ties, pool=pool)
    if market.children > 4 or market.edges > 14:
        return
    best = solve(market).tolist()
    ranges = [
        [*range(market.starts[child], market.starts[child + 1]), -1] for child in range(market.children)
    ]
    for other in itertools.product(*ranges):
        if not faults(market, other):
            for child, edge in enumerate(other):
                assert edge == best[child] or best[child] != -1, (market, other)
                assert edge == -1 or best[child] <= edge, (market, other)


def textbook(men: list[str], women: list[str]) -> Market:
    """A marriage market: rows are orders of preference, written in letters."""
    orders = [{man: place for place, man in enumerate(row)} for row in women]
    names = "abcdefgh"
    wishes = [
        [(int(woman) - 1, orders[int(woman) - 1][names[man]]) for woman in row] for man, row in enumerate(men)
    ]
    return market_of([Group(f"w{place + 1}", 1) for place in range(len(women))], wishes)


def stable_ones(market: Market) -> list[tuple[int, ...]]:
    """All results in which everybody is placed and nobody can object."""
    ranges = [range(market.starts[child], market.starts[child + 1]) for child in range(market.children)]
    return [one for one in itertools.product(*ranges) if not faults(market, one)]


@pytest.mark.parametrize(
    ("men", "women", "stable", "best"),
    [
        # Gale and Shapley (1962), example 1: three of the six pairings are stable, the first is the men's best
        (["123", "231", "312"], ["bca", "cab", "abc"], 3, "123"),
        # Gale and Shapley (1962), example 2: one stable pairing
        (["1234", "1432", "2134", "4231"], ["dcab", "bdac", "dabc", "cbad"], 1, "3412"),
        # Roth and Sotomayor (1990), example 2.17: ten stable pairings
        (["1234", "2143", "3412", "4321"], ["dcba", "cdab", "badc", "abcd"], 10, "1234"),
    ],
)
def test_the_textbooks_cases_come_out(men: list[str], women: list[str], stable: int, best: str) -> None:
    market = textbook(men, women)
    result = solve(market)
    assert len(stable_ones(market)) == stable
    assert "".join(str(one + 1) for one in market.group[result].tolist()) == best


def test_reserved_seats_first_or_last_is_a_policy_and_changes_the_result() -> None:
    """100 seats, 50 reserved, numbers inside and outside alike: 50 or 75 of the reserved group (Dur et al. 2018)."""
    groups = [Group("reserved", 50), Group("open", 50)]
    for first, expected in ((0, 50), (1, 75)):
        wishes = []
        for rank in range(200):
            inside = rank % 2 == 0
            own = [(first, rank), (1 - first, rank)] if inside else [(1, rank)]
            wishes.append(own)
        result = solve(market_of(groups, wishes))
        assert sum(1 for child, edge in enumerate(result) if edge >= 0 and child % 2 == 0) == expected


def test_keys_order_by_tier_then_score_then_number() -> None:
    keys = [
        key_of(tier=tier, score=score, rank=rank)
        for tier in (0, 1, 255)
        for score in (65_535, 590, 0)
        for rank in (0, 7, 2**32 - 1)
    ]
    assert keys == sorted(keys)
    assert np.array(keys, dtype=np.uint64).tolist() == keys
    for wrong in ({"tier": 256}, {"tier": -1}, {"score": 65_536}, {"rank": 2**32}):
        with pytest.raises(Refusal, match="超出范围"):
            key_of(**({"tier": 0, "rank": 0} | wrong))


@pytest.mark.parametrize(
    ("groups", "wishes", "code"),
    [
        ([Group("a", -1)], [], "negative-capacity"),
        ([Group("a", 1), Group("a", 1)], [], "group-twice"),
        ([Group("a", 1, release_to=0)], [], "unknown-pool"),
        ([Group("a", 1, release_to=5)], [], "unknown-pool"),
        ([Group("a", 1, release_to=1), Group("b", 1, release_to=2), Group("c", 1)], [], "pool-of-pools"),
        ([Group("a", 1, Ties.REJECT, 1), Group("b", 1)], [], "reject-feeds-pool"),
        ([Group("a", 1)], [[(1, 0)]], "broken-market"),
        ([Group("a", 1)], [[(-1, 0)]], "broken-market"),
        ([Group("a", 1), Group("b", 1)], [[(0, 1), (1, 1), (0, 2)]], "wish-twice"),
        ([Group("a", 1)], [[(0, 4)], [(0, 4)]], "tie-in-strict-group"),
    ],
)
def test_a_market_that_makes_no_sense_refuses_to_exist(
    groups: list[Group], wishes: list[object], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        market_of(groups, wishes)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_the_check_names_what_was_altered() -> None:
    groups = [Group("a", 1), Group("b", 1, Ties.ADMIT), Group("c", 2, Ties.REJECT)]
    market = market_of(
        groups, [[(0, 0), (1, 3)], [(0, 1), (1, 3)], [(1, 1), (2, 5)], [(1, 9), (2, 5)], [(2, 9)]]
    )
    right = solve(market).tolist()
    assert right == plain(market).tolist() == [0, -1, 4, 7, 8]
    assert faults(market, right) == []

    def kinds(*result: int) -> set[tuple[str, int, str]]:
        return {(one.kind, one.child, one.group) for one in faults(market, result)}

    assert kinds(0, 3, 4, 7, 8) == {("over-capacity", -1, "b")}
    assert kinds(-1, -1, 4, 7, 8) == {("waste", 0, "a"), ("waste", 1, "a")}
    assert ("envy", 0, "a") in kinds(1, 2, 4, 7, 8)
    assert kinds(0, 2, 4, 7, 8) == {("over-capacity", -1, "a")}
    assert ("waste", 2, "b") in kinds(0, -1, 5, 7, 8)
    assert kinds(0, -1, 4, 7, -1) == {("waste", 4, "c")}
    assert kinds(2, -1, 4, 7, 8) == {("not-own", 0, "")}
    assert kinds(0, -1) == {("shape", -1, "")}


@pytest.mark.parametrize("ties", Ties)
def test_every_reason_is_true(ties: Ties) -> None:
    dice = random.Random(f"why{ties}")
    for _ in range(400):
        groups = [Group(f"g{place}", dice.randint(0, 3), ties) for place in range(3)]
        ranks = dice.sample(range(40), 14)
        market = market_of(
            groups,
            [
                [
                    (
                        place,
                        key_of(
                            tier=dice.randint(0, 2),
                            score=dice.choice([500, 590]),
                            rank=rank if ties is Ties.STRICT else rank % 3,
                        ),
                    )
                    for place in dice.sample(range(3), dice.randint(0, 3))
                ]
                for rank in ranks
            ],
        )
        result = solve(market)
        told = explain(market, result)
        check_reasons(market, result.tolist(), told.why.tolist(), told)


def check_reasons(market: Market, result: list[int], why: list[int], told: object) -> None:
    keys, group, owners = market.key.tolist(), market.group.tolist(), market.owners().tolist()
    for edge, reason in enumerate(why):
        place, got = group[edge], result[owners[edge]]
        inside = sorted(keys[one] for one in result if one >= 0 and group[one] == place)
        rank = 1 + sum(
            1 for other in range(market.edges) if group[other] == place and keys[other] < keys[edge]
        )
        assert told.rank[edge] == rank  # type: ignore[attr-defined]
        cut = told.cuts[place]  # type: ignore[attr-defined]
        assert (cut.admitted, cut.key) == (len(inside), inside[-1] if inside else None)
        if reason == Why.ADMITTED:
            assert got == edge
        elif reason == Why.NOT_NEEDED:
            assert 0 <= got < edge
        elif reason == Why.NO_SEATS:
            assert cut.seats == 0
        elif reason == Why.TIES_DID_NOT_FIT:
            assert market.groups[place].ties is Ties.REJECT
            assert len(inside) < cut.seats
        else:
            assert len(inside) >= cut.seats > 0
            assert keys[edge] > inside[-1]
            assert rank > cut.rank
            tiers, scores = (
                (keys[edge] >> 56, inside[-1] >> 56),
                (keys[edge] >> 40 & 0xFFFF, inside[-1] >> 40 & 0xFFFF),
            )
            right = (
                Why.LOWER_TIER
                if tiers[0] > tiers[1]
                else Why.LOWER_SCORE
                if scores[0] > scores[1]
                else Why.LATER_NUMBER
            )
            assert reason == right


def test_an_empty_market_has_an_empty_result() -> None:
    for groups in ([], [Group("a", 3)]):
        market = market_of(groups, [])
        assert solve(market).tolist() == plain(market).tolist() == []
        assert explain(market, solve(market)).rank.tolist() == []
