"""Coordination and stages: nobody who was placed is worse off, every stage can stand by itself, rules are kept literally."""

import random

import pytest

from junheng.kernel.errors import Refusal
from junheng.kernel.matching import Group, Market, Ties, faults, key_of, market_of, solve
from junheng.kernel.matching.stages import Stage, run_stages
from junheng.kernel.matching.tail import Tail, coordinate, vacant
from tests.kernel.matching.choice import choose
from tests.kernel.matching.test_matching import random_market


@pytest.mark.parametrize("ties", [Ties.STRICT, Ties.ADMIT])
def test_children_without_a_place_ask_on_where_there_are_places(ties: Ties) -> None:
    dice = random.Random(f"tail{ties}")
    for _ in range(500):
        market = random_market(dice, ties, pool=False)
        first = solve(market)
        done = coordinate(market, nearest_first(dice, market))
        assert faults(done.market, done.result.tolist()) == []
        assert (done.result >= 0).sum() >= (first >= 0).sum()
        still_open = set(vacant(done.market, done.result)) & set(vacant(market, first))
        assert not still_open or (done.result >= 0).all(), "nobody is without a place while one was open"
        for child in range(market.children):
            mine = slice(done.market.starts[child], done.market.starts[child + 1])
            wished = done.market.group[mine][done.own[mine]].tolist()
            assert wished == market.group[market.starts[child] : market.starts[child + 1]].tolist()


def nearest_first(dice: random.Random, market: Market) -> Tail:
    """Lists of the open groups by a distance of their own, with one number a child."""
    far = [dice.random() for _ in market.groups]
    rank = dice.sample(range(100, 160), market.children)
    return lambda child, groups: [(place, rank[child]) for place in sorted(groups, key=far.__getitem__)]


def senior(score: int, rank: int) -> int:
    return key_of(tier=0, score=score, rank=rank)


def test_open_seats_then_quota_within_fifty_points_then_what_is_left() -> None:
    """One senior school: 2 open seats, 1 of the quota for each of two junior schools, what stays empty is released."""
    groups = [
        Group("open", 2),
        Group("quota-a", 1, Ties.ADMIT),
        Group("quota-b", 1, Ties.ADMIT),
        Group("released", 0),
    ]
    scores = [(600, "a"), (590, "a"), (560, "a"), (560, "a"), (500, "b"), (585, "a")]
    wishes = []
    for rank, (score, junior) in enumerate(scores):
        quota = 1 if junior == "a" else 2
        wishes.append([(0, senior(score, rank)), (quota, senior(score, 0)), (3, senior(score, rank))])
    market = market_of(groups, wishes)
    stages = [
        Stage("open", frozenset({0})),
        Stage(
            "quota",
            frozenset({1, 2}),
            floors=lambda lines: {1: lines[0] - 50, 2: lines[0] - 50},
        ),
        Stage("released", frozenset({3}), releases={1: 3, 2: 3}),
    ]
    done = run_stages(market, stages)
    got = [groups[market.group[edge]].code if edge >= 0 else "" for edge in done.result.tolist()]
    # the open line is 590, so 500 is below the floor of 540; the seat of b is released to the best who is left
    assert got == ["open", "open", "released", "", "", "quota-a"]
    for frozen in done.stages:
        assert faults(frozen.market, frozen.result.tolist()) == []
    tied = run_stages(market_of(groups, [*wishes[:5]]), stages)
    assert [groups[market.group[edge]].code for edge in tied.result.tolist() if edge >= 0] == [
        "open",
        "open",
        "quota-a",
        "quota-a",
        "released",
    ], "equal scores come in together"


