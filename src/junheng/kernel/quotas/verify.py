"""Whether a result can stand, from the wording of the rule alone: written without the run and without its matching.

Whoever did not get a choice must have been worse than everybody who got a place of it in the same stage, and no place
that could have been given may be empty. Stages are judged in their order: who came in earlier no longer asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from junheng.kernel.quotas.problem import Candidate, Equal, QuotaRules, Senior
from junheng.kernel.quotas.solve import NOWHERE, Cells, Outcome, Part

Rank = tuple[int, int]
"""Score and, where subjects decide, their order: the higher goes first."""
Claim = tuple[str, Candidate]
"""A pupil who asks a place and did not get one as good, and of which school."""


def faults(
    rules: QuotaRules,
    seniors: Sequence[Senior],
    cells: Cells,
    candidates: Sequence[Candidate],
    outcome: Outcome,
) -> list[str]:
    """Everything for which a result cannot be released, in words; empty if it can."""
    if set(outcome.places) != {one.number for one in candidates}:
        return ["the result does not name every candidate exactly once"]
    found = impossible(candidates, outcome)
    if found:
        return found
    by_part: dict[tuple[Part, str, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        senior, part = outcome.places[one.number]
        if part is not Part.NONE:
            by_part[part, senior, one.junior if part is Part.QUOTA else ""].append(one)
    lines: dict[str, int | None] = {}
    left: dict[str, int] = {}
    for school in seniors:
        inside = by_part[Part.OPEN, school.code, ""]
        lines[school.code] = min((one.score or 0 for one in inside), default=None)
        left[school.code] = sum(
            max(0, places - len(by_part[Part.QUOTA, school.code, junior]))
            for (senior, junior), places in cells.items()
            if senior == school.code
        )
    claims = {
        part: asking(part, rules, candidates, outcome) for part in (Part.OPEN, Part.QUOTA, Part.RELEASED)
    }
    for school in seniors:
        at_open = claims[Part.OPEN].get((school.code, ""), [])
        found += judge(
            rules,
            f"{school.code} open",
            by_part[Part.OPEN, school.code, ""],
            at_open,
            school.plan - school.quota,
        )
        at_released = claims[Part.RELEASED].get((school.code, ""), [])
        found += judge(
            rules,
            f"{school.code} released",
            by_part[Part.RELEASED, school.code, ""],
            at_released,
            left[school.code],
        )
    for cell in sorted(
        set(cells) | {(senior, junior) for part, senior, junior in by_part if part is Part.QUOTA}
    ):
        line = lines.get(cell[0])
        floor = rules.control if rules.less is None or line is None else max(rules.control, line - rules.less)
        inside = by_part[Part.QUOTA, cell[0], cell[1]]
        found += [
            f"{one.number} has a quota place of {cell[0]} with {one.score} points, below {floor}"
            for one in inside
            if (one.score or 0) < floor
        ]
        asked = [one for one in claims[Part.QUOTA].get(cell, []) if (one.score or 0) >= floor]
        found += judge(rules, f"{cell[0]} quota of {cell[1]}", inside, asked, cells.get(cell, 0))
    return found


def impossible(candidates: Iterable[Candidate], outcome: Outcome) -> list[str]:
    """Places that nobody asked, or that the one who has them may not have."""
    found = []
    for one in candidates:
        senior, part = outcome.places[one.number]
        if part is Part.NONE:
            if senior != NOWHERE:
                found.append(f"{one.number} has a school without a stage")
            continue
        if senior not in one.choices:
            found.append(f"{one.number} did not choose {senior}")
        if one.score is None:
            found.append(f"{one.number} was not examined")
        if part is Part.QUOTA and not one.eligible:
            found.append(f"{one.number} is not eligible for a quota place")
    return found


def asking(
    stage: Part, rules: QuotaRules, candidates: Iterable[Candidate], outcome: Outcome
) -> Mapping[tuple[str, str], list[Candidate]]:
    """Who asked a place in one stage and did not get one as good there: by school (and junior school in the quota)."""
    order = (Part.OPEN, Part.QUOTA, Part.RELEASED)
    found: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for one in candidates:
        senior, part = outcome.places[one.number]
        if one.score is None or (part is not Part.NONE and order.index(part) < order.index(stage)):
            continue
        if stage is Part.QUOTA and not one.eligible:
            continue
        mine = one.choices[:1] if stage is Part.QUOTA and rules.first_only else one.choices
        until = mine.index(senior) if part is stage and senior in mine else len(mine)
        for school in mine[:until]:
            found[school, one.junior if stage is Part.QUOTA else ""].append(one)
    return found


def judge(
    rules: QuotaRules, name: str, inside: Sequence[Candidate], asked: Sequence[Candidate], places: int
) -> list[str]:
    """What is wrong with one group of places."""
    ranks = sorted((rank_of(rules, one) for one in inside), reverse=True)
    found = []
    if len(ranks) > places and (not places or ranks[places - 1] != ranks[-1]):
        found.append(f"{name}: {len(ranks)} admitted to {places} places")
    for one in asked:
        mine = rank_of(rules, one)
        if len(ranks) < places:
            found.append(f"{name}: a place is empty and {one.number} asked it")
        elif ranks and mine >= ranks[-1]:
            found.append(f"{name}: {one.number} is not worse than the last one admitted")
    return found


def rank_of(rules: QuotaRules, one: Candidate) -> Rank:
    """How somebody stands in the order."""
    return (one.score or 0, one.subjects if rules.equal is Equal.SUBJECTS else 0)
