"""Whether a county's outcome can stand, and whether every reason given is true: written without ``solve``."""

import numpy as np
import numpy.typing as npt

from junheng.kernel.admission.counties.problem import County, Seats, Settled
from junheng.kernel.matching.problem import Ints


def faults(county: County, seats: Seats, settled: Settled) -> dict[str, int]:
    """How many of each kind: children at a group that they did not ask, groups over capacity, envy, waste, and reasons
    or ranks that are not so. Empty if it may be released.

    A claim is a wish before the one that was granted. It is envy where the group has somebody of a later key, waste
    where it has a seat left.
    """
    owners = np.repeat(np.arange(county.children), np.diff(county.starts))
    edges, count = np.arange(len(county.group)), len(seats.codes)
    granted = settled.result[owners]
    stray = (settled.result >= 0) & (
        (settled.result < county.starts[:-1]) | (settled.result >= county.starts[1:])
    )
    if stray.any():
        return {"not-own": int(stray.sum())}
    inside, key = edges == granted, county.tier.astype(np.int64) * county.children + settled.order[owners]
    claims = (edges < granted) | (granted < 0)
    admitted = np.bincount(county.group[inside], minlength=count)
    last = np.full(count, -1, dtype=np.int64)
    np.maximum.at(last, county.group[inside], key[inside])
    room = seats.capacity.copy()
    for feeding in np.flatnonzero(seats.pool >= 0).tolist():
        room[seats.pool[feeding]] += max(0, int(seats.capacity[feeding] - admitted[feeding]))
    place, end = county.group, last[county.group]
    later_tier = county.tier > end // max(1, county.children)
    reason = np.select([inside, ~claims, admitted[place] == 0, later_tier], [0, 1, 6, 2], 4)
    found = {
        "over-capacity": admitted > room,
        "envy": claims & (key < end),
        "waste": claims & (admitted < room)[place],
        "reason": settled.why != reason,
        "rank": settled.rank != ranks(place, key),
        "order": np.bincount(settled.order, minlength=county.children) != 1,
    }
    return {kind: int(which.sum()) for kind, which in found.items() if which.any()}


def ranks(group: npt.NDArray[np.int32], key: Ints) -> Ints:
    """The place of every edge among those of its group, from 1, by sorting."""
    order = np.argsort(group * (key.max(initial=0) + 1) + key)
    counts = np.bincount(group)
    found = np.empty(len(group), dtype=np.int64)
    found[order] = np.arange(len(group))
    return found - (np.cumsum(counts) - counts)[group] + 1
