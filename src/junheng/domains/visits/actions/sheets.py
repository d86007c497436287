"""The sheet of a round, for the team that was sent: the same checklist as the school and the county had."""

from datetime import datetime
from typing import Any

from junheng.domains.safety.actions import begin_sheet
from junheng.domains.safety.models import Sheet
from junheng.domains.safety.terms import CheckLevel
from junheng.domains.visits.actions.onsite import team_of
from junheng.domains.visits.models import Errand, SamplePlan, SampleUnit, TeamMember
from junheng.domains.visits.queries.ties import CITY
from junheng.domains.visits.terms import ErrandKind, ErrandState
from junheng.kernel.errors import Refusal
from junheng.kernel.lottery import Algorithm
from junheng.kernel.lottery import Unit as Drawn
from junheng.kernel.lottery.sample import keys
from junheng.platform.audit.append import name_of


def level_of(errand: Errand) -> CheckLevel:
    """At which level a visit counts in its round."""
    if errand.kind == ErrandKind.CROSS:
        return CheckLevel.CROSS
    return CheckLevel.CITY if len(errand.by_area_id) == CITY else CheckLevel.COUNTY


def start_sheet(errand: Errand, *, by: Any, at: datetime, why: str) -> Sheet:
    """The sheet of the visited school, begun once the team is there; it keeps the lot with which the school was drawn."""
    team = team_of(errand, by=by)
    if errand.plan is None or errand.plan.round is None or errand.school is None or errand.visit is None:
        raise Refusal("no-checklist", "这次检查不属于任何一轮督导检查，没有检查表。请登记现场情况和问题。")
    level = level_of(errand)
    by_area = team[0].area if level == CheckLevel.CROSS else None
    lot = lot_of(errand.plan, errand.school.code)
    return begin_sheet(
        errand.plan.round, errand.school, level, by_area=by_area, draw=lot, by=by, at=at, why=why
    )


def lot_of(plan: SamplePlan, code: str) -> str | None:
    """The key with which a unit was drawn. It tells nothing of the seed, which may still be sealed."""
    unit = SampleUnit.objects.filter(plan=plan, code=code).first()
    if unit is None or not plan.seed:
        return None
    return keys(Algorithm(plan.algorithm), plan.seed, plan.code, [Drawn(code, unit.weight)])[0].hex()


def is_of_the_team(sheet: Sheet, by: Any, at: datetime) -> bool:
    """Whether somebody is on the team that is at the sheet's school for the sheet's round just now."""
    members = TeamMember.objects.filter(
        inspector__login=name_of(by), errand__state=ErrandState.ARRIVED, errand__school=sheet.school_id,
        errand__plan__round=sheet.round_id,
    ).select_related("errand")  # fmt: skip
    return any(level_of(one.errand) == sheet.level for one in members)
