"""The same money reckoned once more, row by row in plain Python: written without ``solve`` and ``roll``.

It is slow and meant to be read beside the clauses. A finance officer who doubts a school's sum can follow it by hand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from junheng.kernel.entitlements.explain import lines_of
from junheng.kernel.entitlements.problem import STAGES, Lines, Part, Rates, Reading, Rule, SmallBy

Key = tuple[int, str, Rule]


@dataclass(frozen=True, slots=True)
class Row:
    """One pupil on one roll."""

    pupil: int
    school: int
    stage: str
    boarder: bool = False
    bed: bool = False
    care: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a school."""

    small: bool = False
    boarding: bool = False
    closed: bool = False


def reckon(
    rows: Iterable[Row], schools: Mapping[int, About], rates: Rates, reading: Reading, part: Part
) -> dict[Key, tuple[int, int]]:
    """For every school, stage and rule how many count, and the fen they make."""
    rows = list(rows)
    seen = Counter(row.pupil for row in rows)
    counts: dict[Key, int] = defaultdict(int)
    heads: dict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        about = schools[row.school]
        if seen[row.pupil] > 1 or about.closed:
            continue
        heads[row.school][row.stage] += 1
        counts[row.school, row.stage, Rule.CARE if row.care else Rule.BASE] += 1
        if row.boarder and row.bed and about.boarding:
            counts[row.school, row.stage, Rule.BOARDER] += 1
        if rates.heating:
            counts[row.school, row.stage, Rule.HEATING] += 1
    for school, stages in heads.items():
        if not schools[school].small:
            continue
        for stage, more in missing(stages, reading).items():
            counts[school, stage, Rule.SMALL] += more
            if rates.heating:
                counts[school, stage, Rule.HEATING] += more
    found = {}
    for (school, stage, rule), number in counts.items():
        rate = rates.of(rule, STAGES.index(stage))
        if number and rate:
            until, since = (number * rate.fen * step // part.whole for step in (part.high, part.low))
            found[school, stage, rule] = (number, until - since)
    return found


def missing(stages: Mapping[str, int], reading: Reading) -> dict[str, int]:
    """How many heads the stages of a small school are short of."""
    if reading.small_by is SmallBy.STAGE:
        return {stage: reading.small - number for stage, number in stages.items() if number < reading.small}
    whole = sum(stages.values())
    short = reading.small - whole
    if short <= 0:
        return {}
    if len(stages) == 1:
        return dict.fromkeys(stages, short)
    lower, rest = divmod(short * stages["primary"], whole)
    lower += 2 * rest >= whole
    return {"primary": lower, "junior": short - lower}


def faults(lines: Lines, rows: Iterable[Row], schools: Mapping[int, About], reading: Reading) -> list[str]:
    """Everything in which lines are not what rows and rates make, in words; empty if they may be signed."""
    right = reckon(rows, schools, lines.rates, reading, lines.part)
    found = []
    mine: dict[Key, tuple[int, int]] = {}
    for line in lines_of(lines):
        key = (line.school, line.stage, line.rule)
        if key in mine:
            found.append(f"{key} stands there twice")
        mine[key] = (line.count, line.amount)
    return found + [
        f"{key}: {mine.get(key)} instead of {right.get(key)}"
        for key in sorted(set(right) | set(mine))
        if right.get(key) != mine.get(key)
    ]
