"""What is promised of the mechanism, tried on very many small markets against solvers that know only its words."""

import itertools
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from junheng.kernel.matching import Group, Market, Ties, faults, key_of, market_of, solve
from junheng.kernel.matching.tail import coordinate
from tests.kernel.matching.choice import cumulative_offers
from tests.kernel.matching.often import often
from tests.kernel.matching.test_matching import random_market

Lists = list[list[tuple[int, int]]]


# --- reserves: a school as an ordered list of slots --------------------------------------------------------------


def slot_choice(slots: list[tuple[int, dict[int, int]]], asked: set[int]) -> dict[int, int]:
    """Whom a school takes, by its words: its kinds of seats in their order, each the best who are eligible and left.

    A kind of seats is a capacity and, for each child who is eligible, a place in its order (Kominers and Sönmez 2016).
    """
    taken: dict[int, int] = {}
    for kind, (seats, order) in enumerate(slots):
        left = sorted((order[child], child) for child in asked - taken.keys() if child in order)
        taken |= {child: kind for _place, child in left[:seats]}
    return taken


def cumulative_by_school(
    schools: list[list[tuple[int, dict[int, int]]]], wishes: list[list[int]]
) -> list[int]:
    """Everybody asks schools, not seats; each school chooses anew from all who ever asked it. The school or -1."""
    made = [0] * len(wishes)
    while True:
        asked: dict[int, set[int]] = defaultdict(set)
        for child, wanted in enumerate(wishes):
            for school in wanted[: made[child]]:
                asked[school].add(child)
        place = {
            child: school for school, some in asked.items() for child in slot_choice(schools[school], some)
        }
        idle = [
            child for child, wanted in enumerate(wishes) if child not in place and made[child] < len(wanted)
        ]
        if not idle:
            return [place.get(child, -1) for child in range(len(wishes))]
        for child in idle:
            made[child] += 1


@often(400)
@pytest.mark.parametrize("kind", ["hard", "soft", "mixed"])
def test_groups_in_order_of_precedence_are_the_schools_own_choice(kind: str, markets: int) -> None:
    dice = random.Random(f"slots{kind}")
    for _ in range(markets):
        children = dice.randint(1, 10)
        minority = [dice.random() < 0.4 for _ in range(children)]
        schools: list[list[tuple[int, dict[int, int]]]] = []
        for _school in range(dice.randint(1, 4)):
            slots = []
            for _slot in range(dice.randint(1, 3)):
                rank = dice.sample(range(children), children)
                reserved, soft = (
                    dice.random() < 0.5,
                    kind == "soft" or (kind == "mixed" and dice.random() < 0.5),
                )
                order = {
                    child: rank[child] + (100 if reserved and not minority[child] else 0)
                    for child in range(children)
                    if soft or not reserved or minority[child]
                }
                slots.append((dice.randint(0, 3), order))
            schools.append(slots)
        wishes = [dice.sample(range(len(schools)), dice.randint(0, len(schools))) for _ in range(children)]
        place_of = {pair: at for at, pair in enumerate((s, k) for s, slots in enumerate(schools) for k in range(len(slots)))}  # fmt: skip
        groups = [Group(f"{s}-{k}", schools[s][k][0]) for s, k in place_of]
        edges = [
            [
                (place_of[school, slot], order[child])
                for school in wanted
                for slot, (_seats, order) in enumerate(schools[school])
                if child in order
            ]
            for child, wanted in enumerate(wishes)
        ]
        market = market_of(groups, edges)
        result = solve(market)
        school_of = [
            int(groups[market.group[edge]].code.split("-")[0]) if edge >= 0 else -1 for edge in result
        ]
        assert school_of == cumulative_by_school(schools, wishes), (schools, wishes)


# --- truth -------------------------------------------------------------------------------------------------------


def lies(lists: Lists, child: int) -> Iterator[list[tuple[int, int]]]:
    """Everything else that a child could have said: every choice and order of the groups that it may ask."""
    for length in range(len(lists[child]) + 1):
        yield from map(list, itertools.permutations(lists[child], length))


