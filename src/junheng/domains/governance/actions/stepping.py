"""A case goes from state to state. A closed case is never changed, only added to elsewhere."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.governance.models import Case, CaseFile
from junheng.domains.governance.queries import has_file, next_states
from junheng.domains.governance.queries.refunds import check_refunds
from junheng.domains.governance.terms import ENDED, CaseState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


def held(case: Case, deed: str, *, by: Any, at: datetime) -> Case:
    """The case as it stands now, held until the end of the transaction; refused to whoever may not work on it."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    check_may(deed, case, by=by, at=at)
    return case


def working(case: Case, deed: str, *, by: Any, at: datetime) -> tuple[Case, CaseFile]:
    """A case that is not finished, with its file; refused where there is none or nothing more may be added."""
    case = held(case, deed, by=by, at=at)
    file = CaseFile.objects.filter(case=case).first()
    if file is None:
        raise Conflict(
            "case-without-file", "案件 {case} 还没有案卷。请先“建立案卷”，写明地点和举办者。", case=case
        )
    check_open(case)
    return case, file


def check_open(case: Case) -> None:
    """Refuse to change a finished case."""
    if case.state in ENDED:
        raise Conflict(
            "case-finished",
            "案件 {case} 已是“{state}”，不能再改。如有新情况，请另立新案。",
            case=case,
            state=case.get_state_display(),
        )


@transaction.atomic
def take_step(case: Case, to: CaseState, *, on: date, by: Any, at: datetime, why: str) -> Case:
    """Bring a case without a file from its state to the next: one whose steps lie on paper.

    A case with a file is moved by its legal steps and by nothing else.
    """
    case = held(case, _("办理案件"), by=by, at=at)
    check_open(case)
    if has_file(case):
        raise Conflict(
            "case-has-procedure",
            "案件 {case} 已建案卷，须按办案步骤逐步办理，不能直接改状态。请在案卷里办理下一步。",
            case=case,
        )
    return move(case, to, on=on, by=by, at=at, why=why)


def move(case: Case, to: CaseState, *, on: date, by: Any, at: datetime, why: str) -> Case:
    """Bring a held case to its next state. A decision is dated ``on``; nothing is decided before it was opened."""
    check_has_come(on, at=at)
    open_steps = next_states(case)
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
    if to == CaseState.CLOSED:
        check_refunds(case)
    case.state = to
    if to == CaseState.DECIDED:
        case.decided_on = on
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    return case
