"""The end of a case: closed with a result, out of the team's sight at once, and forgotten on a day that is set then."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from junheng.content.rulebook import GUIDANCE
from junheng.domains.guidance.actions.planning import end_plans, still_open
from junheng.domains.guidance.models import CareCase, CareMeasure, CareTransfer
from junheng.domains.guidance.terms import Outcome, Result
from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.sealing.erased import destroy, keys_of, written_down
from junheng.platform.spans import check_has_come

NIGHT = "夜间任务"
WHY = "结案后保存期满，销毁对象信息、措施和转接记录"


@transaction.atomic
def close_care_case(case: CareCase, *, on: date, result: Result, by: Any, at: datetime, why: str) -> CareCase:
    """Close a case; its plan and what is still done end with it. Nothing of it goes into the school's file of the pupil."""
    case = still_open(case, deed=_("结案"), by=by, at=at)
    check_has_come(on, at=at)
    if on < case.opened_on:
        raise Refusal(
            "carecase-closed-before-opening",
            "结案日 {on} 早于建档日 {opened_on}。请核对日期。",
            on=on,
            opened_on=case.opened_on,
        )
    end_plans(case, until=on, by=by, at=at, why=why)
    for measure in case.measures.filter(until=None):
        measure.until, measure.outcome = max(on, measure.since), Outcome.STOPPED
        save_row(measure, by=by, at=at, why=why, verb=Verb.DEED.value)
    for transfer in case.transfers.filter(answered_on=None):
        transfer.answered_on = on
        save_row(transfer, by=by, at=at, why=why, verb=Verb.DEED.value)
    case.closed_on, case.result, case.team = on, result, None
    case.erase_on = on + timedelta(days=GUIDANCE.keep_closed.on(on).value)
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    return case


def forget(*, on: date, at: datetime) -> int:
    """Forget every closed case whose day has come; answers with how many."""
    last = on - timedelta(days=GUIDANCE.keep_closed.on(on).value)
    come = Q(erase_on__lte=on) | Q(erase_on=None, closed_on__lte=last)  # those of before there was such a day
    due = CareCase.objects.filter(come, closed_on__isnull=False, erased_on=None).order_by("pk")
    return sum(forget_one(one, on=on, at=at) for one in list(due))


def forget_one(case: CareCase, *, on: date, at: datetime) -> int:
    """Destroy the keys of one case; that there was one, and from when to when, is all that stays."""
    own = keys_of(CareCase, [case.pk])
    papers = keys_of(CareMeasure, case.measures.values_list("pk", flat=True))
    with written_down([*own, *papers], because=f"care case {case.pk}"), transaction.atomic():
        destroy(CareMeasure, papers)
        destroy(CareCase, own)
        CareTransfer.objects.filter(case=case).delete()
        case.measures.all().delete()
        for plan in case.careplan_set.exclude(responsible=""):
            plan.responsible, plan.step_reason = "", ""
            save_row(plan, by=NIGHT, at=at, why=WHY, verb=Verb.DEED.value)
        CareCase.objects.filter(pk=case.pk).update(person_token="")
        # as it stands now: a row that still has its key in mind would seal anew
        case = CareCase.objects.get(pk=case.pk)
        case.erased_on, case.result = on, ""
        save_row(case, by=NIGHT, at=at, why=WHY, verb=Verb.DEED.value)
        record(case, Verb.DEED.value, by=NIGHT, at=at, why=WHY, after={"keys": len(own) + len(papers)})
    return 1
