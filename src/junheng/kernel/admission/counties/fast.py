"""What is counted child by child, compiled by Numba where it is installed: the same in plain Python, more slowly."""

from typing import Any

import numpy as np

from junheng.kernel.matching.fast import njit


def first_bad(starts: Any, group: Any, count: Any) -> Any:
    """The first child who asks a group that is not there, or one group twice; -1 if nobody does."""
    for child in range(len(starts) - 1):
        for edge in range(starts[child], starts[child + 1]):
            if group[edge] < 0 or group[edge] >= count:
                return child
            for other in range(starts[child], edge):
                if group[other] == group[edge]:
                    return child
    return -1


def rank_edges(order: Any, starts: Any, group: Any, tier: Any, seen: Any, rank: Any, asked: Any) -> Any:
    """The place of every edge among all of its group, from 1, without sorting: tiers are counted, and within a tier
    children come in the order of the draw.
    """
    for edge in range(len(group)):
        seen[group[edge], tier[edge]] += 1
    for place in range(seen.shape[0]):
        before = 0
        for step in range(seen.shape[1]):
            seen[place, step], before = before, before + seen[place, step]
        asked[place] = before
    turn = np.empty(len(order), np.int32)
    for child in range(len(order)):
        turn[order[child]] = child
    for one in turn:
        for edge in range(starts[one], starts[one + 1]):
            seen[group[edge], tier[edge]] += 1
            rank[edge] = seen[group[edge], tier[edge]]


def tell(
    starts: Any,
    group: Any,
    tier: Any,
    rank: Any,
    result: Any,
    why: Any,
    admitted: Any,
    last_rank: Any,
    last_tier: Any,
) -> Any:
    """The end of every group's list, and the reason of every edge (numbers of ``matching.Why``)."""
    for child in range(len(result)):
        edge = result[child]
        if edge >= 0:
            place = group[edge]
            admitted[place] += 1
            if rank[edge] > last_rank[place]:
                last_rank[place], last_tier[place] = rank[edge], tier[edge]
    for child in range(len(result)):
        got = result[child] if result[child] >= 0 else starts[child + 1]
        for edge in range(starts[child], starts[child + 1]):
            place = group[edge]
            if edge == got:
                why[edge] = 0
            elif edge > got:
                why[edge] = 1
            elif last_rank[place] == 0:
                why[edge] = 6
            elif tier[edge] != last_tier[place]:
                why[edge] = 2
            else:
                why[edge] = 4


if njit is not None:
    first_bad, rank_edges, tell = (
        njit(cache=True)(first_bad),
        njit(cache=True)(rank_edges),
        njit(cache=True)(tell),
    )
