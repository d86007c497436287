"""The official run: from rules, records and numbers to places. Draw and matching do the work; this joins them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from junheng.kernel.admission.problem import NOWHERE, Bid, Floor, Part, Record, Rules
from junheng.kernel.errors import Refusal
from junheng.kernel.lottery import ranks
from junheng.kernel.matching import Cut, Explanation, Market, explain, key_of, market_of, solve
from junheng.kernel.matching.stages import Lines, Stage, run_stages
from junheng.kernel.matching.tail import coordinate

Further = Callable[[str, Sequence[str]], Sequence[Bid]]
"""Given a child and the groups with places left: whom it asks on, the nearest first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Places by child (``-`` for none), the end of every group's list, and whom children asked on where they did.

    ``market`` and ``explanation`` are of the last or only stage, with every child in the order of ``pids``.
    """

    pids: tuple[str, ...]
    places: Mapping[str, str]
    cuts: tuple[Cut, ...]
    tails: Mapping[str, tuple[Bid, ...]]
    market: Market
    explanation: Explanation


def run(
    rules: Rules, records: Sequence[Record], numbers: Mapping[str, bytes], further: Further | None = None
) -> Outcome:
    """Place everybody. With ``further``, children without a place ask on where places are left (not with stages)."""
    pids = [one.pid for one in records]
    rank = dict(zip(pids, ranks([numbers[pid] for pid in pids]).tolist(), strict=True))
    place_of = {code: place for place, code in enumerate(rules.codes)}
    market = market_of(
        rules.groups, [edges(one.bids, rank[number_of(one, rank)], place_of) for one in records]
    )
    if rules.parts:
        if further is not None:
            raise Refusal("stages-and-tail", "分阶段录取时不能同时统筹。请在各阶段完成后另行统筹。")
        return staged(rules, pids, market, place_of)
    tails: dict[str, tuple[Bid, ...]] = {}
    result = solve(market)
    if further is not None:
        ask = further

        def tail(child: int, groups: Sequence[int]) -> list[tuple[int, int]]:
            bids = tuple(ask(pids[child], [rules.groups[group].code for group in groups]))
            tails[pids[child]] = bids
            return edges(bids, rank[number_of(records[child], rank)], place_of)

        done = coordinate(market, tail)
        market, result = done.market, done.result
    told = explain(market, result)
    places = {
        pid: NOWHERE if edge < 0 else rules.groups[market.group[edge]].code
        for pid, edge in zip(pids, result.tolist(), strict=True)
    }
    return Outcome(tuple(pids), places, told.cuts, tails, market, told)


def number_of(record: Record, rank: Mapping[str, int]) -> str:
    """Whose number counts for a child."""
    pid = record.pid if record.bound == NOWHERE else record.bound
    if pid not in rank:
        raise Refusal(
            "bound-to-nobody", "{pid} 绑定的 {other} 不在名单中。请核对名单。", pid=record.pid, other=pid
        )
    return pid


def edges(bids: Sequence[Bid], rank: int, place_of: Mapping[str, int]) -> list[tuple[int, int]]:
    """Bids as pairs of group and key."""
    unknown = [one.group for one in bids if one.group not in place_of]
    if unknown:
        raise Refusal("unknown-group", "没有名额组「{group}」。请核对志愿与招生计划。", group=unknown[0])
    return [(place_of[one.group], key_of(tier=one.tier, score=one.score, rank=rank)) for one in bids]


def staged(rules: Rules, pids: Sequence[str], market: Market, place_of: Mapping[str, int]) -> Outcome:
    """The run in stages."""
    done = run_stages(market, [stage_of(part, place_of) for part in rules.parts])
    places = {
        pid: NOWHERE if edge < 0 else rules.groups[market.group[edge]].code
        for pid, edge in zip(pids, done.result.tolist(), strict=True)
    }
    told = [explain(one.market, one.result) for one in done.stages]
    cuts: dict[int, Cut] = {}
    for part, one in zip(rules.parts, told, strict=True):
        cuts |= {place_of[code]: one.cuts[place_of[code]] for code in part.groups}
    last = done.stages[-1]
    return Outcome(
        tuple(pids),
        places,
        tuple(cuts[place] for place in range(len(rules.groups))),
        {},
        last.market,
        told[-1],
    )


def stage_of(part: Part, place_of: Mapping[str, int]) -> Stage:
    """A part of the rules as a stage of the matching."""

    def floors(lines: Lines) -> Mapping[int, int]:
        return {place_of[code]: lowest(one, lines, place_of) for code, one in part.floors.items()}

    return Stage(
        "+".join(part.groups),
        frozenset(place_of[code] for code in part.groups),
        first_only=part.first,
        floors=floors,
        releases={place_of[source]: place_of[target] for source, target in part.releases.items()},
    )


def lowest(floor: Floor, lines: Lines, place_of: Mapping[str, int]) -> int:
    """The lowest score that a floor allows, given the lines so far."""
    line = None if floor.line_of is None else lines.get(place_of[floor.line_of])
    return floor.at_least if line is None else max(floor.at_least, line - floor.less)
