"""Deferred acceptance compiled by Numba, for whole provinces: the same answer as ``plain`` and ``rounds``, byte for byte.

Numba is not needed to run the house; where it is not installed, ``solve`` says so. The program is that of ``plain`` with
flat arrays: each group has its part of one array as a heap, the worst child it keeps on top.
"""

from typing import Any

import numpy as np

from junheng.kernel.errors import Refusal
from junheng.kernel.matching.problem import Ints, Market, Ties

njit: Any
try:
    from numba import njit
except ImportError:
    njit = None

STRICT, ADMIT, REJECT = range(3)
NOBODY = np.uint64(2**64 - 1)
NUMBER = {Ties.STRICT: STRICT, Ties.ADMIT: ADMIT, Ties.REJECT: REJECT}


def solve(market: Market) -> Ints:
    """The edge by which each child is admitted, shape ``(children,)``; -1 where there is none."""
    if njit is None:
        raise Refusal(
            "no-numba",
            "没有安装 Numba，不能用编译方式计算。请安装可选组件 fast，或使用默认方式（结果相同）。",
        )
    pool = np.array(
        [-1 if one.release_to is None else one.release_to for one in market.groups], dtype=np.int64
    )
    ties = np.array([NUMBER[one.ties] for one in market.groups], dtype=np.int64)
    capacity = market.capacities()
    room = capacity.copy()
    np.add.at(room, pool[pool >= 0], capacity[pool >= 0])
    space = room + 1
    if space.sum() > 2 * market.edges or (ties != STRICT).any():
        asked = np.bincount(market.group, minlength=len(market.groups))
        space = np.where(ties == STRICT, np.minimum(asked, space), asked)
    first = np.zeros(len(market.groups) + 1, dtype=np.int64)
    first[1:] = np.cumsum(space)
    result: Ints = run(market.starts, market.group, market.key, capacity, room, pool, ties, first)
    return result


def run(starts: Any, group: Any, key: Any, capacity: Any, room: Any, pool: Any, ties: Any, first: Any) -> Any:
    """Every child asks; whoever is turned away asks on at once, before the next child begins.

    ``limit`` is the key from which on a group looks at nobody any more. A group's part is in no order until it is full
    and somebody more asks: then it becomes a heap.
    """
    children = len(starts) - 1
    now = starts[:-1].copy()
    held = np.zeros(children, np.bool_)
    who = np.empty(first[-1], np.int32)
    keys = np.empty(first[-1], np.uint64)
    size = np.zeros(len(capacity), np.int64)
    heaped = np.zeros(len(capacity), np.bool_)
    limit = np.full(len(capacity), NOBODY, np.uint64)
    waiting = np.empty(children + 1, np.int32)
    for begin in range(children):
        waiting[0] = begin
        count = 1
        while count:
            count -= 1
            child = waiting[count]
            edge, end = now[child], starts[child + 1]
            while not held[child] and edge < end:
                place, mine = group[edge], key[edge]
                if mine >= limit[place]:
                    edge += 1
                    continue
                here, base = size[place], first[place]
                if here and here >= room[place]:
                    if not heaped[place]:
                        heap(who, keys, base, here)
                        heaped[place] = True
                        limit[place] = beyond(keys[base], ties[place])
                        continue
                    if ties[place] == STRICT:
                        # one comes and one goes, and whoever goes is the next to ask
                        held[child], now[child] = True, edge
                        last = who[base]
                        sift(who, keys, base, here, child, mine, 0)
                        limit[place] = keys[base]
                        child = last
                        held[child] = False
                        edge, end = now[child] + 1, starts[child + 1]
                        continue
                filled = min(here, capacity[place])
                if heaped[place]:
                    push(who, keys, base, here, child, mine)
                else:
                    who[base + here], keys[base + here] = child, mine
                size[place] += 1
                held[child], now[child] = True, edge
                if size[place] > room[place]:
                    count = trim(place, room, ties, who, keys, first, size, heaped, now, held, limit, waiting, count, child)  # fmt: skip
                target = pool[place]
                if target >= 0 and min(size[place], capacity[place]) > filled:
                    room[target] -= 1
                    if size[target] > room[target]:
                        count = trim(target, room, ties, who, keys, first, size, heaped, now, held, limit, waiting, count, child)  # fmt: skip
                edge = now[child]
    for child in range(children):
        if not held[child]:
            now[child] = -1
    return now


def trim(place, room, ties, who, keys, first, size, heaped, now, held, limit, waiting, count, asker):
    """Turn away whoever no longer fits, and put them (but not the one who asks) on the waiting list."""
    base = first[place]
    if not heaped[place]:
        heap(who, keys, base, size[place])
        heaped[place] = True
    while size[place] > room[place]:
        worst = keys[base]
        if ties[place] == ADMIT:
            same = 0
            for at in range(base, base + size[place]):
                same += keys[at] == worst
            if size[place] - same < room[place]:
                break
        while size[place] and keys[base] == worst:
            child = who[base]
            size[place] -= 1
            here = size[place]
            sift(who, keys, base, here, who[base + here], keys[base + here], 0)
            held[child] = False
            now[child] += 1
            if child != asker:
                waiting[count] = child
                count += 1
        limit[place] = min(limit[place], worst)
    if size[place] and size[place] >= room[place]:
        limit[place] = min(limit[place], beyond(keys[base], ties[place]))
    return count


def beyond(last, ties):
    """The key from which on a full group looks at nobody, given that of the last one it keeps."""
    return last if ties == STRICT else last + np.uint64(1)


def push(who, keys, base, size, child, mine):
    """Put a child into a heap with the largest key on top."""
    at = size
    while at:
        above = (at - 1) // 2
        if keys[base + above] >= mine:
            break
        keys[base + at], who[base + at] = keys[base + above], who[base + above]
        at = above
    keys[base + at], who[base + at] = mine, child


def sift(who, keys, base, size, child, mine, at):
    """Put a child in the place of the one on top of a heap, or of one further down."""
    below = 2 * at + 1
    while below + 1 < size:
        # which of the two is larger cannot be foreseen, so it is counted and not branched on
        below += keys[base + below + 1] > keys[base + below]
        if keys[base + below] <= mine:
            break
        keys[base + at], who[base + at] = keys[base + below], who[base + below]
        at = below
        below = 2 * at + 1
    if below + 1 == size and keys[base + below] > mine:
        keys[base + at], who[base + at] = keys[base + below], who[base + below]
        at = below
    keys[base + at], who[base + at] = mine, child


def heap(who, keys, base, size):
    """Make a heap of what stands in no order."""
    for top in range(size // 2 - 1, -1, -1):
        sift(who, keys, base, size, who[base + top], keys[base + top], top)


if njit is not None:
    push, sift = njit(cache=True)(push), njit(cache=True)(sift)
    heap, beyond = njit(cache=True)(heap), njit(cache=True)(beyond)
    trim = njit(cache=True)(trim)
    run = njit(cache=True)(run)
