"""The pairs that a person is to judge: those that come into question, scored, and of each row the likeliest few.

In question are a number that is the same or one slip away, the same birthday, and names that are alike up to one slip.
A block of namesakes is passed over only where no pupil in it could reach the score that is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from junheng.kernel.linkage.blocks import Keyed, each_once, looked_up
from junheng.kernel.linkage.coded import Both, shelf
from junheng.kernel.linkage.lettering import levels
from junheng.kernel.linkage.levels import Name, Number, Part
from junheng.kernel.linkage.problem import Ints
from junheng.kernel.linkage.scale import names_alike, scale_of, worths
from junheng.kernel.linkage.weights import Weights

AT_ONCE = 1_000
"""Rows that are looked for together, however many of them bear one name: what bounds the memory."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs of a row and a pupil by their places, with all that is known of them."""

    row: Ints
    pupil: Ints
    score: Ints
    levels: Ints
    weights: Ints
    likewise: Ints


Numbers = tuple[Ints, Ints, Ints]
"""Rows and pupils whose numbers are the same or near, and the level; each pair once, in order."""


def likely(both: Both, numbers: Numbers, weights: Weights) -> Scored:
    """Every pair in question with the least score that is shown, and every pair whose numbers are the same."""
    return together(list(in_turns(both, numbers, weights)))


def in_turns(both: Both, numbers: Numbers, weights: Weights) -> Iterator[Scored]:
    """The same for some rows after the other, in the order of their names."""
    scale, keyed = scale_of(both, weights), Keyed(both.roll.names, both.alphabet)
    everybody = len(both.roll.name)
    most, told = scale.most(), numbers[0] * everybody + numbers[1]
    in_order = np.argsort(both.rows.name, kind="stable")
    for start in range(0, len(in_order), AT_ONCE):
        rows = in_order[start : start + AT_ONCE]
        low, high = int(both.rows.name[rows[0]]), int(both.rows.name[rows[-1]]) + 1
        near = names_near(both, keyed, np.arange(low, high))
        likewise = names_alike(both, low, high, near)
        name_worth = worths(likewise, weights.name, everybody)
        reach = weights.least - name_worth[near[0] - low, near[2]]
        pairs = each_once(
            np.concatenate(
                [
                    told[np.isin(numbers[0], rows)],
                    born_the_same(both, rows),
                    namesakes(both, rows, low, high, near, most, reach),
                ]
            )
        )
        row, pupil = pairs // everybody, pairs % everybody
        number = looked_up(told, numbers[2], pairs, Number.UNKNOWN)
        level = scale.levels(row, pupil, number, names_of(both, near, row, pupil))
        name = both.rows.name[row] - low, level[:, Part.NAME]
        weight = scale.weights(row, level, name_worth[name])
        score = scale.prior + weight.sum(axis=1)
        kept = (score >= weights.least) | (level[:, Part.NUMBER] == Number.SAME)
        yield Scored(row[kept], pupil[kept], score[kept], level[kept], weight[kept], likewise[name][kept])


def names_near(both: Both, keyed: Keyed, chosen: Ints) -> tuple[Ints, Ints, Ints]:
    """The pairs of names that are alike up to EDIT, of some names of the list, with their levels."""
    mine, theirs = keyed.near(both.rows.names, chosen)
    level = levels(both.rows.names, mine, both.roll.names, theirs, both.alphabet)
    kept = (level >= Name.SAME) & (level <= Name.EDIT)
    return mine[kept], theirs[kept], level[kept]


def names_of(both: Both, near: tuple[Ints, Ints, Ints], row: Ints, pupil: Ints) -> Ints:
    """How alike the names of pairs are: as found before, and else by their family names."""
    mine, theirs = both.rows.name[row], both.roll.name[pupil]
    everybody = len(both.roll.names)
    found = looked_up(near[0] * everybody + near[1], near[2], mine * everybody + theirs, Name.OTHER)
    found[(found == Name.OTHER) & (both.rows.family[row] == both.roll.family[pupil])] = Name.FAMILY
    found[(both.rows.family[row] == 0) | (both.roll.family[pupil] == 0)] = Name.UNKNOWN
    return found


def born_the_same(both: Both, rows: Ints) -> Ints:
    """The pairs of these rows with whoever is born on their day."""
    known = rows[both.rows.day[rows] > 0]
    at, pupil = both.by_day.having(both.rows.day[known])
    return known[at] * len(both.roll.name) + pupil


def namesakes(
    both: Both, rows: Ints, low: int, high: int, near: tuple[Ints, Ints, Ints], most: Ints, reach: Ints
) -> Ints:
    """The pairs of rows and pupils whose names are alike, where the rest of the row can make up what is to be reached."""
    by_name = shelf(both.rows.name[rows] - low, high - low)
    best = np.full(high - low, np.iinfo(np.int64).min)
    np.maximum.at(best, both.rows.name[rows] - low, most[rows])
    worthwhile = np.flatnonzero(best[near[0] - low] >= reach)
    at, place = by_name.having(near[0][worthwhile] - low)
    at, row = worthwhile[at], rows[place]
    reachable = most[row] >= reach[at]
    at, row = at[reachable], row[reachable]
    pair, pupil = both.by_name.having(near[1][at])
    return row[pair] * len(both.roll.name) + pupil


def together(parts: list[Scored]) -> Scored:
    """Pairs of all turns."""
    none = np.zeros(0, dtype=np.int64)
    wide = np.zeros((0, len(Part)), dtype=np.int64)
    parts = [Scored(none, none, none, wide, wide, none), *parts]
    return Scored(
        np.concatenate([one.row for one in parts]),
        np.concatenate([one.pupil for one in parts]),
        np.concatenate([one.score for one in parts]),
        np.concatenate([one.levels for one in parts]),
        np.concatenate([one.weights for one in parts]),
        np.concatenate([one.likewise for one in parts]),
    )
