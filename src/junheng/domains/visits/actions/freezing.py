"""Freezing: the plan stands still, and its digest, the root of the units and the way of the draw are published."""

from datetime import datetime
from typing import Any

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.visits.actions.planning import check_draft
from junheng.domains.visits.actions.reading import locked
from junheng.domains.visits.models import Countersign, SamplePlan
from junheng.domains.visits.policies.scope import check_plans
from junheng.domains.visits.queries.plans import kernel_plan
from junheng.domains.visits.queries.proofs import contributors
from junheng.domains.visits.terms import SampleState, Step
from junheng.kernel.errors import Refusal
from junheng.kernel.inspections import Plan, assign, draw, plan_file, root_of_units
from junheng.kernel.lottery import Algorithm, digest
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.two import agreed

TRIALS = 8
"""Seeds with which a plan is tried before it is frozen: a draw that cannot find its teams would leave a seed unused."""


def freeze(plan: SamplePlan, *, by: Any, at: datetime, why: str) -> SamplePlan | None:
    """Freeze the plan when a second person agrees; None where that person is still to come."""
    return attempt(plan, "封存抽查方案", lambda: _freeze(plan.pk, by=by, at=at, why=why), by=by, at=at)


def _freeze(pk: int, *, by: Any, at: datetime, why: str) -> SamplePlan | None:
    plan = locked(pk)
    check_plans(plan.area_id, by=by, at=at)
    check_draft(plan)
    if at >= plan.reveal_by:
        raise Refusal("freezes-too-late", "揭示截止时间已过，不能再封存：封存必须在揭示之前。请另立方案。")
    people = contributors(plan)
    if not people:
        raise Refusal(
            "sample-not-prepared", "还没有设定抽取办法（参与方、公共随机值、代用值）。请先设定，再封存方案。"
        )
    if missing := [one.label for one in people if not one.digest]:
        raise Refusal(
            "commitments-missing",
            "还缺承诺值：{who}。承诺值必须与名单根同时公布。请登记后再封存。",
            who="、".join(missing),
        )
    found = kernel_plan(plan)
    try_teams(found, Algorithm(plan.algorithm))
    if not agreed(Countersign, Step.FREEZE, by=by, at=at, why=why, plan=plan):
        return None
    algorithm = Algorithm(plan.algorithm)
    content = plan_file(found)
    plan.entrants, plan.root = len(found.units), root_of_units(algorithm, plan.code, found)
    plan.rules, plan.plan_file = digest(algorithm, content).hex(), content.decode("ascii")
    plan.state, plan.frozen_at = SampleState.FROZEN, at
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return plan


def try_teams(found: Plan, algorithm: Algorithm) -> None:
    """Refuse a plan for which some seed might find no teams or no pairs; tried with seeds that nobody will use."""
    for turn in range(TRIALS):
        seed = f"trial-{turn}"
        assign(algorithm, seed, found, draw(algorithm, seed, found))
