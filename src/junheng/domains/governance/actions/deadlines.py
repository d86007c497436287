"""Last days begin, are met, or no longer matter; each change leaves its entry."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from junheng.domains.governance.models import Case, CaseDeadline
from junheng.domains.governance.queries.deadlines import last_day
from junheng.domains.governance.terms import DeadlineState, What
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


def begin(case: Case, what: What, *, since: date, by: Any, at: datetime, why: str) -> CaseDeadline | None:
    """A last day begins to run; nothing where no rule was in force that day, or where it runs already."""
    found = last_day(what, since)
    if found is None or CaseDeadline.objects.filter(case=case, what=what, state=DeadlineState.OPEN).exists():
        return None
    made = CaseDeadline(
        case=case,
        area_id=case.area_id,
        what=what,
        since=since,
        due_on=found.due_on,
        rule=found.rule,
        statutory=found.statutory,
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


def meet(case: Case, whats: Iterable[What], *, on: date, by: Any, at: datetime, why: str) -> None:
    """What had a last day was done on a day, in time or late."""
    for one in CaseDeadline.objects.filter(case=case, what__in=list(whats), state=DeadlineState.OPEN):
        one.state, one.met_on = DeadlineState.MET, on
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)


def drop(case: Case, *, by: Any, at: datetime, why: str) -> None:
    """The case is over: what is still open no longer matters. What was missed before stays in the entries."""
    for one in CaseDeadline.objects.filter(case=case, state=DeadlineState.OPEN):
        one.state = DeadlineState.DROPPED
        save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
