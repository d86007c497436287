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
    asked = np.bincount(market.group, minlength=len(market.groups))
    space = np.where(ties == STRICT, np.minimum(asked, room + 1), asked)
    first = np.zeros(len(market.groups) + 1, dtype=np.int64)
    first[1:] = np.cumsum(space)
    result: Ints = run(market.starts, market.group, market.key, capacity, room, pool, ties, first)
    return result


def run(starts, group, key, capacity, room, pool, ties, first):
    """Every child asks; whoever is turned away asks on at once, before the next child begins."""
    children = len(starts) - 1
    now = starts[:-1].copy()
    held = np.zeros(children, np.bool_)
    who = np.empty(first[-1], np.int32)
    keys = np.empty(first[-1], np.uint64)
    size = np.zeros(len(capacity), np.int64)
    closed = np.zeros(len(capacity), np.bool_)
    limit = np.zeros(len(capacity), np.uint64)
    waiting = np.empty(children + 1, np.int32)
    for begin in range(children):
        waiting[0] = begin
        count = 1
        while count:
            count -= 1
            child = waiting[count]
            while not held[child] and now[child] < starts[child + 1]:
                place, mine = group[now[child]], key[now[child]]
                here = size[place]
                # who comes after the last one of a full group need not be put in to be taken out again
                full = here and here >= room[place] and mine > keys[first[place]]
                if full or (closed[place] and mine >= limit[place]):
                    now[child] += 1
                    continue
                filled = min(here, capacity[place])
                push(who, keys, first[place], here, child, mine)
                size[place] += 1
                held[child] = True
                count = trim(
                    place,
                    room[place],
                    ties[place],
                    who,
                    keys,
                    first,
                    size,
                    now,
                    held,
                    closed,
                    limit,
                    waiting,
                    count,
                    child,
                )
                target = pool[place]
                if target >= 0 and min(size[place], capacity[place]) > filled:
                    room[target] -= 1
                    count = trim(
                        target,
                        room[target],
                        ties[target],
                        who,
                        keys,
                        first,
                        size,
                        now,
                        held,
                        closed,
                        limit,
                        waiting,
                        count,
                        child,
                    )
    for child in range(children):
        if not held[child]:
            now[child] = -1
    return now


def trim(place, room, ties, who, keys, first, size, now, held, closed, limit, waiting, count, asker):
    """Turn away whoever no longer fits, and put them (but not the one who asks) on the waiting list."""
    base = first[place]
    while size[place] > room:
        worst = keys[base]
        if ties == ADMIT:
            same = 0
            for at in range(base, base + size[place]):
                same += keys[at] == worst
            if size[place] - same < room:
                break
        while size[place] and keys[base] == worst:
            child = who[base]
            pop(who, keys, base, size[place])
            size[place] -= 1
            held[child] = False
            now[child] += 1
            if child != asker:
                waiting[count] = child
                count += 1
        if ties == REJECT:
            closed[place] = True
            limit[place] = worst
    return count


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


def pop(who, keys, base, size):
    """Take the top out of a heap."""
    last, mine = who[base + size - 1], keys[base + size - 1]
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size - 1:
            break
        if below + 1 < size - 1 and keys[base + below + 1] > keys[base + below]:
            below += 1
        if keys[base + below] <= mine:
            break
        keys[base + at], who[base + at] = keys[base + below], who[base + below]
        at = below
    keys[base + at], who[base + at] = mine, last


if njit is not None:
    push, pop = njit(cache=True)(push), njit(cache=True)(pop)
    trim = njit(cache=True)(trim)
    run = njit(cache=True)(run)
