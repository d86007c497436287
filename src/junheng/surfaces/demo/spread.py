"""Dividing a whole number into whole parts that add up to it."""

import numpy as np
import numpy.typing as npt

from junheng.surfaces.demo.dice import Ints


def spread(total: int, weights: npt.ArrayLike, least: int = 0) -> Ints:
    """``total`` in parts as the integer ``weights`` say, by largest remainder; each part at least ``least``.

    Raises ValueError if there is nothing to divide among, or too little for the least.
    """
    weight = np.asarray(weights, dtype=np.int64)
    free = total - least * len(weight)
    if free < 0 or (free > 0 and weight.sum() <= 0):
        raise ValueError(f"{total} cannot be spread over {len(weight)} parts of at least {least}")
    if free == 0:
        return np.full(len(weight), least, dtype=np.int64)
    whole = int(weight.sum())
    parts = weight * free // whole
    rest = weight * free - parts * whole
    gain = np.argsort(-rest, kind="stable")[: free - int(parts.sum())]
    parts[gain] += 1
    return parts + least


def deal(total: int, places: int) -> Ints:
    """``total`` things in ``places`` parts as equal as can be, the larger parts first."""
    return spread(total, np.ones(places, dtype=np.int64))


def rank_within(groups: Ints) -> Ints:
    """For each place its number (0, 1, 2 …) among the earlier places of the same group."""
    order = np.argsort(groups, kind="stable")
    held = groups[order]
    starts = np.flatnonzero(np.r_[True, held[1:] != held[:-1]]) if len(held) else np.zeros(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, len(held)])
    rank = np.empty(len(groups), dtype=np.int64)
    rank[order] = np.arange(len(held)) - np.repeat(starts, sizes)
    return rank
