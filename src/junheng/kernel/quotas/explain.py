"""Why a pupil came in where it did: for each choice one reason with the numbers that anybody can look up."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from junheng.kernel.quotas.problem import Candidate, QuotaRules
from junheng.kernel.quotas.solve import Cells, Outcome, Part, floor_of


class Reason(StrEnum):
    """What became of one choice in one stage."""

    ADMITTED = "admitted"
    NOT_NEEDED = "not_needed"
    """Admitted by an earlier choice or in an earlier stage."""
    BELOW_LINE = "below_line"
    NO_PLACES = "no_places"
    NOT_ELIGIBLE = "not_eligible"
    NOT_FIRST = "not_first"
    BELOW_FLOOR = "below_floor"
    NOT_EXAMINED = "not_examined"


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence's worth: choice, stage, reason, and the line (score of the last one in) or floor it hangs on."""

    rank: int
    school: str
    part: Part
    reason: Reason
    line: int | None = None
    places: int | None = None


def told(
    rules: QuotaRules, cells: Cells, outcome: Outcome, open_places: Mapping[str, int], one: Candidate
) -> list[Told]:
    """Every choice of one pupil in the three stages, in the order in which they were decided."""
    if one.score is None:
        return [Told(0, "", Part.NONE, Reason.NOT_EXAMINED)]
    got, by = outcome.places[one.number]
    found: list[Told] = []
    for part in (Part.OPEN, Part.QUOTA, Part.RELEASED):
        for rank, school in enumerate(one.choices, start=1):
            found.append(one_told(rules, cells, outcome, open_places, one, rank, school, part))
            if by is part and got == school:
                return found
    return found


def one_told(
    rules: QuotaRules,
    cells: Cells,
    outcome: Outcome,
    open_places: Mapping[str, int],
    one: Candidate,
    rank: int,
    school: str,
    part: Part,
) -> Told:
    """What became of one choice in one stage."""
    if outcome.places[one.number] == (school, part):
        return Told(rank, school, part, Reason.ADMITTED, line_of(outcome, school, part, one.junior))
    if part is Part.OPEN:
        places = open_places[school]
    elif part is Part.RELEASED:
        places = outcome.released[school]
    else:
        places = cells.get((school, one.junior), 0)
        if not one.eligible:
            return Told(rank, school, part, Reason.NOT_ELIGIBLE, places=places)
        if rules.first_only and rank > 1:
            return Told(rank, school, part, Reason.NOT_FIRST, places=places)
        floor = floor_of(rules, outcome.lines.get(school))
        if (one.score or 0) < floor:
            return Told(rank, school, part, Reason.BELOW_FLOOR, floor, places)
    line = line_of(outcome, school, part, one.junior)
    return Told(rank, school, part, Reason.BELOW_LINE if places else Reason.NO_PLACES, line, places)


def line_of(outcome: Outcome, school: str, part: Part, junior: str) -> int | None:
    """The score of the last one in."""
    if part is Part.OPEN:
        return outcome.lines.get(school)
    if part is Part.QUOTA:
        return outcome.cell_lines.get((school, junior))
    return outcome.released_lines.get(school)
