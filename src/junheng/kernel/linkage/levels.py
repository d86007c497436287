"""How alike two records are, part by part: one of a few levels each, and a word for it."""

from enum import IntEnum


class Part(IntEnum):
    """What is compared of two records: a column of levels and weights for each."""

    NUMBER = 0
    NAME = 1
    BORN = 2
    SEX = 3
    AREA = 4
    SCHOOL = 5


class Number(IntEnum):
    """Two numbers."""

    UNKNOWN = 0
    SAME = 1
    NEAR = 2
    """The list's is flawed, and one slip away from that on the roll."""
    OTHER = 3


class Name(IntEnum):
    """Two names; the first of these that is true of them."""

    UNKNOWN = 0
    SAME = 1
    TYPED = 2
    """One character is another one that is read alike: the usual slip of who types by sound."""
    SOUND = 3
    """All are read alike, more than one is written otherwise."""
    NEAR_SOUND = 4
    """Read alike but for what speakers confuse: zh and z, n and l, n and ng at the end."""
    TURNED = 5
    """The same characters in another order."""
    EDIT = 6
    """One character is another, is missing, or is too many."""
    FAMILY = 7
    """Only the family name is the same."""
    OTHER = 8


class Born(IntEnum):
    """Two birthdays; the first of these that is true of them."""

    UNKNOWN = 0
    SAME = 1
    TURNED = 2
    """Month and day are exchanged."""
    DIGIT = 3
    """One of the eight digits is another, or two neighbours are exchanged."""
    YEAR = 4
    OTHER = 5


class Same(IntEnum):
    """Two sexes, two counties, two schools."""

    UNKNOWN = 0
    SAME = 1
    OTHER = 2


LEVELS: tuple[type[IntEnum], ...] = (Number, Name, Born, Same, Same, Same)
"""The levels of each part, by its number."""
