"""One county from the seed to reasons: by compiled code where there is Numba, else by the ordinary tools."""

import numpy as np
import numpy.typing as npt

from junheng.kernel.admission.counties.fast import first_bad, rank_edges, tell
from junheng.kernel.admission.counties.problem import County, Seats, Settled, bad_edge
from junheng.kernel.lottery import ranks
from junheng.kernel.lottery.digests import Algorithm, begin, line
from junheng.kernel.lottery.fast import digests
from junheng.kernel.lottery.problem import EVERY_SCHOOL
from junheng.kernel.matching import Group, Market, explain, solve
from junheng.kernel.matching.explain import tier_of
from junheng.kernel.matching.fast import STRICT, njit, run
from junheng.kernel.matching.problem import HIGHEST_SCORE, Ints, Keys


def settle(algorithm: Algorithm, seed: str, batch: str, county: County, seats: Seats) -> Settled:
    """Draw, match and explain one county."""
    wrong = first_bad(county.starts, county.group, len(seats.codes))
    if wrong >= 0:
        raise bad_edge(county.code, county.pid(wrong))
    prefix = line("num", seed, batch, EVERY_SCHOOL) + b"|"
    if njit is None:
        return settle_plainly(algorithm, prefix, county, seats)
    order = places(digests(algorithm, prefix, county.pids))
    return compiled(order, county, seats)


def settle_plainly(algorithm: Algorithm, prefix: bytes, county: County, seats: Seats) -> Settled:
    """The same by ``lottery`` and ``matching``: the reference of what is compiled."""
    begun, drawn = begin(algorithm)(prefix), []
    for pid in county.pids:
        one = begun.copy()
        one.update(pid.tobytes())
        drawn.append(one.digest())
    order = ranks(drawn)
    keys = keys_of(order, county)
    groups = [
        Group(code, int(capacity), release_to=None if pool < 0 else int(pool))
        for code, capacity, pool in zip(seats.codes, seats.capacity, seats.pool, strict=True)
    ]
    market = Market(tuple(groups), county.starts, county.group.astype(np.int64), keys)
    result = solve(market)
    told = explain(market, result)
    last = np.array([0 if cut.key is None else cut.key for cut in told.cuts], dtype=np.uint64)
    ranked = np.array([cut.rank for cut in told.cuts], dtype=np.int64)
    return Settled(
        order,
        result,
        told.rank,
        told.why,
        np.array([cut.asked for cut in told.cuts], dtype=np.int64),
        np.array([cut.admitted for cut in told.cuts], dtype=np.int64),
        np.array([cut.seats for cut in told.cuts], dtype=np.int64),
        ranked,
        np.where(ranked > 0, tier_of(last).astype(np.int64), -1),
    )


def keys_of(order: Ints, county: County) -> Keys:
    """The key of every edge, as ``matching.key_of`` makes it."""
    rank = np.repeat(order, np.diff(county.starts)).astype(np.uint64)
    tier = county.tier.astype(np.uint64) << np.uint64(56)
    return tier | np.uint64(HIGHEST_SCORE << 40) | rank << np.uint64(8)


def places(words: npt.NDArray[np.uint32]) -> Ints:
    """The place of every child in the order of the numbers, from 0: as ``lottery.ranks``, with little to sort."""
    first = words[:, 0].astype(np.uint64) << np.uint64(32) | words[:, 1]
    order = np.argsort(first)
    ordered = first[order]
    if (ordered[1:] == ordered[:-1]).any():
        return ranks([one.tobytes() for one in words.astype(">u4")])
    found = np.empty(len(first), dtype=np.int64)
    found[order] = np.arange(len(first))
    return found


def compiled(order: Ints, county: County, seats: Seats) -> Settled:
    """Match and explain by compiled code."""
    count, edges = len(seats.codes), len(county.group)
    rank = np.empty(edges, dtype=np.int64)
    asked = np.zeros(count, dtype=np.int64)
    tiers = int(county.tier.max()) + 1 if edges else 1
    rank_edges(
        order, county.starts, county.group, county.tier, np.zeros((count, tiers), np.int64), rank, asked
    )
    room = seats.capacity.copy()
    feeding = seats.pool >= 0
    np.add.at(room, seats.pool[feeding], seats.capacity[feeding])
    first = np.zeros(count + 1, dtype=np.int64)
    first[1:] = np.cumsum(np.minimum(asked, room + 1))
    ties = np.full(count, STRICT, dtype=np.int64)
    # a rank within its group orders just as the key does
    result = run(
        county.starts, county.group, rank.view(np.uint64), seats.capacity, room, seats.pool, ties, first
    )
    why = np.empty(edges, dtype=np.uint8)
    admitted, last_rank, last_tier = np.zeros(count, np.int64), np.zeros(count, np.int64), np.full(count, -1)
    tell(county.starts, county.group, county.tier, rank, result, why, admitted, last_rank, last_tier)
    given = seats.capacity.copy()
    left = np.maximum(seats.capacity - admitted, 0)
    np.add.at(given, seats.pool[feeding], left[feeding])
    return Settled(order, result, rank, why, asked, admitted, given, last_rank, last_tier)
