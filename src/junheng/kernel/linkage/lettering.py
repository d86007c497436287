"""Names as columns of characters, and how alike two of them are: whole columns of pairs at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from junheng.kernel.linkage.levels import Name
from junheng.kernel.linkage.names import family_of
from junheng.kernel.linkage.problem import Flags, Ints
from junheng.kernel.linkage.sounds import confused_readings, readings

Places = npt.NDArray[np.int32]
Masks = npt.NDArray[np.uint64]
CODES = 0x110000


class Alphabet:
    """The characters of some names by number, from 1, and which of them are read alike."""

    def __init__(self, *names: Sequence[str]) -> None:
        told = np.zeros(CODES, dtype=np.int32)
        told[np.concatenate([codes_of(one) for one in names])] = 1
        self.codes = np.flatnonzero(told)
        told[self.codes] = np.arange(1, len(self.codes) + 1, dtype=np.int32)
        self.place = told
        self.signs = [chr(code) for code in self.codes.tolist()]

    @cached_property
    def read(self) -> Masks:
        """For each character a bit for each syllable it may be read as; the first row is of no character."""
        return masks([readings(one) for one in self.signs])

    @cached_property
    def confused(self) -> tuple[list[list[int]], Masks]:
        """The same for syllables as they are confused, as numbers and as bits."""
        found = [confused_readings(one) for one in self.signs]
        number = numbered(found)
        return [sorted(number[one] for one in each) for each in found], masks(found)


@dataclass(frozen=True, slots=True)
class Lettering:
    """Different names, each a row of characters by their numbers, filled up with 0: from its start, from its end, sorted."""

    letters: Places
    ending: Places
    ordered: Places
    length: Ints
    family: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.length)


def lettered(names: Sequence[str], alphabet: Alphabet, width: int) -> Lettering:
    """Names in an alphabet that has all of their characters, none longer than ``width``."""
    length = np.array([len(one) for one in names], dtype=np.int64)
    letters = np.zeros((len(names), width), dtype=np.int32)
    ending = np.zeros_like(letters)
    owner = np.repeat(np.arange(len(names)), length)
    at = np.arange(len(owner)) - np.repeat(np.cumsum(length) - length, length)
    found = alphabet.place[codes_of(names)]
    letters[owner, at] = found
    ending[owner, at + width - length[owner]] = found
    return Lettering(letters, ending, np.sort(letters, axis=1), length, tuple(map(family_of, names)))


def codes_of(names: Sequence[str]) -> npt.NDArray[np.uint32]:
    """The characters of all names, one after the other."""
    return np.frombuffer("".join(names).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def numbered(syllables: Sequence[frozenset[str]]) -> dict[str, int]:
    """Syllables by number, in the order of the alphabet."""
    return {one: place for place, one in enumerate(sorted(frozenset().union(*syllables)))}


def masks(syllables: Sequence[frozenset[str]]) -> Masks:
    """A row of bits for each character, after a row without any."""
    number = numbered(syllables)
    found = np.zeros((len(syllables) + 1, len(number) // 64 + 1), dtype=np.uint64)
    for row, each in enumerate(syllables, start=1):
        for one in each:
            found[row, number[one] // 64] |= np.uint64(1 << (number[one] % 64))
    return found


def levels(mine: Lettering, one: Ints, theirs: Lettering, other: Ints, alphabet: Alphabet) -> Ints:
    """How alike pairs of names are, up to EDIT; OTHER where they are not, whatever their family names."""
    unlike = (mine.letters[one] != theirs.letters[other]).sum(axis=1)
    longer = mine.length[one] - theirs.length[other]
    shorter = np.minimum(mine.length[one], theirs.length[other])
    found = np.full(len(one), Name.OTHER, dtype=np.int64)
    at = np.flatnonzero((np.abs(longer) == 1) & (shorter > 1))
    found[at[one_more(mine, one[at], theirs, other[at], shorter[at])]] = Name.EDIT
    even = longer == 0
    found[even & (unlike == 1) & (shorter > 1)] = Name.EDIT
    at = np.flatnonzero(even & (unlike > 1))
    found[at[(mine.ordered[one[at]] == theirs.ordered[other[at]]).all(axis=1)]] = Name.TURNED
    at = np.flatnonzero(even & (unlike > 0))
    at = at[alike(mine.letters[one[at]], theirs.letters[other[at]], alphabet.confused[1])]
    found[at] = Name.NEAR_SOUND
    at = at[alike(mine.letters[one[at]], theirs.letters[other[at]], alphabet.read)]
    found[at] = np.where(unlike[at] == 1, Name.TYPED, Name.SOUND)
    found[unlike == 0] = Name.SAME
    found[shorter == 0] = Name.UNKNOWN
    return found


def one_more(mine: Lettering, one: Ints, theirs: Lettering, other: Ints, shorter: Ints) -> Flags:
    """Whether beginning and end that two names share are together as long as the shorter one."""
    begins = np.cumprod(mine.letters[one] == theirs.letters[other], axis=1).sum(axis=1)
    ends = np.cumprod((mine.ending[one] == theirs.ending[other])[:, ::-1], axis=1).sum(axis=1)
    together: Flags = np.minimum(begins, shorter) + np.minimum(ends, shorter) >= shorter
    return together


def alike(mine: Places, theirs: Places, read: Masks) -> Flags:
    """Whether the characters at each place may be read the same; where both names have ended they are."""
    found = np.ones(len(mine), dtype=bool)
    for place in range(mine.shape[1]):
        at = np.flatnonzero(found & (mine[:, place] != theirs[:, place]))
        if len(at):
            found[at] = (read[mine[at, place]] & read[theirs[at, place]]).any(axis=1)
    return found