def literal(market: Market, stages: list[Stage]) -> list[int]:
    """The same by the words of the rule, child by child, for stages in which every child counts with one wish."""
    result = [-1] * market.children
    lines: dict[int, int] = {}
    left: dict[int, int] = {}
    for stage in stages:
        floors = stage.floors(lines)
        offers: dict[int, list[tuple[int, int]]] = {place: [] for place in stage.groups}
        edge_of: dict[int, int] = {}
        for child in range(market.children):
            inside = [
                edge
                for edge in range(market.starts[child], market.starts[child + 1])
                if market.group[edge] in stage.groups
            ][:1]
            for edge in inside if result[child] < 0 else []:
                place, score = int(market.group[edge]), 65_535 - (int(market.key[edge]) >> 40 & 0xFFFF)
                if score >= floors.get(place, 0):
                    offers[place].append((int(market.key[edge]), child))
                    edge_of[child] = edge
        for place in stage.groups:
            seats = market.groups[place].capacity
            seats += sum(left[one] for one, target in stage.releases.items() if target == place)
            taken = choose(offers[place], seats, market.groups[place].ties)
            left[place] = max(0, seats - len(taken))
            for child in taken:
                result[child] = edge_of[child]
            if taken:
                keys = [int(market.key[edge_of[child]]) for child in taken]
                lines[place] = min(65_535 - (key >> 40 & 0xFFFF) for key in keys)
    return result


def test_random_cities_come_out_as_the_rule_says() -> None:
    dice = random.Random("stages")
    for _ in range(400):
        schools, juniors = dice.randint(1, 3), dice.randint(1, 3)
        groups = [Group(f"open{h}", dice.randint(0, 3)) for h in range(schools)]
        groups += [
            Group(f"q{h}-{j}", dice.randint(0, 2), Ties.ADMIT) for h in range(schools) for j in range(juniors)
        ]
        groups += [Group(f"rest{h}", 0) for h in range(schools)]
        quota = {(h, j): schools + h * juniors + j for h in range(schools) for j in range(juniors)}
        rest = {h: schools + schools * juniors + h for h in range(schools)}
        wishes = []
        for rank in range(dice.randint(0, 14)):
            h, j, score = (
                dice.randrange(schools),
                dice.randrange(juniors),
                dice.choice([600, 590, 560, 540, 500]),
            )
            wishes.append(
                [(h, senior(score, rank)), (quota[h, j], senior(score, 0)), (rest[h], senior(score, rank))]
            )
        stages = [
            Stage("open", frozenset(range(schools)), first_only=True),
            Stage(
                "quota",
                frozenset(quota.values()),
                first_only=True,
                floors=lambda lines, quota=quota: {  # type: ignore[misc]
                    place: max(520, lines.get(h, 0) - 50) for (h, _j), place in quota.items()
                },
            ),
            Stage(
                "rest",
                frozenset(rest.values()),
                first_only=True,
                releases={place: rest[h] for (h, _j), place in quota.items()},
            ),
        ]
        market = market_of(groups, wishes)
        assert run_stages(market, stages).result.tolist() == literal(market, stages)


@pytest.mark.parametrize(
    ("stages", "code"),
    [
        ([Stage("a", frozenset({0})), Stage("b", frozenset({0, 1}))], "stages-overlap"),
        ([Stage("a", frozenset({0, 7}))], "stages-overlap"),
        ([Stage("a", frozenset({0}))], "group-in-no-stage"),
        ([Stage("a", frozenset({0}), releases={1: 0}), Stage("b", frozenset({1}))], "release-backwards"),
        ([Stage("a", frozenset({0})), Stage("b", frozenset({1}), releases={0: 0})], "release-backwards"),
    ],
)
def test_stages_that_make_no_sense_are_refused(stages: list[Stage], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        run_stages(market_of([Group("x", 1), Group("y", 1)], []), stages)
    assert refused.value.code == code


def test_a_pool_and_stages_at_once_are_refused() -> None:
    market = market_of([Group("x", 1, release_to=1), Group("y", 1)], [])
    with pytest.raises(Refusal, match="分阶段录取"):
        run_stages(market, [Stage("a", frozenset({0, 1}))])
