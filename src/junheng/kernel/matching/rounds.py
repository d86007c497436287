"""Deferred acceptance by rounds, for whole columns at once with NumPy: the same answer as ``plain``, byte for byte.

In every round all children who are kept by nobody ask at once. A group that is full turns away at sight whoever comes
after its last kept one, because the last one kept only ever gets better; only groups that were asked are sorted anew.
"""

from dataclasses import dataclass

import numpy as np

from junheng.kernel.matching.problem import Ints, Keys, Market, Ties

LAST = np.iinfo(np.uint64).max


def solve(market: Market) -> Ints:
    """The edge by which each child is admitted, shape ``(children,)``; -1 where there is none."""
    state = State.of(market)
    asking = np.arange(market.children, dtype=np.int64)
    while len(asking := state.move_on(asking)):
        asking = state.round(asking)
    return np.where(state.held, state.now, -1)


@dataclass(slots=True)
class State:
    """Whom every group keeps and the key beyond which nobody needs to ask it any more."""

    market: Market
    now: Ints
    ends: Ints
    held: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    cut: Keys
    """Largest key that a group still looks at; beyond it everybody is turned away at once."""
    shut: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    """Groups that look at nobody any more: the tied ones whom they turned away had the smallest key there is."""
    room: Ints
    filled: Ints
    pool: Ints
    admit: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    reject: "np.ndarray[tuple[int], np.dtype[np.bool_]]"

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
            market.starts[:-1].copy(),
            market.starts[1:],
            np.zeros(market.children, dtype=bool),
            np.full(len(market.groups), LAST, dtype=np.uint64),
            np.zeros(len(market.groups), dtype=bool),
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
            group = self.market.group[edges]
            seen = (self.market.key[edges] <= self.cut[group]) & ~self.shut[group]
            ready.append(asking[seen])
            asking = asking[~seen]
            self.now[asking] += 1
        return np.concatenate(ready) if ready else asking

    def round(self, asking: Ints) -> Ints:
        """All of them ask; returns whom the groups turned away."""
        self.held[asking] = True
        touched = np.zeros(len(self.cut), dtype=bool)
        touched[self.market.group[self.now[asking]]] = True
        gone = self.trim(touched)
        shrunk = touched & (self.pool >= 0)
        if shrunk.any():
            pools = np.zeros(len(self.cut), dtype=bool)
            pools[self.pool[shrunk]] = True
            gone = np.concatenate([gone, self.trim(pools)])
        return gone

    def trim(self, touched: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Ints:
        """Sort the kept children of some groups and turn away whoever does not fit."""
        kept = np.flatnonzero(self.held)
        groups = self.market.group[self.now[kept]]
        inside = touched[groups]
        kept, groups = kept[inside], groups[inside]
        keys = self.market.key[self.now[kept]]
        order = np.lexsort((keys, groups))
        kept, groups, keys = kept[order], groups[order], keys[order]
        first = np.searchsorted(groups, np.arange(len(self.cut)))
        counts = np.diff(np.append(first, len(groups)))
        place = np.arange(len(groups)) - first[groups]
        fits = place < self.room[groups]
        self.settle_ties(fits, groups, keys, first, counts)
        gone = kept[~fits]
        self.note_cuts(touched, fits, groups, keys)
        self.note_filled(touched, np.bincount(groups[fits], minlength=len(self.cut)))
        self.held[gone] = False
        self.now[gone] += 1
        return gone

    def settle_ties(
        self,
        fits: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
        groups: Ints,
        keys: Keys,
        first: Ints,
        counts: Ints,
    ) -> None:
        """Let the tied ones at the last seat all in, or all out, where the group says so."""
        over = np.flatnonzero((counts > self.room) & (self.admit | self.reject) & (self.room > 0))
        for place in over:
            begin, end = int(first[place]), int(first[place] + counts[place])
            last = keys[begin + self.room[place] - 1]
            if self.admit[place]:
                fits[begin:end] = keys[begin:end] <= last
            elif keys[begin + self.room[place]] == last:
                fits[begin:end] = keys[begin:end] < last

    def note_cuts(
        self,
        touched: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
        fits: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
        groups: Ints,
        keys: Keys,
    ) -> None:
        """Remember beyond which key a group need not be asked: the last kept one, once it is full.

        A group that turns away all tied ones stays closed for their key, even though seats are left.
        """
        worst = np.zeros(len(self.cut), dtype=np.uint64)
        np.maximum.at(worst, groups[fits], keys[fits])
        count = np.bincount(groups[fits], minlength=len(self.cut))
        full = touched & (count >= self.room)
        self.cut[full] = np.minimum(self.cut[full], np.where(count[full] > 0, worst[full], np.uint64(0)))
        closing = ~fits & self.reject[groups]
        if closing.any():
            lowest = np.full(len(self.cut), LAST, dtype=np.uint64)
            np.minimum.at(lowest, groups[closing], keys[closing])
            self.shut |= lowest == 0
            some = (lowest > 0) & (lowest < LAST)
            self.cut[some] = np.minimum(self.cut[some], lowest[some] - np.uint64(1))

    def note_filled(self, touched: "np.ndarray[tuple[int], np.dtype[np.bool_]]", count: Ints) -> None:
        """Take from each pool the seats that its groups have filled since."""
        capacities = self.market.capacities()
        now = np.minimum(count, capacities)
        feeding = touched & (self.pool >= 0)
        np.subtract.at(self.room, self.pool[feeding], (now - self.filled)[feeding])
        self.filled[touched] = now[touched]
