"""What becomes of a plan: renewed, looked at again, one step up or down. On any day an open case has exactly one."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.guidance.actions.opening import review_after
from junheng.domains.guidance.models import CareCase, CarePlan
from junheng.domains.guidance.terms import CareLevel, Step, StepReason
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, check_has_come, held_from

LADDER = list(CareLevel)


@transaction.atomic
def renew_plan(
    case: CareCase,
    *,
    responsible: str,
    since: date,
    level: CareLevel | None = None,
    step_reason: str = "",
    by: Any,
    at: datetime,
    why: str,
) -> CarePlan:
    """Begin a plan; what held before ends on the same day, so that there is neither a gap nor a second plan."""
    case = still_open(case, deed=_("更新一人一策方案"), by=by, at=at)
    if since < case.opened_on:
        raise Refusal(
            "careplan-before-case",
            "方案生效日 {since} 早于建档日 {opened_on}。请核对日期。",
            since=since,
            opened_on=case.opened_on,
        )
    before = case.careplan_set.filter(until=None).first()
    end_plans(case, until=since, by=by, at=at, why=why)
    plan = CarePlan(
        case=case,
        area_id=case.area_id,
        responsible=responsible,
        level=level or (before.level if before else CareLevel.WATCH),
        step_reason=step_reason,
        since=since,
        review_on=review_after(since),
    )
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return plan


@transaction.atomic
def review_plan(
    case: CareCase, *, on: date, step: Step, reason: str = "", by: Any, at: datetime, why: str
) -> CarePlan:
    """Look at the plan of a case again: it stays, or goes one step up or down with a reason; either way the next day is set."""
    case = still_open(case, deed=_("评估一人一策方案"), by=by, at=at)
    check_has_come(on, at=at)
    plan = case.careplan_set.filter(until=None).first()
    if plan is None:
        raise Refusal("care-without-plan", "这份台账现在没有有效方案，不能评估。请先更新方案。")
    if on < plan.since:
        raise Refusal(
            "care-reviewed-before-plan",
            "评估日 {on} 早于方案生效日 {since}。请核对日期。",
            on=on,
            since=plan.since,
        )
    if step == Step.KEEP:
        plan.review_on = review_after(on)
        save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
        return plan
    if not reason:
        raise Refusal("care-step-without-reason", "升级或降级须写明理由。请选择理由后再办理。")
    to = LADDER.index(CareLevel(plan.level)) + (1 if step == Step.UP else -1)
    if not 0 <= to < len(LADDER):
        raise Refusal(
            "care-no-further-step",
            "现在已是“{level}”，不能再{step}。请选择维持，或办理结案、移交。",
            level=plan.get_level_display(),
            step=step.label,
        )
    return renew_plan(
        case,
        responsible=plan.responsible,
        since=on,
        level=LADDER[to],
        step_reason=StepReason(reason),
        by=by,
        at=at,
        why=why,
    )


def still_open(case: CareCase, *, deed: str, by: Any, at: datetime) -> CareCase:
    """The case as it stands now, locked; refuses a closed one."""
    case = CareCase.objects.select_for_update().get(pk=case.pk)
    check_may(deed, case, by=by, at=at)
    if case.closed_on is not None:
        raise Conflict(
            "carecase-closed",
            "台账 {case} 已于 {on} 结案，不能再改。需要时请重新建档。",
            case=case,
            on=case.closed_on,
        )
    return case


def end_plans(case: CareCase, *, until: date, by: Any, at: datetime, why: str) -> None:
    """End whatever plan holds on or after a day."""
    for plan in case.careplan_set.filter(held_from(until)):
        check_ends_after(plan.since, until)
        plan.until = until
        save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
