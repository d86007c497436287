"""The stages: open places by score, then each junior school's own, then what was left of these. What is done stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from junheng.kernel.errors import Refusal
from junheng.kernel.matching import Group, key_of, market_of
from junheng.kernel.matching.problem import Ties
from junheng.kernel.matching.stages import Floors, Lines, Stage, run_stages
from junheng.kernel.quotas.problem import HIGHEST, Candidate, Equal, QuotaRules, Senior, open_places

NOWHERE = ""
Cells = Mapping[tuple[str, str], int]
"""Places of the quota by senior and junior school; pairs that are not there have none."""


class Part(StrEnum):
    """By which stage somebody came in."""

    OPEN = "open"
    QUOTA = "quota"
    RELEASED = "released"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where everybody came in and by which stage, and the lines: the score of the last one in.

    ``lines`` are those of the open places by senior school, ``cell_lines`` those of the quota by senior and junior
    school, ``released`` how many places went back and ``released_lines`` the last score that took one of them.
    """

    places: Mapping[str, tuple[str, Part]]
    lines: Mapping[str, int]
    cell_lines: Mapping[tuple[str, str], int]
    released: Mapping[str, int]
    released_lines: Mapping[str, int]


def run(
    rules: QuotaRules, seniors: Sequence[Senior], cells: Cells, candidates: Sequence[Candidate]
) -> Outcome:
    """Run a round. The same values give the same result, whatever the order in which pupils stand."""
    check_cells(seniors, cells)
    known = {one.code for one in seniors}
    for one in candidates:
        if strange := [code for code in one.choices if code not in known]:
            raise Refusal(
                "choice-of-no-plan",
                "考生 {number} 填报的学校 {school} 不在招生计划中。请核对志愿。",
                number=one.number,
                school=strange[0],
            )
    juniors = sorted({one.junior for one in candidates} | {junior for _, junior in cells})
    groups, place = groups_of(seniors, juniors, cells)
    rank = ranks_of(rules, candidates)
    ordered = sorted(candidates, key=lambda one: one.number)
    if any(a.number == b.number for a, b in pairwise(ordered)):
        raise Refusal("candidate-twice", "名单中有考生号相同的两名考生。请核对名单。")
    market = market_of(groups, [edges_of(one, place, rank) for one in ordered])
    open_stage = frozenset(place[Part.OPEN, one.code, ""] for one in seniors)
    quota_stage = frozenset(place[Part.QUOTA, one.code, junior] for one in seniors for junior in juniors)
    done = run_stages(
        market,
        [
            Stage("open", open_stage),
            Stage(
                "quota",
                quota_stage,
                first_only=rules.first_only,
                floors=floors_of(rules, seniors, juniors, place),
            ),
            Stage(
                "released",
                frozenset(place[Part.RELEASED, one.code, ""] for one in seniors),
                releases={
                    place[Part.QUOTA, one.code, junior]: place[Part.RELEASED, one.code, ""]
                    for one in seniors
                    for junior in juniors
                },
            ),
        ],
    )
    named = {number: key for key, number in place.items()}
    places: dict[str, tuple[str, Part]] = {}
    for one, edge in zip(ordered, done.result.tolist(), strict=True):
        part, senior, _junior = named[int(market.group[edge])] if edge >= 0 else (Part.NONE, NOWHERE, "")
        places[one.number] = (senior, part)
    return outcome_of(seniors, juniors, cells, ordered, places)


def check_cells(seniors: Sequence[Senior], cells: Cells) -> None:
    """Refuse a table whose rows are not what the schools keep."""
    for one in seniors:
        given = sum(places for (senior, _), places in cells.items() if senior == one.code)
        if given != one.quota:
            raise Refusal(
                "table-not-of-plan",
                "名额表中 {school} 共分出 {given} 个名额，计划为 {quota} 个。请重新计算名额表。",
                school=one.code,
                given=given,
                quota=one.quota,
            )