def profitable(
    solver: Callable[[Market], list[int]], groups: list[Group], lists: Lists
) -> list[tuple[int, object]]:
    """Children who get something better, by their true list, by saying something else."""

    def places(said: Lists) -> list[int]:
        market = market_of(groups, said)
        return [int(market.group[edge]) if edge >= 0 else -1 for edge in solver(market)]

    found: list[tuple[int, object]] = []
    right = places(lists)
    for child, truth in enumerate(lists):
        order = [group for group, _key in truth]
        now = order.index(right[child]) if right[child] >= 0 else len(order)
        for lie in lies(lists, child):
            got = places([*lists[:child], lie, *lists[child + 1 :]])[child]
            if got >= 0 and order.index(got) < now:
                found.append((child, lie))
    return found


def small(dice: random.Random, *, pool: bool) -> tuple[list[Group], Lists]:
    """Up to five children and three groups, keys all different."""
    count = dice.randint(1, 3)
    groups = [Group(f"g{place}", dice.randint(0, 2)) for place in range(count)]
    if pool:
        groups = [replace(one, release_to=count) if dice.random() < 0.6 else one for one in groups]
        groups.append(Group("pool", dice.randint(0, 1)))
    children = dice.randint(2, 5)
    orders = [dice.sample(range(children), children) for _ in groups]
    return groups, [
        [(place, orders[place][child]) for place in dice.sample(range(len(groups)), dice.randint(1, min(3, len(groups))))]
        for child in range(children)
    ]  # fmt: skip


@often(60)
@pytest.mark.parametrize("pool", [False, True])
def test_nobody_gains_by_another_list(pool: bool, markets: int) -> None:
    """Without pools this is a theorem (Dubins and Freedman 1981; Roth 1982); with them none was found."""
    dice = random.Random(f"truth{pool}")
    for _ in range(markets):
        groups, lists = small(dice, pool=pool)
        assert profitable(lambda market: solve(market).tolist(), groups, lists) == [], (groups, lists)


def at_once(market: Market) -> list[int]:
    """志愿优先, immediate acceptance: all first wishes are filled for good, then all second ones, and so on."""
    left = [one.capacity for one in market.groups]
    result = [-1] * market.children
    for turn in range(int(np.diff(market.starts).max(initial=0))):
        asking = [
            (int(market.key[edge]), child, edge)
            for child in range(market.children)
            if result[child] < 0 and (edge := int(market.starts[child]) + turn) < market.starts[child + 1]
        ]
        for _key, child, edge in sorted(asking):
            if left[market.group[edge]]:
                left[market.group[edge]] -= 1
                result[child] = edge
    return result


def test_the_search_for_lies_finds_them_where_they_pay() -> None:
    """Where first wishes are filled for good, who names the popular school loses the safe one: known lies are found."""
    dice = random.Random("lies")
    found = sum(bool(profitable(at_once, *small(dice, pool=False))) for _ in range(200))
    assert found > 20


# --- twins and siblings ------------------------------------------------------------------------------------------


@often(300)
def test_twins_with_one_number_and_one_list_stay_together_and_cost_one_seat_at_most(markets: int) -> None:
    dice = random.Random("twins")
    for _ in range(markets):
        count = dice.randint(1, 4)
        groups = [Group(f"g{place}", dice.randint(0, 4), Ties.ADMIT) for place in range(count)]
        lists: Lists = []
        pairs = []
        for rank in range(dice.randint(1, 9)):
            own = [(place, key_of(tier=dice.randint(0, 2), rank=rank)) for place in dice.sample(range(count), dice.randint(0, count))]  # fmt: skip
            if dice.random() < 0.3:
                pairs.append((len(lists), len(lists) + 1))
                lists.append(own)
            lists.append(own)
        market = market_of(groups, lists)
        result = solve(market).tolist()
        place = [int(market.group[edge]) if edge >= 0 else -1 for edge in result]
        assert all(place[one] == place[other] for one, other in pairs)
        for at, group in enumerate(groups):
            assert place.count(at) <= group.capacity + 1
            over = place.count(at) > group.capacity
            assert not over or any(place[one] == at for one, _other in pairs)
        assert faults(market, result) == []


