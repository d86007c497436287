"""Floors that hang on the outcome: the lowest that agree with it, by the words of the rule."""

import itertools
import random

import pytest

from junheng.kernel.errors import Refusal
from junheng.kernel.matching import Group, Market, Ties, key_of, market_of
from junheng.kernel.matching.floors import Under, solve_above
from tests.kernel.matching.choice import cumulative_offers
from tests.kernel.matching.often import often


def quota_city(dice: random.Random) -> tuple[Market, dict[int, Under]]:
    """Two senior schools with open seats and seats for two junior schools, not far under the open line."""
    schools, less = 2, dice.choice([10, 20, 50])
    groups = [Group(f"open{h}", dice.randint(0, 3)) for h in range(schools)]
    groups += [Group(f"q{h}-{j}", dice.randint(0, 2), dice.choice([Ties.ADMIT, Ties.STRICT])) for h in range(schools) for j in (0, 1)]  # fmt: skip
    rules = {
        schools + 2 * h + j: Under(dice.choice([0, 500]), h, less) for h in range(schools) for j in (0, 1)
    }
    lists = []
    for rank in range(dice.randint(0, 12)):
        score, junior = dice.choice([610, 600, 590, 560, 545, 540, 520, 500]), dice.randrange(2)
        wanted = []
        for h in dice.sample(range(schools), dice.randint(1, schools)):
            tied = groups[schools + 2 * h + junior].ties is Ties.ADMIT
            pair = [
                (h, key_of(tier=0, score=score, rank=rank)),
                (schools + 2 * h + junior, key_of(tier=0, score=score, rank=0 if tied else rank)),
            ]
            wanted += pair if dice.random() < 0.4 else pair[::-1]
        lists.append(wanted)
    return market_of(groups, lists), rules


def agrees(market: Market, rules: dict[int, Under], floors: dict[int, int]) -> list[int] | None:
    """The places under these floors if, by the words of the rule, they are those that follow from the places."""
    starts, group, key = market.starts.tolist(), market.group.tolist(), market.key.tolist()
    score = [65_535 - (one >> 40 & 0xFFFF) for one in key]
    lists = [
        [(group[edge], key[edge]) for edge in range(starts[child], starts[child + 1]) if score[edge] >= floors.get(group[edge], 0)]
        for child in range(market.children)
    ]  # fmt: skip
    part = market_of(market.groups, lists)
    result = cumulative_offers(part)
    place = [int(part.group[edge]) if edge >= 0 else -1 for edge in result]
    for at, rule in rules.items():
        inside = [65_535 - (int(part.key[edge]) >> 40 & 0xFFFF) for edge, where in zip(result, place, strict=True) if where == rule.of]  # fmt: skip
        full = inside and len(inside) >= market.groups[rule.of].capacity
        if floors[at] != (max(rule.at_least, min(inside) - rule.less) if full else rule.at_least):
            return None
    return place


@often(120)
def test_a_floor_under_the_line_is_the_lowest_that_agrees_with_its_own_outcome(markets: int) -> None:
    """All floors that could be are tried; of those that agree, one is the lowest at every group: that is the one."""
    dice = random.Random("floors")
    repeated = 0
    for _ in range(markets):
        market, rules = quota_city(dice)
        done = solve_above(market, rules)
        repeated += done.runs > 2
        scores = sorted({65_535 - (int(one) >> 40 & 0xFFFF) for one in market.key})
        schools = sorted({rule.of for rule in rules.values()})
        consistent = []
        for line in itertools.product([0, *scores], repeat=len(schools)):
            of = dict(zip(schools, line, strict=True))
            floors = {at: max(rule.at_least, of[rule.of] - rule.less) for at, rule in rules.items()}
            if (place := agrees(market, rules, floors)) is not None:
                consistent.append((floors, place))
        assert all(done.floors[at] <= floors[at] for floors, _place in consistent for at in rules)
        mine = [int(market.group[edge]) if edge >= 0 else -1 for edge in done.result]
        assert (dict(done.floors), mine) in consistent, (market, rules, done)
    assert repeated


def test_who_falls_under_one_floor_may_raise_another() -> None:
    """Child 1 falls at quota A and takes open B from child 2, whose line rises; so child 3 falls at quota B."""
    groups = [Group("openA", 1), Group("openB", 1), Group("quotaA", 1), Group("quotaB", 1)]
    lists = [
        [(0, key_of(tier=0, score=610, rank=0))],
        [(2, key_of(tier=0, score=560, rank=1)), (1, key_of(tier=0, score=560, rank=1))],
        [(1, key_of(tier=0, score=500, rank=2))],
        [(3, key_of(tier=0, score=520, rank=3))],
    ]
    rules = {2: Under(0, 0, 20), 3: Under(0, 1, 20)}
    done = solve_above(market_of(groups, lists), rules)
    assert (done.runs, dict(done.floors), done.result.tolist()) == (3, {2: 590, 3: 540}, [0, 2, -1, -1])


def test_floors_that_make_no_sense_are_refused() -> None:
    market = market_of([Group("a", 1), Group("b", 1)], [])
    for rules in ({0: Under(0, 0, 5)}, {0: Under(0, 7, 5)}, {9: Under(0, 0, 5)}):
        with pytest.raises(Refusal, match="不存在"):
            solve_above(market, rules)
    for groups in ([Group("a", 1, Ties.REJECT), Group("b", 1)], [Group("a", 1, release_to=1), Group("b", 1)]):
        with pytest.raises(Refusal, match="分阶段录取"):
            solve_above(market_of(groups, []), {0: Under(0, 1, 5)})
