"""Which pairs are looked at: names that share a key, never all with all.

Names that are alike up to one slip share a key by construction: the syllables they may be read as, their characters in
order, or what is left of them without one character (as in Mor and Fraenkel, CACM 25, 1982, A hash code method for
detecting and correcting spelling errors). Keys are hashed, so a key may bring together names that have nothing in common;
how alike two names are is asked of the names.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from junheng.kernel.linkage.lettering import Alphabet, Lettering
from junheng.kernel.linkage.problem import Ints

Keys = npt.NDArray[np.uint64]
Found = tuple[Keys, Ints]
"""Keys, and whose each is."""
BASE = np.uint64(0x9E3779B97F4A7C15)
STEP = np.uint64(0xC2B2AE3D27D4EB4F)
READ = 4
"""Characters of a name whose reading makes its key; a longer name is asked whether the rest agrees."""


@dataclass(frozen=True, slots=True)
class Index:
    """Keys in order, to look up many at once."""

    keys: Keys
    owner: Ints

    def __len__(self) -> int:
        return len(self.keys)

    def meeting(self, keys: Keys, owner: Ints) -> tuple[Ints, Ints]:
        """Each of these owners beside each that has the same key."""
        first = np.searchsorted(self.keys, keys, "left")
        count = np.searchsorted(self.keys, keys, "right") - first
        return np.repeat(owner, count), self.owner[spread(first, count)]


def index(found: Found) -> Index:
    """Keys put in order."""
    keys, owner = found
    order = np.argsort(keys, kind="stable")
    return Index(keys[order], owner[order])


def spread(first: Ints, count: Ints) -> Ints:
    """Of each first place so many places from it on.

    >>> spread(np.array([5, 9]), np.array([2, 3])).tolist()
    [5, 6, 9, 10, 11]
    """
    whole = int(count.sum())
    found: Ints = np.arange(whole) + np.repeat(first - (np.cumsum(count) - count), count)
    return found


def each_once(numbers: Ints) -> Ints:
    """Different numbers in order. (``np.unique`` hashes whole numbers, which takes five times as long for so many.)

    >>> each_once(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    found = np.sort(numbers)
    return found[np.diff(found, prepend=-1) > 0]


def looked_up(keys: Ints, values: Ints, wanted: Ints, otherwise: int) -> Ints:
    """The values of keys, which are in order; another one for keys that are not there.

    >>> looked_up(np.array([2, 5]), np.array([7, 8]), np.array([5, 6]), 0).tolist()
    [8, 0]
    """
    if not len(keys):
        return np.full(len(wanted), otherwise, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], otherwise)


def powers(width: int) -> Keys:
    """A factor for each place of a name."""
    return np.cumprod(np.full(width + 1, BASE, dtype=np.uint64), dtype=np.uint64)


def sounding(names: Lettering, chosen: Ints, alphabet: Alphabet) -> Found:
    """A key for each way in which the first characters of a name may be read, as they are confused."""
    options, _ = alphabet.confused
    count = np.array([0, *map(len, options)], dtype=np.int64)
    start = np.cumsum(count) - count
    flat = np.array([*(one for each in options for one in each), 0], dtype=np.int64)
    owner, keys = chosen, names.length[chosen].astype(np.uint64)
    for place in range(min(READ, names.letters.shape[1])):
        letter = names.letters[owner, place]
        more = np.maximum(count[letter], 1)
        read = spread(start[letter], more)
        ended = np.repeat(letter == 0, more)
        owner, keys = np.repeat(owner, more), np.repeat(keys, more)
        syllable = np.where(ended, 0, flat[np.minimum(read, len(flat) - 1)] + 1)
        keys = keys * BASE + syllable.astype(np.uint64)
    return keys, owner


def ordering(names: Lettering, chosen: Ints) -> Found:
    """A key of the characters of a name in whatever order."""
    letters = names.ordered[chosen].astype(np.uint64)
    return (letters * powers(letters.shape[1])[1:]).sum(axis=1, dtype=np.uint64), chosen


def whole(names: Lettering, chosen: Ints) -> Found:
    """A key of a name as it is."""
    letters = names.letters[chosen].astype(np.uint64)
    keys = (letters * powers(letters.shape[1])[1:]).sum(axis=1, dtype=np.uint64)
    return keys + names.length[chosen].astype(np.uint64) * STEP, chosen


def lacking(names: Lettering, chosen: Ints, *, closed: bool) -> Found:
    """A key for a name without each of its characters: with its place left open, or closed up as ``whole`` writes it."""
    letters = names.letters[chosen].astype(np.uint64)
    factor = powers(letters.shape[1])
    here = letters * factor[1:]
    every = here.sum(axis=1, dtype=np.uint64)[:, None]
    if closed:
        after = letters * factor[:-1]
        keys = np.cumsum(here, axis=1, dtype=np.uint64) - here
        keys = keys + (
            after.sum(axis=1, dtype=np.uint64)[:, None] - np.cumsum(after, axis=1, dtype=np.uint64)
        )
        keys = keys + (names.length[chosen].astype(np.uint64) - np.uint64(1))[:, None] * STEP
    else:
        salt = np.arange(1, letters.shape[1] + 1, dtype=np.uint64) * BASE * STEP
        keys = every - here + salt + names.length[chosen].astype(np.uint64)[:, None] * STEP
    within = (np.arange(letters.shape[1]) < names.length[chosen][:, None]) & (names.length[chosen] > 1)[
        :, None
    ]
    owner, place = np.nonzero(within)
    return keys[owner, place], chosen[owner]


class Keyed:
    """The names of the roll, by every key under which one like them may be looked for."""

    def __init__(self, names: Lettering, alphabet: Alphabet) -> None:
        everybody = np.arange(len(names))
        self.names, self.alphabet = names, alphabet
        self.sounding = index(sounding(names, everybody, alphabet))
        self.ordering = index(ordering(names, everybody))
        self.whole = index(whole(names, everybody))
        self.open = index(lacking(names, everybody, closed=False))
        self.closed = index(lacking(names, everybody, closed=True))

    def near(self, mine: Lettering, chosen: Ints) -> tuple[Ints, Ints]:
        """Pairs of a name of the list and one of the roll that share a key, each pair once, in order."""
        pairs = np.concatenate([one * len(self.names) + other for one, other in self.meetings(mine, chosen)])
        pairs = each_once(pairs)
        return pairs // len(self.names), pairs % len(self.names)

    def meetings(self, mine: Lettering, chosen: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Pairs that share a key of each kind."""
        yield self.sounding.meeting(*sounding(mine, chosen, self.alphabet))
        yield self.ordering.meeting(*ordering(mine, chosen))
        yield self.open.meeting(*lacking(mine, chosen, closed=False))
        yield self.whole.meeting(*lacking(mine, chosen, closed=True))
        yield self.closed.meeting(*whole(mine, chosen))
