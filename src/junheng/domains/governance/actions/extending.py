"""The time for deciding a case is prolonged: before it has passed, for a reason, by somebody who does not handle the case."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.content.rulebook import CASEWORK
from junheng.domains.governance.actions.stepping import working
from junheng.domains.governance.models import Case, CaseDeadline, CaseExtension
from junheng.domains.governance.queries.deadlines import STATUTORY
from junheng.domains.governance.queries.procedure import accounts_of, steps_of
from junheng.domains.governance.terms import DeadlineState, What
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.kernel.rulebook import InForce
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def extend(
    case: Case, *, days: int, document: str, reason: str, on: date, by: Any, at: datetime, why: str
) -> CaseExtension:
    """Move the last day for a decision by so many days. A day that has passed stays missed: it is not moved."""
    case, _file = working(case, _("延长办案期限"), by=by, at=at)
    check_has_come(on, at=at)
    row = CaseDeadline.objects.filter(case=case, what=What.DECIDE, state=DeadlineState.OPEN).first()
    if row is None:
        raise Conflict("nothing-to-extend", "案件 {case} 没有正在计算的决定期限，不需要延长。", case=case)
    check_another(case, by=name_of(by))
    check_in_time(case, row, on=on)
    check_words(document, reason)
    limit = check_length(case, days, on=on)
    made = CaseExtension(
        case=case, area_id=case.area_id, what=What.DECIDE, was_due_on=row.due_on,
        due_on=row.due_on + timedelta(days=days), on=on, document=document.strip(), reason=reason.strip(),
        rule=limit.key, statutory=limit.certainty in STATUTORY, approved_by=name_of(by),
    )  # fmt: skip
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    row.due_on = made.due_on
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


def check_another(case: Case, *, by: str) -> None:
    """Refuse whoever handles the case: nobody gives himself more time."""
    if by in accounts_of(steps_of(case)):
        raise NotAllowed(
            "extension-by-handler",
            "延长办案期限须由没有办理本案的人批准并登记。请由本单位负责人或市局办理。",
        )


def check_in_time(case: Case, row: CaseDeadline, *, on: date) -> None:
    """Refuse an approval of before the case was opened, or of after the last day: what was missed stays missed."""
    if on < case.opened_on:
        raise Refusal(
            "case-step-before-opening",
            "{on} 早于立案日 {opened_on}。请核对日期。",
            on=on,
            opened_on=case.opened_on,
        )
    if on > row.due_on:
        raise Conflict(
            "extension-too-late",
            "决定期限 {due_on} 已过，{on} 批准的延长不能再改它，逾期照实保留。请尽快作出决定。",
            due_on=row.due_on,
            on=on,
        )


def check_words(document: str, reason: str) -> None:
    """Refuse an extension without the number of its approval or without a reason."""
    if not document.strip() or not reason.strip():
        raise Refusal("extension-without-words", "延长须写明批准文书号和理由。请补上后再登记。")


def check_length(case: Case, days: int, *, on: date) -> InForce[int]:
    """Refuse more days than the rule of the day of approval gives, and more extensions than it allows; answers with the rule."""
    limit, times = CASEWORK.extend_days.on(on), CASEWORK.extend_times.on(on)
    if not 1 <= days <= limit.value:
        raise Refusal(
            "extension-too-long",
            "每次可延长 1 至 {most} 天（{cites}，待确认）。请改天数。",
            most=limit.value,
            cites=str(limit.cites),
        )
    if CaseExtension.objects.filter(case=case, what=What.DECIDE).count() >= times.value:
        raise Conflict(
            "extension-used-up",
            "案件 {case} 已延长 {times} 次，不能再延长（{cites}，待确认）。",
            case=case,
            times=times.value,
            cites=str(times.cites),
        )
    return limit
