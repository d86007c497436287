"""Deferred acceptance in plain Python: the reference, child by child (Gale and Shapley 1962; Roth and Sotomayor 1990).

Every child asks its best group first. A group keeps the best it has been asked by and turns the others away for good;
who is turned away asks the next one. A pool's capacity is its own and what its groups leave empty: it only shrinks.
"""

from heapq import heapify, heappop, heappush, heappushpop

import numpy as np

from junheng.kernel.matching.problem import Ints, Market, Ties


def solve(market: Market) -> Ints:
    """The edge by which each child is admitted, shape ``(children,)``; -1 where there is none."""
    if all(one.ties is Ties.STRICT and one.release_to is None for one in market.groups):
        return np.array(solve_strict(market), np.int64)
    run = Run(market)
    for child in range(market.children):
        run.ask(child)
    return np.array([run.now[child] if run.held[child] else -1 for child in range(market.children)], np.int64)


def solve_strict(market: Market) -> list[int]:
    """Where there are no ties and nothing is released: whoever comes to a full group sends its last one away.

    A group is a heap with the last one on top once it is full; until then its order does not matter.
    """
    starts: list[int] = market.starts.tolist()
    group: list[int] = market.group.tolist()
    key: list[int] = market.key.tolist()
    room = [one.capacity for one in market.groups]
    kept: list[list[tuple[int, int]]] = [[] for _ in room]
    now = [-1] * market.children
    for begin in range(market.children):
        child, edge, end = begin, starts[begin], starts[begin + 1]
        while edge < end:
            place = group[edge]
            inside = kept[place]
            if room[place] > 0:
                inside.append((-key[edge], child))
                now[child] = edge
                room[place] -= 1
                if not room[place]:
                    heapify(inside)
                break
            last = heappushpop(inside, (-key[edge], child))[1]
            if last != child:
                now[child] = edge
                child, edge, end = last, now[last], starts[last + 1]
                now[child] = -1
            edge += 1
    return now


class Run:
    """The state of one run: whom every group keeps, and how far every child has come down its list."""

    def __init__(self, market: Market) -> None:
        self.groups = market.groups
        self.ends: list[int] = market.starts[1:].tolist()
        self.now: list[int] = market.starts[:-1].tolist()
        self.group: list[int] = market.group.tolist()
        self.key: list[int] = market.key.tolist()
        self.held = [False] * market.children
        self.kept: list[list[tuple[int, int]]] = [[] for _ in self.groups]
        self.same: list[dict[int, int]] = [{} for _ in self.groups]
        self.closed: list[int | None] = [None] * len(self.groups)
        self.room = [group.capacity for group in self.groups]
        for group in self.groups:
            if group.release_to is not None:
                self.room[group.release_to] += group.capacity

    def ask(self, child: int) -> None:
        """Let a child, and all whom that turns away, ask until everybody is kept or at the end of the list."""
        waiting = [child]
        while waiting:
            one = waiting.pop()
            while not self.held[one] and self.now[one] < self.ends[one]:
                waiting += (other for other in self.offer(one) if other != one)

    def offer(self, child: int) -> list[int]:
        """The next group of a child is asked: whom it, and the pool that it feeds, turn away now."""
        edge = self.now[child]
        place, key = self.group[edge], self.key[edge]
        closed = self.closed[place]
        if closed is not None and key >= closed:
            self.now[child] += 1
            return []
        filled = min(len(self.kept[place]), self.groups[place].capacity)
        heappush(self.kept[place], (-key, child))
        self.same[place][key] = self.same[place].get(key, 0) + 1
        self.held[child] = True
        gone = self.trim(place)
        pool = self.groups[place].release_to
        if pool is not None and min(len(self.kept[place]), self.groups[place].capacity) > filled:
            self.room[pool] -= 1
            gone += self.trim(pool)
        return gone

    def trim(self, place: int) -> list[int]:
        """Turn away whoever no longer fits; each of them will ask the next group of the list."""
        kept, same, room = self.kept[place], self.same[place], self.room[place]
        ties = self.groups[place].ties
        gone = []
        while len(kept) > room:
            key = -kept[0][0]
            count = same[key]
            if ties is Ties.ADMIT and len(kept) - count < room:
                break
            gone += [heappop(kept)[1] for _ in range(count)]
            del same[key]
            if ties is Ties.REJECT:
                self.closed[place] = key
        for child in gone:
            self.held[child] = False
            self.now[child] += 1
        return gone
