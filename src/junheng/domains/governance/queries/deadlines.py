"""Last days of a case: which step begins one, which meets it, and by which rule it is counted."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from junheng.content.rulebook import CASEWORK
from junheng.domains.governance.models import CaseDeadline, CaseStep
from junheng.domains.governance.terms import DeadlineState, LegalStep, Outcome, What
from junheng.kernel.errors import NotInForce
from junheng.kernel.rulebook import Certainty, Dated
from junheng.kernel.workdays import add_working_days

BY_WORKING_DAYS = frozenset({"个工作日"})
STATUTORY = frozenset({Certainty.KNOWN, Certainty.VERIFIED})
"""What a law sets; the rest are parameters of the bureau, to be confirmed."""

RULES: dict[What, Dated[int]] = {
    What.FILE: CASEWORK.file_within,
    What.DECIDE: CASEWORK.decide_within,
    What.SERVE: CASEWORK.serve_within,
    What.PAY: CASEWORK.pay_within,
    What.REFUND: CASEWORK.refund_within,
    What.REVISIT: CASEWORK.revisit_within,
    What.CLOSE: CASEWORK.close_within,
    What.ANSWER: CASEWORK.hand_back_within,
}
BEGINS: dict[LegalStep, tuple[What, ...]] = {
    LegalStep.FILE: (What.DECIDE,),
    LegalStep.DECIDE: (What.SERVE,),
    LegalStep.SERVE: (What.PAY, What.REFUND, What.REVISIT),
    LegalStep.REVISIT: (What.CLOSE,),
    LegalStep.HANDOVER: (What.ANSWER,),
}
MEETS: dict[LegalStep, tuple[What, ...]] = {
    LegalStep.FILE: (What.FILE,),
    LegalStep.DECIDE: (What.DECIDE,),
    LegalStep.SERVE: (What.SERVE,),
    LegalStep.ENFORCE: (What.PAY,),
    LegalStep.REVISIT: (What.REVISIT,),
    LegalStep.CLOSE: (What.CLOSE,),
    LegalStep.DISMISS: (What.FILE, What.DECIDE),
    LegalStep.HANDEDBACK: (What.ANSWER,),
}


@dataclass(frozen=True, slots=True)
class LastDay:
    """A last day as a rule sets it."""

    due_on: date
    rule: str
    statutory: bool


def last_day(what: What, since: date) -> LastDay | None:
    """The last day for something that begins to run on a day; ``None`` where no rule was in force that day."""
    try:
        rule = RULES[what].on(since)
    except NotInForce:
        return None
    due = (
        add_working_days(since, rule.value).day
        if rule.unit in BY_WORKING_DAYS
        else since + timedelta(days=rule.value)
    )
    return LastDay(due, rule.key, rule.certainty in STATUTORY)


def begun_by(step: CaseStep, *, fine_fen: int, refunds: bool) -> list[What]:
    """What begins to run with a step: a payment only where there is a fine, closing only after a good re-visit."""
    found = BEGINS.get(LegalStep(step.step), ())
    leave_out = set()
    if not fine_fen:
        leave_out.add(What.PAY)
    if not refunds:
        leave_out.add(What.REFUND)
    if step.step == LegalStep.REVISIT and step.outcome != Outcome.STOPPED:
        leave_out.add(What.CLOSE)
    return [one for one in found if one not in leave_out]


def overdue(on: date) -> Q:
    """Last days that have passed and for which nothing was done."""
    return Q(state=DeadlineState.OPEN, due_on__lt=on)


def missed(on: date) -> Q:
    """Last days that passed, whether it was done afterwards or not: what was missed stays missed."""
    return overdue(on) | Q(state=DeadlineState.MET, met_on__gt=F("due_on"))


def with_case(rows: "QuerySet[CaseDeadline]") -> "QuerySet[CaseDeadline]":
    """Last days with the cases they belong to, the oldest first."""
    return rows.select_related("case", "area").order_by("due_on", "pk")
