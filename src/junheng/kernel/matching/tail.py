"""Coordination (统筹): children whom no wish was granted ask on, at the schools with places left, the nearest first.

It is the same run with longer lists, so there is one order, one explanation, and nobody has reason to object. Peru's
city of Tacna places children so (preferences imputed by distance).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from junheng.kernel.matching.problem import Ints, Market
from junheng.kernel.matching.rounds import solve

Tail = Callable[[int, Sequence[int]], Sequence[tuple[int, int]]]
"""Given a child and the groups with places left: pairs of group and key, the nearest first."""


@dataclass(frozen=True, slots=True)
class Coordinated:
    """The market with the longer lists, its result, and for every edge whether it was a wish of the family's own."""

    market: Market
    result: Ints
    own: "np.ndarray[tuple[int], np.dtype[np.bool_]]"


def coordinate(market: Market, tail: Tail) -> Coordinated:
    """Go on until every child has a place or has asked everywhere with places left after the first run.

    A child that loses its place to one who asks on asks on as well: it is never worse off than in an order of rounds.
    """
    first = solve(market)
    open_groups = vacant(market, first)
    own = np.ones(market.edges, dtype=bool)
    longer = np.zeros(market.children, dtype=bool)
    result = first
    while len(more := np.flatnonzero((result < 0) & ~longer)):
        added = {int(child): new_pairs(market, int(child), tail(int(child), open_groups)) for child in more}
        market, own = lengthened(market, own, added)
        longer[more] = True
        result = solve(market)
    return Coordinated(market, result, own)


def vacant(market: Market, result: Ints) -> list[int]:
    """The groups with places left; a pool's places are its own and what its groups left empty."""
    filled = np.bincount(market.group[result[result >= 0]], minlength=len(market.groups))
    feeding = np.array([one.release_to is not None for one in market.groups], dtype=bool)
    return [int(place) for place in np.flatnonzero((filled < market.seats(filled)) & ~feeding)]


def new_pairs(market: Market, child: int, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What a child has not asked yet."""
    known = set(market.group[market.starts[child] : market.starts[child + 1]].tolist())
    return [(group, key) for group, key in pairs if group not in known]


def lengthened(
    market: Market,
    own: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    added: dict[int, list[tuple[int, int]]],
) -> tuple[Market, "np.ndarray[tuple[int], np.dtype[np.bool_]]"]:
    """The market in which some children ask further groups at the end of their lists."""
    more = np.zeros(market.children, dtype=np.int64)
    for child, pairs in added.items():
        more[child] = len(pairs)
    places = np.repeat(market.starts[1:], more)
    flat = [pair for child in sorted(added) for pair in added[child]]
    groups = np.array([group for group, _ in flat], dtype=np.int64)
    keys = np.array([key for _, key in flat], dtype=np.uint64)
    starts = market.starts.copy()
    starts[1:] += np.cumsum(more)
    return (
        Market(
            market.groups,
            starts,
            np.insert(market.group, places, groups),
            np.insert(market.key, places, keys),
        ),
        np.insert(own, places, False),
    )
