"""The rule read aloud: highest score first, everybody of one score at once, school by school. Slow and plain."""

from collections.abc import Sequence
from itertools import groupby

from junheng.kernel.quotas import Candidate, Equal, QuotaRules, Senior


def literal(
    rules: QuotaRules,
    seniors: Sequence[Senior],
    cells: dict[tuple[str, str], int],
    candidates: Sequence[Candidate],
) -> dict[str, tuple[str, str]]:
    """Where everybody comes in and by which stage."""

    def standing(one: Candidate) -> tuple[int, int]:
        return (-(one.score or 0), -one.subjects if rules.equal is Equal.SUBJECTS else 0)

    places = {one.number: ("", "none") for one in candidates}
    examined = sorted((one for one in candidates if one.score is not None), key=standing)

    def fill(stage: str, capacity: dict, asks) -> dict:
        got: dict = {}
        waiting = [one for one in examined if places[one.number][1] == "none"]
        for _, equal in groupby(waiting, key=standing):
            before = dict(got)
            for one in equal:
                for school in asks(one):
                    at = (school, one.junior) if stage == "quota" else school
                    if before.get(at, 0) < capacity.get(at, 0):
                        got[at] = got.get(at, 0) + 1
                        places[one.number] = (school, stage)
                        break
        return got

    fill("open", {one.code: one.plan - one.quota for one in seniors}, lambda one: one.choices)
    lines = {
        one.code: min((c.score for c in candidates if places[c.number] == (one.code, "open")), default=None)
        for one in seniors
    }

    def quota(one: Candidate) -> list[str]:
        if not one.eligible:
            return []
        mine = one.choices[:1] if rules.first_only else one.choices
        return [
            school
            for school in mine
            if one.score >= rules.control
            and (rules.less is None or lines[school] is None or one.score >= lines[school] - rules.less)
        ]

    taken = fill("quota", cells, quota)
    left = {one.code: 0 for one in seniors}
    for (senior, junior), number in cells.items():
        left[senior] += max(0, number - taken.get((senior, junior), 0))
    fill("released", left, lambda one: one.choices)
    return places
