"""Ranking by whole numbers: the sum, then the sums of the criteria in their order; what is equal then shares a place."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Scores = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One work: its sum, its place (shared where everything is equal), the cut it falls into, and whether it goes on.

    ``cut`` is 0 for the first prizes, 1 for the second…, and how many cuts there are for none. ``drawn``: works that are
    equal in everything were told apart by the published text, because a border lies between them.
    """

    number: str
    total: int
    place: int
    cut: int
    forwarded: bool
    drawn: bool


def ranked(scores: Mapping[str, Scores], *, cuts: Sequence[int], forward: int, order: str) -> list[Ranked]:
    """Rank works by their scores for each criterion, in the criteria's order.

    >>> told = ranked({"a": (5, 4), "b": (6, 3), "c": (2, 2)}, cuts=(1, 1), forward=1, order="x")
    >>> [(one.number, one.total, one.place, one.cut, one.forwarded) for one in told]
    [('b', 9, 1, 0, True), ('a', 9, 2, 1, False), ('c', 4, 3, 2, False)]
    """
    keys = {number: (sum(each), *each) for number, each in scores.items()}
    row = sorted(keys, key=lambda number: ([-one for one in keys[number]], lot(order, number), number))
    first: dict[Scores, int] = {}
    for position, number in enumerate(row):
        first.setdefault(keys[number], position)
    falls = [(cut_of(position, cuts), position < forward) for position in range(len(row))]
    told: dict[Scores, set[tuple[int, bool]]] = {}
    for number, fall in zip(row, falls, strict=True):
        told.setdefault(keys[number], set()).add(fall)
    return [
        Ranked(number, keys[number][0], first[keys[number]] + 1, cut, forwarded, len(told[keys[number]]) > 1)
        for number, (cut, forwarded) in zip(row, falls, strict=True)
    ]


def cut_of(position: int, cuts: Sequence[int]) -> int:
    """Into which cut a position falls.

    >>> [cut_of(position, (1, 2)) for position in range(4)]
    [0, 1, 1, 2]
    """
    for cut, size in enumerate(cuts):
        if position < size:
            return cut
        position -= size
    return len(cuts)


def lot(order: str, number: str) -> str:
    """What follows for a work from a text that was published before there were works."""
    return hashlib.sha256(f"{order}|{number}".encode()).hexdigest()
