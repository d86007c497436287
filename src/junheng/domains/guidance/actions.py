"""Deeds about sealed cases: begin another plan, close. At any time an open case has exactly one plan."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.guidance.models import CareCase, CarePlan
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, check_has_come, held_from


@transaction.atomic
def renew_plan(case: CareCase, *, responsible: str, since: date, by: Any, at: datetime, why: str) -> CarePlan:
    """Begin a plan; what held before ends on the same day, so that there is neither a gap nor a second plan."""
    case = open_case(case, deed=_("更新一人一策方案"), by=by, at=at)
    if since < case.opened_on:
        raise Refusal(
            "careplan-before-case",
            "方案生效日 {since} 早于建档日 {opened_on}。请核对日期。",
            since=since,
            opened_on=case.opened_on,
        )
    end_plans(case, until=since, by=by, at=at, why=why)
    plan = CarePlan(case=case, area_id=case.area_id, responsible=responsible, since=since)
    save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return plan


@transaction.atomic
def close_care_case(case: CareCase, *, on: date, by: Any, at: datetime, why: str) -> CareCase:
    """Close a case; its plan ends with it. Nothing of it goes into the school's file of the pupil."""
    case = open_case(case, deed=_("结案"), by=by, at=at)
    check_has_come(on, at=at)
    if on < case.opened_on:
        raise Refusal(
            "carecase-closed-before-opening",
            "结案日 {on} 早于建档日 {opened_on}。请核对日期。",
            on=on,
            opened_on=case.opened_on,
        )
    end_plans(case, until=on, by=by, at=at, why=why)
    case.closed_on = on
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    return case


def open_case(case: CareCase, *, deed: str, by: Any, at: datetime) -> CareCase:
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
