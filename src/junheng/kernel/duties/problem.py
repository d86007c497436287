"""A duty as values: the norm with its reading, who has charge of what, who stands in for whom, and what was done.

Everything is columns of whole numbers, so that a province's year is counted at once. Days are proleptic ordinals
(``date.toordinal``), minutes are ordinal times 1,440 plus the minute of the day, both of Shanghai. ``until`` is the first
day on which something no longer holds. People and waters are numbered from 0 by the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from junheng.kernel.errors import Refusal

Ints = npt.NDArray[np.int64]
MINUTES = 1_440
WEEK = 7
FAR = 10**8
"""A day that never comes: the end of what has none."""


class Per(StrEnum):
    """How the norm is read: so many checks a week by each person, or of each water by each person."""

    PERSON = "person"
    WATER = "water"


class Rest(StrEnum):
    """What becomes of a part of a check where somebody had charge for a part of the week."""

    DOWN = "down"
    NEAREST = "nearest"
    """Halves are rounded up."""
    UP = "up"


@dataclass(frozen=True, slots=True)
class Norm:
    """``steps`` are pairs of a first day and the checks owed in a week that begins on it or later.

    Two checks closer together than ``apart`` minutes (by the same person, for the same duty) count once; with
    ``distinct_days`` no two of one day count. Which reading holds is for the bureau to say: it is a parameter.
    """

    steps: tuple[tuple[int, int], ...]
    per: Per = Per.PERSON
    rest: Rest = Rest.DOWN
    apart: int = 0
    distinct_days: bool = False

    def __post_init__(self) -> None:
        if not self.steps or list(self.steps) != sorted(set(self.steps)):
            raise Refusal("norm-without-steps", "工作要求没有写明从哪一天起每周几次。请补充后再计算。")
        if any(owed < 0 for _, owed in self.steps) or self.apart < 0:
            raise Refusal("negative-norm", "每周次数和间隔不能为负数。请改正。")

    def of_week(self, mondays: Ints) -> Ints:
        """The checks owed in the weeks that begin on these days; none before the first step."""
        firsts = np.array([first for first, _ in self.steps], dtype=np.int64)
        owed = np.array([0, *(each for _, each in self.steps)], dtype=np.int64)
        return owed[np.searchsorted(firsts, mondays, side="right")]


@dataclass(frozen=True, slots=True)
class Charges:
    """Row by row who had charge of which water, from when until when. All of shape ``(charges,)``."""

    person: Ints
    water: Ints
    since: Ints
    until: Ints

    def __post_init__(self) -> None:
        check_spans(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Leaves:
    """Row by row who was away, and who stood in (-1 where nobody did: the duty stays where it was)."""

    person: Ints
    deputy: Ints
    since: Ints
    until: Ints

    def __post_init__(self) -> None:
        check_spans(self.since, self.until)
        if (self.person == self.deputy).any():
            raise Refusal("own-deputy", "请假的人不能由自己代理。请核对代理人。")


@dataclass(frozen=True, slots=True)
class Checks:
    """Row by row who checked which water in which minute."""

    person: Ints
    water: Ints
    minute: Ints

    @property
    def day(self) -> Ints:
        """The day of every check."""
        return self.minute // MINUTES


Owed = Sequence[tuple[int, int]]
"""Pairs of days and numbers, as people write them down."""


def check_spans(since: Ints, until: Ints) -> None:
    """Refuse what ends before it begins."""
    if (until <= since).any():
        raise Refusal("span-of-no-day", "有一段时间的终止日不晚于起始日。请核对日期。")


def monday_of(day: Ints) -> Ints:
    """The Monday of the week in which a day lies (ordinal 1 was a Monday)."""
    return day - (day - 1) % WEEK


def no_leaves() -> Leaves:
    """Nobody was away."""
    nothing = np.zeros(0, dtype=np.int64)
    return Leaves(nothing, nothing, nothing, nothing)
