"""The demonstration's autumn: every county and stage comes to the roll of its plan, nothing is found, and it is walked once."""

from pathlib import Path
from typing import Any

import pytest

from junheng.domains.admissions.models import Entrant
from junheng.domains.intakes.models import Intake
from junheng.domains.placements.models import Run
from junheng.kernel.errors import Conflict
from junheng.platform.audit.history import verify
from junheng.surfaces.demo.autumn.city import autumn, plan_here, shares
from tests.small_house import built, own_house

__all__ = ["built", "own_house"]


def walked() -> list[Any]:
    return list(autumn(2024, lambda words: None))


def test_a_whole_autumn(own_house: Path) -> None:
    plan, parts = plan_here(), shares(plan_here())
    assert plan.name == "small"
    before = Entrant.objects.count()
    done = walked()
    assert len(done) == 2 * len(plan.units) == Intake.objects.count()
    assert sum(one.faults for one in done) == 0
    assert [one.roll for one in done] == [part.roll for part in parts.values()]
    assert sum(one.roll for one in done) == plan.total("entrants_primary") + plan.total("entrants_junior")
    assert sum(one.migrants for one in done) == plan.total("migrants")
    assert all(one.placed == one.listed == one.applications for one in done), "every child has a place"
    assert {one.runs for one in done} == {2}
    assert Run.objects.exclude(state="released").count() == 0
    assert Entrant.objects.count() == before + sum(one.admitted + one.arrived for one in done)
    assert verify() is None, "the chain of the audit is whole"
    with pytest.raises(Conflict, match="已经走过"):
        walked()
    assert len({one.root for one in done} | {one.result for one in done}) == 2 * len(done)
