"""What every agreement is worth for every row, counted on the roll, and the scores of pairs."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from junheng.kernel.linkage.blocks import looked_up
from junheng.kernel.linkage.coded import Both
from junheng.kernel.linkage.levels import Born, Name, Number, Part, Same
from junheng.kernel.linkage.problem import Ints
from junheng.kernel.linkage.slips import slips
from junheng.kernel.linkage.weights import MILLE, Weights, centibits, worth


@dataclass(frozen=True, slots=True)
class Slips:
    """For pairs of days, as one number each, which slip makes the one of the other; sorted."""

    pairs: Ints
    level: Ints

    def of(self, pairs: Ints) -> Ints:
        """The level of pairs of days; OTHER where no slip makes it."""
        return looked_up(self.pairs, self.level, pairs, Born.OTHER)


@dataclass(frozen=True, slots=True)
class Scale:
    """What each level is worth, by number, day, sex, county and school, and how the days of both are alike."""

    both: Both
    slips: Slips
    years: Ints
    number: Ints
    born: Ints
    sex: Ints
    area: Ints
    school: Ints
    prior: int
    """What is known before anything is compared: one of all on the roll."""

    def most(self) -> Ints:
        """The highest score a row may reach apart from its name, on another day than its own and by no number."""
        rows = self.both.rows
        born = np.maximum(self.born[:, Born.TURNED :].max(axis=1), 0)[rows.day]
        rest = [
            np.where(value > 0, np.maximum(one[:, Same.SAME], 0)[value], 0)
            for one, value in ((self.sex, rows.sex), (self.area, rows.area), (self.school, rows.school))
        ]
        found: Ints = self.prior + born + sum(rest)
        return found

    def levels(self, row: Ints, pupil: Ints, number: Ints, name: Ints) -> Ints:
        """The levels of pairs, of shape ``(pairs, parts)``. Numbers that are SAME or NEAR are told, and names."""
        mine, theirs = self.both.rows, self.both.roll
        found = np.empty((len(row), len(Part)), dtype=np.int64)
        apart = (number == Number.UNKNOWN) & mine.numbered[row] & theirs.numbered[pupil]
        found[:, Part.NUMBER] = np.where(apart, Number.OTHER, number)
        found[:, Part.NAME] = name
        found[:, Part.BORN] = self.days(mine.day[row], theirs.day[pupil])
        for part, one, other in (
            (Part.SEX, mine.sex[row], theirs.sex[pupil]),
            (Part.AREA, mine.area[row], theirs.area[pupil]),
            (Part.SCHOOL, mine.school[row], theirs.school[pupil]),
        ):
            known = (one > 0) & (other > 0)
            found[:, part] = np.where(known, np.where(one == other, Same.SAME, Same.OTHER), Same.UNKNOWN)
        return found

    def days(self, mine: Ints, theirs: Ints) -> Ints:
        """The level of two days."""
        found = self.slips.of(mine * len(self.both.days) + theirs)
        found[(found == Born.OTHER) & (self.years[mine] == self.years[theirs])] = Born.YEAR
        found[mine == theirs] = Born.SAME
        found[(mine == 0) | (theirs == 0)] = Born.UNKNOWN
        return found

    def weights(self, row: Ints, level: Ints, name: Ints) -> Ints:
        """What the levels of pairs are worth; what their names are worth is told.

        A school that is the same says already which county it is.
        """
        mine = self.both.rows
        found = np.stack(
            [
                self.number[level[:, Part.NUMBER]],
                name,
                self.born[mine.day[row], level[:, Part.BORN]],
                self.sex[mine.sex[row], level[:, Part.SEX]],
                self.area[mine.area[row], level[:, Part.AREA]],
                self.school[mine.school[row], level[:, Part.SCHOOL]],
            ],
            axis=1,
        )
        found[level[:, Part.SCHOOL] == Same.SAME, Part.AREA] = 0
        return found


def scale_of(both: Both, weights: Weights) -> Scale:
    """Count the roll."""
    everybody = len(both.roll.name)
    m = weights.number
    number = [
        0,
        centibits(m[1] * everybody, MILLE),
        centibits(m[2], weights.number_near),
        centibits(m[3], MILLE),
    ]
    years = years_of(both.days)
    slip, days = born_alike(both, both.by_day.count(), years)
    sex, area, school = (
        worths(np.stack([one, one, everybody - one], axis=1), m, everybody)
        for one, m in (
            (np.bincount(both.roll.sex, minlength=3), weights.sex),
            (np.bincount(both.roll.area, minlength=both.areas), weights.area),
            (np.bincount(both.roll.school, minlength=both.schools), weights.school),
        )
    )
    born, prior = worths(days, weights.born, everybody), centibits(1, everybody)
    return Scale(both, slip, years, np.array(number, dtype=np.int64), born, sex, area, school, prior)


def worths(count: Ints, m: tuple[int, ...], among: int) -> Ints:
    """What each level is worth for each value, from how many on the roll are there; what is unknown, nothing."""
    nothing = np.zeros(len(count), dtype=np.int64)
    return np.stack([worth(one, count[:, at], among) if at else nothing for at, one in enumerate(m)], axis=1)


def names_alike(both: Both, low: int, high: int, near: tuple[Ints, Ints, Ints]) -> Ints:
    """For each of some names of the list and each level how many on the roll are at that level with it."""
    mine, theirs, level = near
    count, size = both.by_name.count(), len(Name)
    found = np.zeros((high - low) * size, dtype=np.int64)
    np.add.at(found, (mine - low) * size + level, count[theirs])
    table = found.reshape(-1, size)
    families = np.bincount(both.roll.family, minlength=both.families)
    family = np.zeros(len(both.rows.names), dtype=np.int64)
    family[both.rows.name] = both.rows.family
    table[:, Name.FAMILY] = families[family[low:high]]
    table[:, Name.OTHER] = len(both.roll.name)
    return table


def born_alike(both: Both, count: Ints, years: Ints) -> tuple[Slips, Ints]:
    """The slips between days of the list and days of the roll; for each day and level how many on the roll are there."""
    written = [f"{date.fromordinal(day):%Y%m%d}" if day else "" for day in both.days.tolist()]
    place = {eight: at for at, eight in enumerate(written) if eight}
    found = np.zeros((len(both.days), len(Born)), dtype=np.int64)
    pairs: list[int] = []
    level: list[int] = []
    for at in np.unique(both.rows.day[both.rows.day > 0]).tolist():
        for kind, meant in zip((Born.TURNED, Born.DIGIT), slips(written[at]), strict=True):
            there = [place[one] for one in meant if one in place]
            pairs += [at * len(both.days) + one for one in there]
            level += [kind] * len(there)
            found[at, kind] = count[there].sum()
    order = np.argsort(np.array(pairs, dtype=np.int64), kind="stable")
    of_year = np.zeros(int(years.max()) + 1, dtype=np.int64)
    np.add.at(of_year, years[1:], count[1:])
    found[:, Born.SAME] = count
    found[:, Born.YEAR] = of_year[years]
    found[:, Born.OTHER] = len(both.roll.name) - of_year[years]
    return Slips(np.array(pairs, dtype=np.int64)[order], np.array(level, dtype=np.int64)[order]), found


def years_of(days: Ints) -> Ints:
    """The year of each day; 0 of the day that is not known."""
    return np.array([date.fromordinal(day).year if day else 0 for day in days.tolist()], dtype=np.int64)
