"""Stages that are frozen one after the other: for rules that say which seats are filled first (分配生).

A senior school fills its open seats first; the quota of each junior school is filled from those who are left, not below
a floor that may hang on the line of the open seats; what stays empty is released. In one run such rules would not be
monotone; in stages each is an ordinary run, and each can be checked by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from junheng.kernel.errors import Refusal
from junheng.kernel.matching.explain import score_of
from junheng.kernel.matching.problem import Ints, Market
from junheng.kernel.matching.rounds import solve

Lines = Mapping[int, int]
"""The score of the last one admitted, by group."""
Floors = Callable[[Lines], Mapping[int, int]]
"""From the lines of the stages before to the lowest score that a group admits."""


def no_floors(_lines: Lines) -> Mapping[int, int]:
    """A stage without floors."""
    return {}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: which groups take part, whether only a child's first of them counts, floors, and releases.

    ``releases`` says to which group of this stage the seats go that a group of an earlier stage left empty.
    """

    name: str
    groups: frozenset[int]
    first_only: bool = False
    floors: Floors = no_floors
    releases: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frozen:
    """One stage as it was run: its market of all children (those placed before have no edges), what every edge of it
    was in the whole market, and its result there.
    """

    name: str
    market: Market
    edges: Ints
    result: Ints


@dataclass(frozen=True, slots=True)
class Staged:
    """The result over all stages, shape ``(children,)`` (edges of the whole market, -1 for none), and each stage."""

    result: Ints
    stages: tuple[Frozen, ...]


def run_stages(market: Market, stages: Sequence[Stage]) -> Staged:
    """Run the stages in their order; what one has decided stays."""
    check_stages(market, stages)
    result = np.full(market.children, -1, dtype=np.int64)
    owners = market.owners()
    score = score_of(market.key)
    left: dict[int, int] = {}
    lines: dict[int, int] = {}
    done = []
    for stage in stages:
        inside = np.isin(market.group, sorted(stage.groups)) & (result < 0)[owners]
        for group, floor in stage.floors(lines).items():
            inside &= (market.group != group) | (score >= floor)
        if stage.first_only:
            inside &= is_first_of(owners, np.isin(market.group, sorted(stage.groups)))
        edges = np.flatnonzero(inside)
        part = part_of(market, stage, edges, owners[edges], left)
        found = solve(part)
        placed = found >= 0
        result[placed] = edges[found[placed]]
        admitted = edges[found[placed]]
        count = np.bincount(market.group[admitted], minlength=len(market.groups))
        last = admitted[np.lexsort((market.key[admitted], market.group[admitted]))]
        # of every group the later one stands: the one with the largest key
        lines |= dict(zip(market.group[last].tolist(), score[last].tolist(), strict=True))
        left |= {place: max(0, part.groups[place].capacity - int(count[place])) for place in stage.groups}
        done.append(Frozen(stage.name, part, edges, found))
    return Staged(result, tuple(done))


def check_stages(market: Market, stages: Sequence[Stage]) -> None:
    """Refuse stages that do not fill every group exactly once, or release what was not filled before."""
    seen: set[int] = set()
    for stage in stages:
        if seen & stage.groups or not stage.groups <= set(range(len(market.groups))):
            raise Refusal("stages-overlap", "有名额组出现在两个录取阶段，或不存在。请核对录取阶段。")
        if not set(stage.releases) <= seen or not set(stage.releases.values()) <= stage.groups:
            raise Refusal(
                "release-backwards", "剩余名额只能从已完成的阶段转入本阶段的名额组。请核对录取阶段。"
            )
        seen |= stage.groups
    if seen != set(range(len(market.groups))):
        raise Refusal("group-in-no-stage", "有名额组不属于任何录取阶段。请核对录取阶段。")
    if any(one.release_to is not None for one in market.groups):
        raise Refusal(
            "pool-in-stages", "分阶段录取时，剩余名额由阶段规定去向，不能另设转入组。请核对招生计划。"
        )


def is_first_of(
    owners: Ints, inside: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which edges are the first of their child among those that take part."""
    places = np.flatnonzero(inside)
    first = np.zeros(len(owners), dtype=bool)
    if len(places):
        begins = np.ones(len(places), dtype=bool)
        begins[1:] = owners[places][1:] != owners[places][:-1]
        first[places[begins]] = True
    return first


def part_of(market: Market, stage: Stage, edges: Ints, owners: Ints, left: Mapping[int, int]) -> Market:
    """The market of one stage: its groups have their seats and what was released to them, the others none."""
    more: dict[int, int] = {}
    for source, target in stage.releases.items():
        more[target] = more.get(target, 0) + left[source]
    groups = tuple(
        replace(one, capacity=one.capacity + more.get(place, 0) if place in stage.groups else 0)
        for place, one in enumerate(market.groups)
    )
    starts = np.zeros(market.children + 1, dtype=np.int64)
    starts[1:] = np.cumsum(np.bincount(owners, minlength=market.children))
    return Market(groups, starts, market.group[edges], market.key[edges])
