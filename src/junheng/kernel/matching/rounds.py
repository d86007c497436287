"""Deferred acceptance by rounds, for whole columns at once with NumPy: the same answer as ``plain``, byte for byte.

In every round all children who are kept by nobody ask at once. Whoever is kept stands in one row, sorted by group and
key; those who ask are put in at their places, and each group turns away what stands beyond its seats. A group that is
full turns away at sight whoever comes after its last kept one, because the last one kept only ever gets better.
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
    result = np.full(market.children, -1, dtype=np.int64)
    result[state.owners[state.kept]] = state.kept
    return result


@dataclass(slots=True)
class State:
    """Whom every group keeps and the word beyond which nobody needs to ask it any more."""

    market: Market
    owners: Ints
    now: Ints
    ends: Ints
    kept: Ints
    """Edges of all who are kept, in the order of their words."""
    words: Keys
    """Their words."""
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
        room = capacities.copy()
        np.add.at(room, pool[pool >= 0], capacities[pool >= 0])
        return cls(
            market,
            market.owners(),
            market.starts[:-1].copy(),
            market.starts[1:],
            np.empty(0, dtype=np.int64),
            np.empty(0, dtype=np.uint64),
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
        words = self.market.words[edges]
        order = np.argsort(words, kind="stable")
        edges, words = edges[order], words[order]
        at = np.searchsorted(self.words, words, side="right")
        self.kept, self.words = np.insert(self.kept, at, edges), np.insert(self.words, at, words)
        self.counts += np.bincount(self.market.group[edges], minlength=len(self.counts))
        gone = self.trim()
        if self.release():
            gone = np.concatenate([gone, self.trim()])
        children = self.owners[gone]
        self.now[children] += 1
        return children

    def trim(self) -> Ints:
        """Turn away whoever does not fit; returns their edges."""
        gone = np.empty(0, dtype=np.int64)
        if (self.counts > self.room).any():
            group = self.market.group[self.kept]
            first = np.cumsum(self.counts) - self.counts
            fits = np.arange(len(group)) - first[group] < self.room[group]
            self.settle_ties(fits, first)
            gone = self.kept[~fits]
            self.close(self.words[~fits], group[~fits])
            self.kept, self.words = self.kept[fits], self.words[fits]
            self.counts = np.bincount(group[fits], minlength=len(self.counts))
        self.note_cuts()
        return gone

    def settle_ties(self, fits: Flags, first: Ints) -> None:
        """Let the tied ones at the last seat all in, or all out, where the group says so."""
        over = np.flatnonzero((self.counts > self.room) & (self.admit | self.reject) & (self.room > 0))
        for place in over:
            begin, end = int(first[place]), int(first[place] + self.counts[place])
            words, room = self.words[begin:end], int(self.room[place])
            last = words[room - 1]
            if self.admit[place]:
                fits[begin:end] = words <= last
            elif words[room] == last:
                fits[begin:end] = words < last

    def close(self, words: Keys, group: Ints) -> None:
        """A group that turns away all tied ones stays closed for their key, even though seats are left."""
        closing = self.reject[group]
        if closing.any():
            np.minimum.at(self.cut, group[closing], words[closing] - np.uint64(1))

    def note_cuts(self) -> None:
        """Remember beyond which word a group need not be asked: the last kept one, once it is full."""
        full = np.flatnonzero((self.counts >= self.room) & (self.counts > 0))
        self.cut[full] = np.minimum(self.cut[full], self.words[np.cumsum(self.counts)[full] - 1])
        self.cut[(self.room <= 0) & (self.counts == 0)] = 0

    def release(self) -> bool:
        """Take from each pool the seats that its groups have filled since; whether there were any."""
        now = np.minimum(self.counts, self.market.capacities())
        feeding = np.flatnonzero((self.pool >= 0) & (now > self.filled))
        np.subtract.at(self.room, self.pool[feeding], (now - self.filled)[feeding])
        self.filled = now
        return len(feeding) > 0
