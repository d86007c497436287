"""Why a child got this group and not that one: two numbers for every edge, a few for every group."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from junheng.kernel.matching.problem import HIGHEST_SCORE, Ints, Keys, Market, Ties


class Why(IntEnum):
    """What became of one wish at one group."""

    ADMITTED = 0
    NOT_NEEDED = 1
    """A wish further up was granted."""
    LOWER_TIER = 2
    """The last one admitted is of a better tier."""
    LOWER_SCORE = 3
    """The same tier, and the last one admitted has the higher score."""
    LATER_NUMBER = 4
    """The same tier and score, and the last one admitted drew the earlier number."""
    TIES_DID_NOT_FIT = 5
    """The group turns away all of equal key who do not all fit."""
    NO_SEATS = 6
    """The group had no seat at all."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of one group's list: how many asked, were admitted, and could be; the place and key of the last one in.

    ``rank`` is counted among all who asked, from 1, so rank minus admitted is how many before got a better wish.
    """

    code: str
    asked: int
    admitted: int
    seats: int
    rank: int
    key: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """For every edge its rank among all who asked that group (from 1) and its ``Why``; for every group its cut."""

    rank: Ints
    why: "np.ndarray[tuple[int], np.dtype[np.uint8]]"
    cuts: tuple[Cut, ...]


def explain(market: Market, result: Ints) -> Explanation:
    """The reasons of a whole result."""
    rank = ranks_of(market)
    admitted = result[result >= 0]
    count = np.bincount(market.group[admitted], minlength=len(market.groups))
    last = last_admitted(market, admitted)
    why = np.full(market.edges, Why.NOT_NEEDED, dtype=np.uint8)
    why[admitted] = Why.ADMITTED
    before = asked_in_vain(market, result)
    why[before] = reasons(market, before, last, count)
    cuts = cuts_of(market, rank, last, count)
    return Explanation(rank, why, cuts)


def ranks_of(market: Market) -> Ints:
    """The place of every edge among those of its group, from 1; equal keys share the better place."""
    order = np.argsort(market.words, kind="stable")
    words = market.words[order]
    places = np.arange(len(order))
    if len(order):
        places[1:][words[1:] == words[:-1]] = -1
        places = np.maximum.accumulate(places)
    asked = np.bincount(market.group, minlength=len(market.groups))
    rank = np.empty(market.edges, dtype=np.int64)
    rank[order] = places
    return rank - (np.cumsum(asked) - asked)[market.group] + 1


def last_admitted(market: Market, admitted: Ints) -> Ints:
    """The edge of the last one in of every group; -1 where nobody is."""
    order = admitted[np.argsort(market.words[admitted], kind="stable")]
    last = np.full(len(market.groups), -1, dtype=np.int64)
    last[market.group[order]] = order
    return last


def asked_in_vain(market: Market, result: Ints) -> Ints:
    """The edges before the one that was granted, of everybody."""
    until = np.where(result >= 0, result, market.starts[1:])
    return np.flatnonzero(np.arange(market.edges) < np.repeat(until, np.diff(market.starts)))


def reasons(
    market: Market, edges: Ints, last: Ints, count: Ints
) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    """Why each of these edges was asked in vain."""
    group = market.group[edges]
    end = last[group]
    mine = market.key[edges]
    theirs = np.where(end >= 0, market.key[np.maximum(end, 0)], np.uint64(0))
    found = np.full(len(edges), Why.LATER_NUMBER, dtype=np.uint8)
    found[score_of(mine) < score_of(theirs)] = Why.LOWER_SCORE
    found[tier_of(mine) != tier_of(theirs)] = Why.LOWER_TIER
    rejecting = np.array([one.ties is Ties.REJECT for one in market.groups], dtype=bool)
    open_seats = count < market.capacities()
    found[rejecting[group] & open_seats[group]] = Why.TIES_DID_NOT_FIT
    found[end < 0] = Why.NO_SEATS
    found[(end < 0) & rejecting[group] & (market.capacities()[group] > 0)] = Why.TIES_DID_NOT_FIT
    return found


def cuts_of(market: Market, rank: Ints, last: Ints, count: Ints) -> tuple[Cut, ...]:
    """The end of every group's list."""
    asked = np.bincount(market.group, minlength=len(market.groups))
    seats = market.seats(count)
    return tuple(
        Cut(
            one.code,
            int(asked[place]),
            int(count[place]),
            int(seats[place]),
            int(rank[last[place]]) if last[place] >= 0 else 0,
            int(market.key[last[place]]) if last[place] >= 0 else None,
        )
        for place, one in enumerate(market.groups)
    )


def tier_of(key: Keys) -> Keys:
    """The tier within a key."""
    return key >> np.uint64(56)


def score_of(key: Keys) -> Ints:
    """The score within a key."""
    return HIGHEST_SCORE - ((key >> np.uint64(40)) & np.uint64(0xFFFF)).astype(np.int64)
