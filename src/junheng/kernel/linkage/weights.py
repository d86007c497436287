"""What an agreement is worth: whole hundredths of a bit, from how often it holds of one person and of any two.

Fellegi and Sunter (A theory for record linkage, JASA 64, 1969): a part of two records that agrees speaks for one person
by log2(m/u), where m is how often it agrees for one person written down twice, and u how often for two different people.
As Newcombe had it before them (Science 130, 1959), u is counted on the roll itself, for each value: a rare name says
more than a common one. m cannot be counted before anybody has judged pairs. The numbers here are the house's estimate
for lists that offices type up, tried on the planted errors of ``bench/linkage.py``; whoever has judged pairs may set
others. They order pairs and decide which are shown; they never decide that two are one.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from junheng.kernel.linkage.levels import Born, Name, Number, Same
from junheng.kernel.linkage.problem import Ints

MILLE = 1000


@dataclass(frozen=True, slots=True)
class Weights:
    """How many in a thousand pairs of one person written down twice are at each level, by the number of the level.

    The first place of each is UNKNOWN, which weighs nothing. ``least`` is the score from which a pair is shown.
    """

    number: tuple[int, ...] = (0, 900, 900, 20)
    number_near: int = 10
    """How many in a thousand different people born on one day have numbers one slip apart: the u of NEAR."""
    name: tuple[int, ...] = (0, 900, 30, 5, 10, 5, 30, 15, 5)
    born: tuple[int, ...] = (0, 930, 10, 30, 20, 10)
    sex: tuple[int, ...] = (0, 985, 15)
    area: tuple[int, ...] = (0, 850, 150)
    school: tuple[int, ...] = (0, 850, 150)
    least: int = -400


NAMES, BORNS, NUMBERS, SAMES = len(Name), len(Born), len(Number), len(Same)


@lru_cache(maxsize=1 << 16)
def centibits(up: int, down: int) -> int:
    """The hundredths of a bit in a ratio, rounded down: no float comes into it, so it is one number everywhere.

    >>> centibits(1, 1), centibits(100, 1), centibits(1, 100), centibits(1, 2)
    (0, 664, -665, -100)
    """
    over, under = up**100, down**100
    bits = over.bit_length() - under.bit_length()
    least = over >= under << bits if bits >= 0 else over << -bits >= under
    return bits if least else bits - 1


def worth(mille: int, count: Ints, among: int) -> Ints:
    """What an agreement is worth that holds of so many in a thousand of one person, and of ``count`` among so many others.

    What no one else has is taken to be had by one.

    >>> worth(900, np.array([0, 1, 486]), 486_000).tolist()
    [1873, 1873, 981]
    """
    different, back = np.unique(np.maximum(count, 1), return_inverse=True)
    each = [centibits(mille * among, MILLE * one) for one in different.tolist()]
    found: Ints = np.array(each, dtype=np.int64)[back.reshape(-1)]
    return found
