"""Floors that hang on the outcome itself: no place below so many points under the line of another group (−50 分).

The line depends on who is turned away below the floor, and the floor on the line. Raising a floor only ever sends more
children on to ask elsewhere, so lines only rise; starting from the lowest floors the run is repeated until nothing
changes, and what is found is the lowest floors that agree with their own outcome (the least fixed point of a monotone
rule: Tarski 1955). Where the law fills seats one kind after the other, ``stages`` says so and needs no repetition.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from junheng.kernel.errors import Refusal
from junheng.kernel.matching.explain import score_of
from junheng.kernel.matching.problem import Ints, Market, Ties
from junheng.kernel.matching.rounds import solve


@dataclass(frozen=True, slots=True)
class Under:
    """A group admits nobody below ``at_least``, nor more than ``less`` under the line of group ``of``.

    The line is the score of the last one admitted there; a group with seats left has none.
    """

    at_least: int
    of: int
    less: int


@dataclass(frozen=True, slots=True)
class Above:
    """The result (edges of the market as it was given, -1 for none), the floors that held, and how many runs it took."""

    result: Ints
    floors: Mapping[int, int]
    runs: int


def solve_above(market: Market, rules: Mapping[int, Under]) -> Above:
    """Repeat the run until every floor agrees with the lines."""
    check_rules(market, rules)
    score, owners = score_of(market.key), market.owners()
    floors = {place: rule.at_least for place, rule in rules.items()}
    runs = 0
    while True:
        runs += 1
        lowest = np.zeros(len(market.groups), dtype=np.int64)
        lowest[list(floors)] = list(floors.values())
        edges = np.flatnonzero(score >= lowest[market.group])
        result = solve_part(market, edges, owners[edges])
        lines = lines_of(market, result, score)
        higher = {
            place: max(floors[place], lines[rule.of] - rule.less) if rule.of in lines else floors[place]
            for place, rule in rules.items()
        }
        if higher == floors:
            return Above(result, floors, runs)
        floors = higher


def check_rules(market: Market, rules: Mapping[int, Under]) -> None:
    """Refuse floors that hang on nothing, and groups whose lines could fall when more children ask."""
    for place, rule in rules.items():
        if not {place, rule.of} <= set(range(len(market.groups))) or place == rule.of:
            raise Refusal("floor-of-nothing", "最低控制线所参照的名额组不存在，或就是本组。请核对录取规则。")
    if any(one.release_to is not None or one.ties is Ties.REJECT for one in market.groups):
        raise Refusal(
            "floor-not-monotone",
            "最低控制线随录取结果变化时，不能同时转出剩余名额，也不能并列全不录：结果会取决于处理次序。请改为分阶段录取。",
        )


def solve_part(market: Market, edges: Ints, owners: Ints) -> Ints:
    """The result over some of the edges, as edges of the whole market."""
    starts = np.zeros(market.children + 1, dtype=np.int64)
    starts[1:] = np.cumsum(np.bincount(owners, minlength=market.children))
    found = solve(Market(market.groups, starts, market.group[edges], market.key[edges]))
    result = np.full(market.children, -1, dtype=np.int64)
    result[found >= 0] = edges[found[found >= 0]]
    return result


def lines_of(market: Market, result: Ints, score: Ints) -> dict[int, int]:
    """The score of the last one admitted to every group that is full."""
    admitted = result[result >= 0]
    count = np.bincount(market.group[admitted], minlength=len(market.groups))
    lines = np.full(len(market.groups), np.iinfo(np.int64).max)
    np.minimum.at(lines, market.group[admitted], score[admitted])
    full = (count >= market.capacities()) & (count > 0)
    return {int(place): int(lines[place]) for place in np.flatnonzero(full)}
