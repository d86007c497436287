"""What a draw proves with: the announcement, the files that are published, and what an outsider's count finds."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.domains.visits.models import Contributor, CountyPair, PublicValue, SamplePlan
from junheng.domains.visits.terms import SampleState
from junheng.kernel.inspections import Assignment, Drawn, Plan, plan_of, publish, verify_sample
from junheng.kernel.lottery import Algorithm, Announcement, Commitment, Reveal, Unit

AUDITOR = Path(verify_sample.__file__)
"""The one file with which anybody recounts."""
OPEN = (SampleState.RELEASED, SampleState.PUBLISHED)


def contributors(plan: SamplePlan) -> list[Contributor]:
    """Who contributes to the seed, in the announced order."""
    return list(Contributor.objects.filter(plan=plan).order_by("rank"))


def values(plan: SamplePlan) -> list[PublicValue]:
    """The public values in the announced order."""
    return list(PublicValue.objects.filter(plan=plan).order_by("rank"))


def announcement(plan: SamplePlan) -> Announcement:
    """What was fixed when the plan was frozen."""
    assert plan.entrants is not None
    return Announcement(
        plan.code, Algorithm(plan.algorithm), plan.entrants, plan.root, plan.rules,
        tuple(Commitment(one.name, one.digest) for one in contributors(plan)),
        tuple(one.name for one in values(plan)), plan.fallback,
    )  # fmt: skip


def reveals(plan: SamplePlan) -> list[Reveal]:
    """What was opened."""
    return [Reveal(one.name, one.nonce, one.secret) for one in contributors(plan) if one.revealed_at]


def beacons(plan: SamplePlan) -> dict[str, str | None]:
    """The public values as two persons read them off; none where it failed or has not come."""
    return {one.name: one.value or None if one.stands else None for one in values(plan)}


def frozen(plan: SamplePlan) -> Plan:
    """The plan as it was frozen, read back from its file."""
    return plan_of(plan.plan_file.encode("ascii"))


def pairs_in(plan: SamplePlan) -> dict[str, str]:
    """Whom each county visits."""
    return dict(CountyPair.objects.filter(plan=plan).values_list("checks", "checked"))


def files(plan: SamplePlan) -> dict[str, bytes]:
    """The folder of a draw, from what the tables hold."""
    read = frozen(plan)
    known = {unit.code: unit for unit in read.units}
    teams = tuple((unit, tuple(team)) for unit, team in plan.teams)
    return publish(
        Drawn(
            announcement(plan), read, reveals(plan), beacons(plan),
            [known.get(unit) or Unit(unit) for unit, _team in teams], Assignment(teams), pairs_in(plan),
        )
    )  # fmt: skip


def is_public(plan: SamplePlan) -> bool:
    """Whether everybody may have the folder: from the release on, or from the results on where the list is sealed.

    Whoever has the seed and the plan can compute the list, so neither is told before.
    """
    return plan.state == SampleState.PUBLISHED or (plan.state == SampleState.RELEASED and not plan.sealed)


def recount(found: Mapping[str, bytes]) -> list[str]:
    """What the auditor's own file says of a folder; empty where it finds nothing."""
    with tempfile.TemporaryDirectory() as place:
        for name, content in found.items():
            (Path(place) / name).write_bytes(content)
        count: Any = verify_sample.recount  # an outsider's file, without types
        try:
            for _step in count(Path(place)):
                pass
        except verify_sample.Wrong as wrong:
            return [f"{wrong.where}：{wrong.zh}"]
    return []
