"""Deferred acceptance by rounds, for whole columns at once with NumPy: the same answer as ``plain``, byte for byte.

In every round all children who are kept by nobody ask at once. Only groups that are asked are put in order anew, and
turn away what stands beyond their seats. A group that is full turns away at sight whoever comes after its last kept
one, because the last one kept only ever gets better.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from junheng.kernel.matching.problem import Ints, Keys, Market, Ties

Flags = npt.NDArray[np.bool_]


def solve(market: Market) -> Ints:
    """The edge by which each child is admitted, shape ``(children,)``; -1 where there is none."""
    state = State.of(market)
    asking = np.arange(market.children, dtype=np.int64)
    while len(asking := state.move_on(asking)):
        asking = state.round(asking)
    kept = state.row[spans(state.first, state.counts)]
    result = np.full(market.children, -1, dtype=np.int64)
    result[state.owners[kept]] = kept
    return result


def spans(first: Ints, counts: Ints) -> Ints:
    """The places from ``first`` on, so many each, one after the other.

    >>> spans(np.array([10, 50]), np.array([3, 2])).tolist()
    [10, 11, 12, 50, 51]
    """
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(counts.sum())


@dataclass(slots=True)
class State:
    """Whom every group keeps and the word beyond which nobody needs to ask it any more."""

    market: Market
    owners: Ints
    now: Ints
    ends: Ints
    row: Ints
    """The edges of those whom each group keeps, from ``first`` of the group on, the best first."""
    first: Ints
    counts: Ints
    """How many each group keeps."""
    cut: Keys
    """Largest word that a group still looks at; beyond it everybody is turned away at once."""
    room: Ints
    filled: Ints
    pool: Ints
    admit: Flags
    reject: Flags

    @classmethod
    def of(cls, market: Market) -> "State":
        """Before anybody has asked."""
        capacities = market.capacities()
        pool = np.array(
            [-1 if one.release_to is None else one.release_to for one in market.groups], dtype=np.int64
        )
        asked = np.bincount(market.group, minlength=len(market.groups))
        room = capacities.copy()
        np.add.at(room, pool[pool >= 0], capacities[pool >= 0])
        return cls(
            market,
            market.owners(),
            market.starts[:-1].copy(),
            market.starts[1:],
            np.empty(market.edges, dtype=np.int64),
            np.cumsum(asked) - asked,
            np.zeros(len(market.groups), dtype=np.int64),
            np.full(len(market.groups), np.iinfo(np.uint64).max, dtype=np.uint64),
            room,
            np.zeros(len(market.groups), dtype=np.int64),
            pool,
            np.array([one.ties is Ties.ADMIT for one in market.groups], dtype=bool),
            np.array([one.ties is Ties.REJECT for one in market.groups], dtype=bool),
        )

    def move_on(self, asking: Ints) -> Ints:
        """Pass over every group that would turn a child away at sight; who is at the end of the list drops out."""
        ready = []
        while len(asking := asking[self.now[asking] < self.ends[asking]]):
            edges = self.now[asking]
            seen = self.market.words[edges] <= self.cut[self.market.group[edges]]
            ready.append(asking[seen])
            asking = asking[~seen]
            self.now[asking] += 1
        return np.concatenate(ready) if ready else asking

    def round(self, asking: Ints) -> Ints:
        """All of them ask; returns whom the groups turned away."""
        edges = self.now[asking]
        more = np.bincount(self.market.group[edges], minlength=len(self.counts))
        touched = np.flatnonzero(more)
        gone = self.trim(touched, edges)
        feeding = touched[self.pool[touched] >= 0]
        if len(feeding):
            gone = np.concatenate([gone, self.trim(self.release(feeding), edges[:0])])
        children = self.owners[gone]
        self.now[children] += 1
        return children

    def trim(self, touched: Ints, more: Ints) -> Ints:
        """Put those who ask among those whom these groups keep, and turn away whoever does not fit; their edges."""
        edges = np.concatenate([self.row[spans(self.first[touched], self.counts[touched])], more])
        words = self.market.words[edges]
        order = np.argsort(words)
        edges, words = edges[order], words[order]
        counts = np.bincount(self.market.group[edges], minlength=len(self.counts))[touched]
        begin = np.cumsum(counts) - counts
        room = self.room[touched]
        fits = np.arange(len(edges)) < np.repeat(begin + room, counts)
        self.settle_ties(touched, fits, words, begin, counts)
        kept, gone = edges[fits], edges[~fits]
        self.close(words[~fits], self.market.group[gone])
        inside = np.bincount(self.market.group[kept], minlength=len(self.counts))[touched]
        self.counts[touched] = inside
        self.row[spans(self.first[touched], inside)] = kept
        full = (inside >= room) & (inside > 0)
        last = words[fits][np.cumsum(inside)[full] - 1]
        self.cut[touched[full]] = np.minimum(self.cut[touched[full]], last)
        self.cut[touched[(room <= 0) & (inside == 0)]] = 0
        return gone

    def settle_ties(self, touched: Ints, fits: Flags, words: Keys, begin: Ints, counts: Ints) -> None:
        """Let the tied ones at the last seat all in, or all out, where the group says so."""
        tied = self.admit[touched] | self.reject[touched]
        for at in np.flatnonzero(tied & (counts > self.room[touched]) & (self.room[touched] > 0)).tolist():
            place, part = int(touched[at]), slice(int(begin[at]), int(begin[at] + counts[at]))
            own, room = words[part], int(self.room[place])
            last = own[room - 1]
            if self.admit[place]:
                fits[part] = own <= last
            elif own[room] == last:
                fits[part] = own < last

    def close(self, words: Keys, group: Ints) -> None:
        """A group that turns away all tied ones stays closed for their key, even though seats are left."""
        closing = self.reject[group]
        if closing.any():
            np.minimum.at(self.cut, group[closing], words[closing] - np.uint64(1))

    def release(self, feeding: Ints) -> Ints:
        """Take from each pool the seats that these groups have filled since; the pools that have less now."""
        now = np.minimum(self.counts[feeding], self.market.capacities()[feeding])
        np.subtract.at(self.room, self.pool[feeding], now - self.filled[feeding])
        less = np.unique(self.pool[feeding][now > self.filled[feeding]])
        self.filled[feeding] = now
        return less