def groups_of(
    seniors: Sequence[Senior], juniors: Sequence[str], cells: Cells
) -> tuple[list[Group], dict[tuple[Part, str, str], int]]:
    """The groups of places, and where each stands."""
    groups: list[Group] = []
    place: dict[tuple[Part, str, str], int] = {}

    def add(part: Part, senior: str, junior: str, capacity: int) -> None:
        place[part, senior, junior] = len(groups)
        groups.append(Group(f"{part.value}/{senior}/{junior}", capacity, Ties.ADMIT))

    for one in seniors:
        add(Part.OPEN, one.code, "", open_places(one))
        for junior in juniors:
            add(Part.QUOTA, one.code, junior, cells.get((one.code, junior), 0))
        add(Part.RELEASED, one.code, "", 0)
    return groups, place


def ranks_of(rules: QuotaRules, candidates: Sequence[Candidate]) -> dict[int, int]:
    """The place of every order of subjects, the highest first; one and the same where subjects do not decide."""
    if rules.equal is Equal.ADMIT:
        return {one.subjects: 0 for one in candidates}
    return {
        value: place for place, value in enumerate(sorted({one.subjects for one in candidates}, reverse=True))
    }


def edges_of(
    one: Candidate, place: Mapping[tuple[Part, str, str], int], rank: Mapping[int, int]
) -> list[tuple[int, int]]:
    """What a pupil asks, choice by choice, at each choice in the order of the stages."""
    if one.score is None:
        return []
    key = key_of(tier=0, score=one.score, rank=rank[one.subjects])
    found = []
    for school in one.choices:
        found.append((place[Part.OPEN, school, ""], key))
        if one.eligible:
            found.append((place[Part.QUOTA, school, one.junior], key))
        found.append((place[Part.RELEASED, school, ""], key))
    return found


def floors_of(
    rules: QuotaRules,
    seniors: Sequence[Senior],
    juniors: Sequence[str],
    place: Mapping[tuple[Part, str, str], int],
) -> Floors:
    """The lowest score of every quota group, once the lines of the open places are known."""

    def floors(lines: Lines) -> dict[int, int]:
        return {
            place[Part.QUOTA, one.code, junior]: floor_of(rules, lines.get(place[Part.OPEN, one.code, ""]))
            for one in seniors
            for junior in juniors
        }

    return floors


def floor_of(rules: QuotaRules, line: int | None) -> int:
    """The lowest score that gets a quota place, given the open line of the school, if it has one."""
    if rules.less is None or line is None:
        return min(rules.control, HIGHEST)
    return max(rules.control, line - rules.less)


def outcome_of(
    seniors: Sequence[Senior],
    juniors: Sequence[str],
    cells: Cells,
    candidates: Sequence[Candidate],
    places: Mapping[str, tuple[str, Part]],
) -> Outcome:
    """The lines that follow from who came in."""
    lines: dict[str, int] = {}
    cell_lines: dict[tuple[str, str], int] = {}
    released_lines: dict[str, int] = {}
    taken: dict[tuple[str, str], int] = {}
    for one in candidates:
        senior, part = places[one.number]
        assert one.score is not None or part is Part.NONE
        score = one.score or 0
        if part is Part.OPEN:
            lines[senior] = min(score, lines.get(senior, HIGHEST))
        elif part is Part.QUOTA:
            cell = (senior, one.junior)
            cell_lines[cell] = min(score, cell_lines.get(cell, HIGHEST))
            taken[cell] = taken.get(cell, 0) + 1
        elif part is Part.RELEASED:
            released_lines[senior] = min(score, released_lines.get(senior, HIGHEST))
    released = {
        one.code: sum(
            max(0, cells.get((one.code, junior), 0) - taken.get((one.code, junior), 0)) for junior in juniors
        )
        for one in seniors
    }
    return Outcome(places, lines, cell_lines, released, released_lines)
