"""The one deed about a case: take the next step. A closed case is never changed, only added to elsewhere."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.governance.models import Case
from junheng.domains.governance.queries import next_states
from junheng.domains.governance.terms import CaseState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def take_step(case: Case, to: CaseState, *, on: date, by: Any, at: datetime, why: str) -> Case:
    """Bring a case from its state to the next. A decision is dated ``on``; the case cannot be decided before it opened."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    check_may(_("办理案件"), case, by=by, at=at)
    check_has_come(on, at=at)
    open_steps = next_states(case)
    if not open_steps:
        raise Conflict(
            "case-finished",
            "案件 {case} 已是“{state}”，不能再改。如有新情况，请另立新案。",
            case=case,
            state=case.get_state_display(),
        )
    if to not in open_steps:
        raise Refusal(
            "case-no-such-step",
            "案件 {case} 现为“{state}”，不能直接变为“{to}”。下一步可以是：{steps}。",
            case=case,
            state=case.get_state_display(),
            to=to.label,
            steps="、".join(str(step.label) for step in open_steps),
        )
    if on < case.opened_on:
        raise Refusal(
            "case-step-before-opening",
            "{on} 早于立案日 {opened_on}。请核对日期。",
            on=on,
            opened_on=case.opened_on,
        )
    case.state = to
    if to == CaseState.DECIDED:
        case.decided_on = on
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    return case
