"""The legal steps: each in its turn, on its day, by the officers it needs; the state of the case follows them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.governance.actions.checks import (
    check_before_closing,
    check_before_deciding,
    check_hearing,
    check_officers,
    check_revisit,
    check_turn,
)
from junheng.domains.governance.actions.deadlines import begin, drop, meet
from junheng.domains.governance.actions.stepping import move, working
from junheng.domains.governance.models import Case, CaseFile, CaseStep, Enforcer, Refund
from junheng.domains.governance.queries.deadlines import MEETS, begun_by
from junheng.domains.governance.queries.procedure import PROCEDURE, fine_of, steps_of
from junheng.domains.governance.queries.refunds import UNPROVEN
from junheng.domains.governance.terms import OUTCOMES, LegalStep, Outcome
from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def take_legal_step(
    case: Case,
    step: LegalStep,
    *,
    on: date,
    first: Enforcer | None = None,
    second: Enforcer | None = None,
    outcome: str = "",
    document: str = "",
    fine_fen: int = 0,
    words: str = "",
    by: Any,
    at: datetime,
    why: str,
) -> CaseStep:
    """Take one step of the procedure. What the law asks before it is asked here; nothing half stays."""
    case, file = working(case, _("办理案件"), by=by, at=at)
    check_has_come(on, at=at)
    done = steps_of(case)
    check_turn(step, case, file, done)
    check_order(case, done, on)
    made = CaseStep(
        case=case,
        area_id=case.area_id,
        step=step,
        on=on,
        first=first,
        second=second,
        outcome=check_outcome(step, outcome),
        document=document.strip(),
        fine_fen=fine_fen if step == LegalStep.DECIDE else 0,
        words=words.strip(),
        done_by=name_of(by),
        done_at=at,
    )
    check_paper(made)
    check_officers(made, case)
    if step == LegalStep.HEARING:
        check_hearing(made, done)
    elif step == LegalStep.DECIDE:
        check_before_deciding(made, case, file, done)
    elif step == LegalStep.REVISIT:
        check_revisit(made, done, by=name_of(by))
    elif step == LegalStep.CLOSE:
        check_before_closing(case, file, done)
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    follow(made, case, file, done, by=by, at=at, why=why)
    return made


def check_order(case: Case, done: list[CaseStep], on: date) -> None:
    """Refuse a day before the case was opened or before the step that was taken last."""
    before = max([case.opened_on, *(one.on for one in done)])
    if on < before:
        raise Refusal(
            "case-step-before-last",
            "{on} 早于上一步的日期 {before}。步骤按发生的先后登记，请核对日期。",
            on=on,
            before=before,
        )


def check_outcome(step: LegalStep, outcome: str) -> str:
    """The outcome of a step that can end in several ways; none for others."""
    able = OUTCOMES.get(step, ())
    if not able:
        return ""
    if outcome not in able:
        raise Refusal(
            "case-step-without-outcome",
            "“{step}”须写明结果：{able}。",
            step=step.label,
            able="、".join(str(one.label) for one in able),
        )
    return Outcome(outcome)


def check_paper(made: CaseStep) -> None:
    """Refuse a step that is done by a document without naming it, and an end without a reason."""
    step = LegalStep(made.step)
    if PROCEDURE[step].document and not made.document:
        raise Refusal("case-step-without-document", "“{step}”须写明文书号。请补上后再登记。", step=step.label)
    if step in {LegalStep.DISMISS, LegalStep.HANDOVER, LegalStep.HANDEDBACK} and not made.words:
        raise Refusal(
            "case-step-without-words",
            "“{step}”须写明摘要（查明的情况、移送的部门或回告的内容）。",
            step=step.label,
        )


def follow(
    made: CaseStep, case: Case, file: CaseFile, done: list[CaseStep], *, by: Any, at: datetime, why: str
) -> None:
    """What follows from a step: the state of the case, last days met and begun, and where the case lies."""
    step, facts = LegalStep(made.step), {"by": by, "at": at, "why": why}
    if (to := PROCEDURE[step].to) is not None:
        move(case, to, on=made.on, **facts)
    good = step != LegalStep.REVISIT or made.outcome == Outcome.STOPPED
    if good:
        meet(case, MEETS.get(step, ()), on=made.on, **facts)
    if step in {LegalStep.CLOSE, LegalStep.DISMISS}:
        drop(case, **facts)
        return
    unpaid = Refund.objects.filter(UNPROVEN, case=case).exists()
    for what in begun_by(made, fine_fen=fine_of([*done, made]), refunds=unpaid):
        begin(case, what, since=made.on, **facts)
    if step in {LegalStep.HANDOVER, LegalStep.HANDEDBACK}:
        file.handed_to = made.words[:60] if step == LegalStep.HANDOVER else ""
        save_row(file, verb=Verb.DEED.value, **facts)
