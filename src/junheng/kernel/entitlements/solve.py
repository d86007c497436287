"""From a counted roll and the rates of a term to what every school is due, line by line."""

import numpy as np

from junheng.kernel.entitlements.problem import (
    RULES,
    STAGES,
    Ints,
    Lines,
    Part,
    Rates,
    Reading,
    Rule,
    Schools,
    SmallBy,
    Tally,
    part_of,
)


def entitle(
    tally: Tally, schools: Schools, rates: Rates, reading: Reading, *, part: Part | None = None
) -> Lines:
    """The lines of a term (or of another part of the year), without those that count nobody."""
    part = part or part_of(rates.term)
    counts = np.zeros((len(schools.number), len(STAGES), RULES), dtype=np.int64)
    counts[:, :, Rule.BASE] = tally.heads - tally.care
    counts[:, :, Rule.SMALL] = short_of(tally.heads, reading) * schools.small[:, None]
    counts[:, :, Rule.CARE] = tally.care
    counts[:, :, Rule.BOARDER] = tally.bedded * schools.boarding[:, None]
    if rates.heating is not None:
        counts[:, :, Rule.HEATING] = tally.heads + counts[:, :, Rule.SMALL]
    counts[schools.closed] = 0
    school, stage, rule = np.nonzero(counts[np.argsort(schools.number, kind="stable")])
    numbers = np.sort(schools.number)[school]
    count = counts[schools.place(numbers), stage, rule]
    rate = rates.table()[stage, rule]
    return Lines(rates, numbers, stage, rule, count, rate, part.of_all(count * rate), part)


def short_of(heads: Ints, reading: Reading) -> Ints:
    """How many heads every stage of a school is short of the number a small school is counted as.

    A stage or a school without a pupil is none. Where the school counts as one, what it is short of is shared between
    its stages by their pupils; half a head goes to the lower stage.
    """
    if reading.small_by is SmallBy.STAGE:
        return np.where(heads > 0, np.maximum(reading.small - heads, 0), 0)
    whole = heads.sum(axis=1)
    short = np.where(whole > 0, np.maximum(reading.small - whole, 0), 0)
    lower = (2 * short * heads[:, 0] + whole) // np.maximum(2 * whole, 1)
    return np.stack([lower, short - lower], axis=1)