@often(200)
def test_grade_by_grade_from_the_eldest_no_child_objects_within_its_grade(markets: int) -> None:
    """Siblings: elder grades are settled first, then who has a brother or sister at a school comes first there.

    Across grades a stable result need not exist (Correa et al. 2022); within each grade it does, and that is promised.
    """
    dice = random.Random("siblings")
    followed = 0
    for _ in range(markets):
        schools = dice.randint(1, 4)
        at_school: dict[int, int] = {}
        family = 0
        for _grade in range(3):
            groups = [Group(f"s{place}", dice.randint(0, 2)) for place in range(schools)]
            families = dice.sample(range(12), dice.randint(1, 6))
            lists = []
            for rank, family in enumerate(families):
                wanted = dice.sample(range(schools), dice.randint(1, schools))
                lists.append(
                    [
                        (place, key_of(tier=0 if at_school.get(family) == place else 1, rank=rank))
                        for place in wanted
                    ]
                )
            market = market_of(groups, lists)
            result = solve(market).tolist()
            assert result == cumulative_offers(market)
            assert faults(market, result) == []
            for family, edge in zip(families, result, strict=True):
                if edge >= 0:
                    followed += at_school.get(family) == int(market.group[edge])
                    at_school.setdefault(family, int(market.group[edge]))
    assert followed > markets / 4


# --- coordination ------------------------------------------------------------------------------------------------


@often(2)
def test_coordination_by_distance_leaves_no_envy_where_the_shortest_ways_do(markets: int) -> None:
    """400 children, 8 schools: whoever asks on does so by tier and number, so nobody may object; sending the rest of the
    children where the sum of the ways is least does leave objections.
    """
    dice = random.Random("tail")
    envy = 0
    for _ in range(markets):
        homes = [(dice.random(), dice.random()) for _ in range(400)]
        doors = [(dice.random(), dice.random()) for _ in range(8)]
        far = [[(x - a) ** 2 + (y - b) ** 2 for a, b in doors] for x, y in homes]
        seats = [dice.randint(30, 80) for _ in doors]
        groups = [Group(f"s{place}", count) for place, count in enumerate(seats)]
        sought = [dice.random() for _ in doors]
        ranks = dice.sample(range(400), 400)
        lists = []
        for child in range(400):
            wanted = sorted(range(8), key=lambda place: sought[place] + dice.random())[: dice.randint(1, 2)]
            lists.append([(place, key_of(tier=1, rank=ranks[child])) for place in wanted])
        market = market_of(groups, lists)
        done = coordinate(
            market,
            lambda child, places, far=far, ranks=ranks: [  # type: ignore[misc]
                (place, key_of(tier=1, rank=ranks[child]))
                for place in sorted(places, key=far[child].__getitem__)
            ],
        )
        assert faults(done.market, done.result.tolist()) == []
        without = int((done.result < 0).sum())
        assert without == max(0, 400 - sum(seats))
        envy += envy_of_the_shortest_ways(done.market, done.own, far)
    assert envy > markets


def envy_of_the_shortest_ways(market: Market, own: object, far: list[list[float]]) -> int:
    """How many could object if wishes are granted first and the others go where seats are left, nearest pair first."""
    result = solve_own(market, np.asarray(own))
    left = [one.capacity for one in market.groups]
    for edge in result:
        if edge >= 0:
            left[market.group[edge]] -= 1
    pairs = sorted(
        (far[child][market.group[edge]], child, edge)
        for child in range(market.children)
        if result[child] < 0
        for edge in range(market.starts[child], market.starts[child + 1])
    )
    for _way, child, edge in pairs:
        if result[child] < 0 and left[market.group[edge]]:
            result[child] = edge
            left[market.group[edge]] -= 1
    return len(faults(market, result))


def solve_own(market: Market, own: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> list[int]:
    """The run over the families' own wishes alone."""
    edges = np.flatnonzero(own)
    lists: Lists = [[] for _ in range(market.children)]
    back: list[list[int]] = [[] for _ in range(market.children)]
    owners = market.owners()
    for edge in edges.tolist():
        lists[owners[edge]].append((int(market.group[edge]), int(market.key[edge])))
        back[owners[edge]].append(edge)
    part = market_of(market.groups, lists)
    return [
        back[child][edge - part.starts[child]] if edge >= 0 else -1
        for child, edge in enumerate(solve(part).tolist())
    ]


# --- every way of computing --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ties", "pool"), [(t, p) for t in Ties for p in (False, True) if not (p and t is Ties.REJECT)]
)
def test_all_ways_of_computing_agree_on_very_many_markets(ties: Ties, pool: bool) -> None:
    from junheng.kernel.matching.fast import solve as fast
    from junheng.kernel.matching.plain import solve as plain

    dice = random.Random(f"long{ties}{pool}")
    for _ in range(20_000):
        market = random_market(dice, ties, pool=pool)
        result = solve(market).tolist()
        assert result == plain(market).tolist() == fast(market).tolist() == cumulative_offers(market), market
        assert faults(market, result) == []
