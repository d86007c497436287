"""The draw: from the seed to units, pairs and teams. Once, and the same whoever does it whenever."""

from datetime import datetime
from typing import Any

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.visits.actions.reading import locked
from junheng.domains.visits.actions.seeding import check_frozen
from junheng.domains.visits.models import CountyPair, SamplePlan
from junheng.domains.visits.policies.scope import check_plans
from junheng.domains.visits.queries.proofs import announcement, beacons, files, frozen, reveals, values
from junheng.domains.visits.terms import SampleState
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.inspections import assign, draw, faults, pairs_of
from junheng.kernel.lottery import Algorithm, digest, seed_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.rules import shown


def draw_sample(plan: SamplePlan, *, by: Any, at: datetime, why: str) -> SamplePlan:
    """Make the seed and draw. A second draw of the same plan is refused, and the attempt is an entry of the audit."""
    return attempt(plan, "抽取", lambda: _draw(plan.pk, by=by, at=at, why=why), by=by, at=at)


def _draw(pk: int, *, by: Any, at: datetime, why: str) -> SamplePlan:
    plan = locked(pk)
    check_plans(plan.area_id, by=by, at=at)
    check_frozen(plan)
    if at < plan.reveal_by:
        raise Refusal("sample-later", "揭示要到 {day} 才截止，还不能抽取。", day=shown(plan.reveal_by))
    for one in values(plan):
        if not one.stands:
            raise Refusal(
                "value-awaited",
                "排在前面的「{source}」还没有由两人登记数值或判为未产生，不能跳过它用后面的：谁也不能挑选来源。",
                source=one.label,
            )
        if one.value:
            break
    algorithm = Algorithm(plan.algorithm)
    if digest(algorithm, plan.plan_file.encode("ascii")).hex() != plan.rules:
        raise Conflict(
            "plan-altered-after", "方案与封存时公布的摘要不符：封存之后有人改动过数据。已停止，请先查明。"
        )
    read = frozen(plan)
    seed = seed_of(announcement(plan), reveals(plan), beacons(plan)).value
    units = draw(algorithm, seed, read)
    found = assign(algorithm, seed, read, units)
    if wrong := faults(algorithm.value, seed, read, [one.code for one in units], found):
        raise Conflict(
            "result-not-verified",
            "独立核验发现 {count} 处问题，不能发布。第一处：{first}",
            count=len(wrong),
            first=wrong[0],
        )
    for checks, checked in pairs_of(algorithm, seed, read).items():
        save_row(CountyPair(plan=plan, checks_id=checks, checked_id=checked), by=by, at=at, why=why)
    plan.seed, plan.drawn_at, plan.state = seed, at, SampleState.DRAWN
    plan.teams = [[unit, list(team)] for unit, team in found.teams]
    plan.drawn_digest = digest(algorithm, files(plan)["drawn.json"]).hex()
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return plan
