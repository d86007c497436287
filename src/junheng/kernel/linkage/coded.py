"""Roll and list as numbers: names, counties and days each once, and where on the roll whoever has one stands."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from junheng.kernel.linkage.blocks import spread
from junheng.kernel.linkage.lettering import Alphabet, Lettering, lettered
from junheng.kernel.linkage.names import name_forms
from junheng.kernel.linkage.problem import Flags, Ints, Listed, Roll

COUNTY = 6
"""Digits of an area's code that name the county; a shorter one names none."""
Names = tuple[list[str], Ints]
"""Different compared forms, and which of them each name has."""


class Numbering(dict[str, int]):
    """Texts by number, in the order in which they come."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where whoever has a value stands: places sorted by it, and where each begins."""

    places: Ints
    starts: Ints

    def count(self) -> Ints:
        """How many have each value."""
        return np.diff(self.starts)

    def having(self, values: Ints) -> tuple[Ints, Ints]:
        """For each of these values everybody who has it: the place among the values asked for, and who."""
        first, count = self.starts[values], self.count()[values]
        return np.repeat(np.arange(len(values)), count), self.places[spread(first, count)]


def shelf(values: Ints, among: int) -> Shelf:
    """Everybody by value; values are numbers below ``among``."""
    starts = np.concatenate([[0], np.cumsum(np.bincount(values, minlength=among))])
    return Shelf(np.argsort(values, kind="stable"), starts)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two as numbers. ``day``, ``area`` and ``school`` are places among those of both; 0 is unknown."""

    names: Lettering
    name: Ints
    family: Ints
    day: Ints
    sex: Ints
    area: Ints
    school: Ints
    numbered: Flags
    """Whether a number is known: of the list one that is right."""


@dataclass(frozen=True, slots=True)
class Both:
    """The roll and those rows of the list that no number has settled."""

    roll: Side
    rows: Side
    alphabet: Alphabet
    days: Ints
    families: int
    areas: int
    schools: int
    by_name: Shelf
    by_day: Shelf


def coded(roll: Roll, names: Names, listed: Listed, chosen: Ints) -> Both:
    """Both sides in one numbering; of the list only the chosen rows. ``names`` are the different ones of the roll."""
    pick = chosen.tolist()
    theirs, their_name = names
    mine, my_name = different([listed.name[at] for at in pick])
    alphabet = Alphabet(theirs, mine)
    width = max((1, *map(len, theirs), *map(len, mine)))
    sides = lettered(theirs, alphabet, width), lettered(mine, alphabet, width)
    days = np.unique(np.concatenate([[0], roll.born, listed.born[chosen]]))
    schools = np.unique(np.concatenate([[0], roll.school, listed.school[chosen]]))
    families, areas = Numbering({"": 0}), Numbering({"": 0})
    by_family = [np.array([families[one] for one in side.family], dtype=np.int64) for side in sides]
    the_areas = roll.area, [listed.area[at] for at in pick]
    by_area = [counties(each, areas) for each in the_areas]
    known = np.array([bool(one) for one in roll.digest], dtype=bool)
    right = np.array([bool(listed.digest[at]) for at in pick], dtype=bool) & listed.sound[chosen]
    their = Side(
        sides[0], their_name, by_family[0][their_name], np.searchsorted(days, roll.born), known_sex(roll.sex),
        by_area[0], np.searchsorted(schools, roll.school), known,
    )  # fmt: skip
    my = Side(
        sides[1], my_name, by_family[1][my_name], np.searchsorted(days, listed.born[chosen]), known_sex(listed.sex[chosen]),
        by_area[1], np.searchsorted(schools, listed.school[chosen]), right,
    )  # fmt: skip
    return Both(
        their, my, alphabet, days, len(families), len(areas), len(schools),
        shelf(their_name, len(theirs)), shelf(their.day, len(days)),
    )  # fmt: skip


def different(names: Sequence[str]) -> Names:
    """The different compared forms of names, and which of them each name has."""
    raw = Numbering()
    which = np.array([raw[one] for one in names], dtype=np.int64)
    forms = Numbering()
    form = np.array([forms[one] for one in name_forms(list(raw))], dtype=np.int64)
    return list(forms), form[which] if len(which) else which


def known_sex(sex: Ints) -> Ints:
    """1 and 2 as they are; whatever else a file says (GB/T 2261.1 has a 9) is not known.

    >>> known_sex(np.array([1, 2, 9, 0])).tolist()
    [1, 2, 0, 0]
    """
    return np.where((sex == 1) | (sex == 2), sex, 0)


def counties(codes: Sequence[str], areas: Numbering) -> Ints:
    """The number of the county of each code."""
    raw = Numbering()
    which = np.array([raw[one] for one in codes], dtype=np.int64)
    return np.array([areas[county(one)] for one in raw], dtype=np.int64)[which] if len(which) else which


def county(area: str) -> str:
    """The county of an area's code; empty where the code names a larger area.

    >>> county("410802001"), county("4108")
    ('410802', '')
    """
    return area[:COUNTY] if len(area) >= COUNTY else ""
