"""Who of a list is who on the roll, as values: the columns of both, the verdict of a row, and a pair for a person to judge.

Identity numbers never come here: a keyed digest of one can be compared for being equal and says nothing else. Days are
``date.toordinal()``. What is not known is 0 or empty, and speaks neither for nor against anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, IntFlag

import numpy as np
import numpy.typing as npt

from junheng.kernel.errors import Refusal
from junheng.kernel.linkage.levels import LEVELS, Part

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll, an entry a pupil and school: who is on two rolls stands here twice, with one digest."""

    key: Ints
    digest: Sequence[str]
    name: Sequence[str]
    born: Ints
    sex: Ints
    area: Sequence[str]
    school: Ints

    def __post_init__(self) -> None:
        even(self.key, self.digest, self.name, self.born, self.sex, self.area, self.school)


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a list. ``near`` are digests of what a flawed number may have been meant as (see ``repairs``).

    ``sound`` says that form, day and check digit of the number are right: only then does another number speak against.
    """

    key: Ints
    digest: Sequence[str]
    sound: Flags
    near: Sequence[Sequence[str]]
    name: Sequence[str]
    born: Ints
    sex: Ints
    area: Sequence[str]
    school: Ints

    def __post_init__(self) -> None:
        even(
            self.key, self.digest, self.sound, self.near, self.name, self.born, self.sex, self.area, self.school
        )  # fmt: skip


class Verdict(IntEnum):
    """What came of a row. Numbers stand in columns and never change."""

    ABSENT = 0
    """Nobody on the roll is like enough to be shown to anybody."""
    EXACT = 1
    """Number and name are equal, one pupil, one row."""
    REPEATED = 2
    """Number and name are those of an earlier row of the same list."""
    DOUBTFUL = 3
    """There are pairs that a person has to judge."""


class Note(IntFlag):
    """What else has to be said of a row."""

    OTHER_NAME = 1
    """The number is on the roll, under another name."""
    TWO_ROLLS = 2
    """The number is on the roll more than once."""
    TWO_ROWS = 4
    """Another row has the same number under another name, or has the same pupil as its first."""
    EQUALS = 8
    """The first two are alike to the same degree: twins, namesakes."""
    MORE = 16
    """Others, as alike as the last one shown, are not shown."""
    VAGUE = 32
    """Pupils bear the name, and the row has no birthday by which to tell them apart."""
    FLAWED = 64
    """The number is not a right one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and a pupil who may be one person. ``score`` is in hundredths of a bit: 0 is even odds, 664 a hundred to one."""

    row: int
    pupil: int
    place: int
    score: int
    levels: tuple[IntEnum, ...]
    weights: tuple[int, ...]
    likewise: int
    """How many on the roll bear a name that is as much alike as this one."""
    taken: bool
    """Another row of the list has this pupil by number and name."""

    def differing(self) -> tuple[Part, ...]:
        """The parts that are not the same: what a person has to see of the two.

        >>> from junheng.kernel.linkage.levels import Born, Name, Number, Same
        >>> levels = Number.UNKNOWN, Name.TYPED, Born.SAME, Same.SAME, Same.OTHER, Same.UNKNOWN
        >>> [one.name for one in Pair(1, 2, 1, 300, levels, (0,) * 6, 1, False).differing()]
        ['NUMBER', 'NAME', 'AREA', 'SCHOOL']
        """
        return tuple(part for part in Part if self.levels[part] != 1)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of all rows as columns, in the order of rows and, within one, of places."""

    row: Ints
    pupil: Ints
    place: Ints
    score: Ints
    levels: Ints
    """Of shape ``(pairs, parts)``, as are the weights."""
    weights: Ints
    likewise: Ints
    taken: Flags


@dataclass(frozen=True, slots=True)
class Links:
    """What came of every row, ascending by key."""

    row: Ints
    verdict: Ints
    pupil: Ints
    """Of an exact row its pupil; -1 for any other."""
    same_as: Ints
    """Of a repeated row the earlier one; -1 for any other."""
    notes: Ints
    namesakes: Ints
    """How many on the roll bear the very name."""
    pairs: Pairs

    def at(self, row: int) -> int:
        """The place of a row in the columns."""
        place = int(np.searchsorted(self.row, row))
        if place == len(self.row) or self.row[place] != row:
            raise Refusal("row-not-matched", "第 {row} 行不在这次比对的名单里。请重新比对。", row=row)
        return place

    def verdict_of(self, row: int) -> Verdict:
        """What came of one row."""
        return Verdict(int(self.verdict[self.at(row)]))

    def notes_of(self, row: int) -> Note:
        """What else has to be said of one row."""
        return Note(int(self.notes[self.at(row)]))

    def of(self, row: int) -> list[Pair]:
        """The pairs of one row, the likeliest first."""
        one = self.pairs
        first, last = np.searchsorted(one.row, [row, row + 1]).tolist()
        return [
            Pair(
                row,
                int(one.pupil[at]),
                int(one.place[at]),
                int(one.score[at]),
                tuple(kind(int(level)) for kind, level in zip(LEVELS, one.levels[at], strict=True)),
                tuple(one.weights[at].tolist()),
                int(one.likewise[at]),
                bool(one.taken[at]),
            )
            for at in range(first, last)
        ]


def even(key: Ints, *others: Sequence[object] | Ints | Flags) -> None:
    """Refuse columns of different lengths, and a key that is there twice."""
    if any(len(one) != len(key) for one in others):
        raise Refusal("uneven-columns", "比对所用的各列长短不一，无法逐行对应。请重新读取名册和名单。")
    if len(np.unique(key)) != len(key):
        raise Refusal("key-twice", "比对所用的编号有重复，无法指明是哪一行。请重新读取名册和名单。")
