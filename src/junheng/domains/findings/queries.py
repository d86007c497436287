"""Questions about findings: which are open or overdue where, and the counts from which shares are made."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from junheng.content.rulebook import SAFETY
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Effort, FindingState, Raised, Severity
from junheng.platform.access.scope import within_area

OF_EFFORT = {
    Effort.EASY: SAFETY.remedy_easy,
    Effort.USUAL: SAFETY.remedy_general,
    Effort.HARD: SAFETY.remedy_hard,
}
UNCLOSED = ~Q(state=FindingState.CLOSED)
"""Registered and not yet closed: what waits to be remedied, and what waits to be checked again."""
WORST_FIRST = {Severity.MAJOR: 0, Severity.SERIOUS: 1, Severity.GENERAL: 2}


@dataclass(frozen=True, slots=True)
class Counts:
    """Whole numbers from which shares are made: closed of registered, overdue of unclosed."""

    registered: int = 0
    closed: int = 0
    unclosed: int = 0
    overdue: int = 0
    major: int = 0
    reopened: int = 0


def is_overdue(on: date) -> Q:
    """Not remedied, and the last day for it has passed. What waits to be checked again is not its owner's delay."""
    return Q(state=FindingState.OPEN, due_on__lt=on)


def unclosed(
    *,
    school: Any = None,
    kindergarten: Any = None,
    water: Any = None,
    area: str = "",
    source: str = "",
) -> "QuerySet[Finding]":
    """The findings that are not closed, at a place, within an area, or from one register."""
    rows = Finding.objects.filter(UNCLOSED)
    for name, given in (("school", school), ("kindergarten", kindergarten), ("water", water)):
        if given is not None:
            rows = rows.filter(**{name: given})
    if area:
        rows = rows.filter(within_area("area", area))
    return rows.filter(source=source) if source else rows


def overdue(on: date, **narrowed: Any) -> "QuerySet[Finding]":
    """The findings that are overdue on a day, the longest overdue first; narrowed like ``unclosed``."""
    return unclosed(**narrowed).filter(is_overdue(on)).order_by("due_on", "pk")


def counting(on: date) -> dict[str, Count]:
    """The counts of a group of findings, to be asked of any queryset at once."""
    open_major = UNCLOSED & Q(severity=Severity.MAJOR)
    return {
        "registered": Count("pk"),
        "closed": Count("pk", filter=Q(state=FindingState.CLOSED)),
        "unclosed": Count("pk", filter=UNCLOSED),
        "overdue": Count("pk", filter=is_overdue(on)),
        "major": Count("pk", filter=open_major),
        "reopened": Count("pk", filter=Q(reopened__gt=0)),
    }


def counts(rows: "QuerySet[Finding]", *, on: date) -> Counts:
    """The counts of some findings."""
    return Counts(**rows.order_by().aggregate(**counting(on)))


def counts_by(rows: "QuerySet[Finding]", path: str, *, on: date) -> dict[Any, Counts]:
    """The counts by the value of a column, such as ``school`` or ``water``; findings without one are left out.

    One question, however many groups there are.
    """
    groups = rows.exclude(**{path: None}).order_by().values(path).annotate(**counting(on))
    return {group.pop(path): Counts(**group) for group in groups}


def due_on(severity: Severity, *, found_on: date, effort: Effort = Effort.USUAL) -> date:
    """The last day for remedying a finding; of a major one the last day for its plan, which then names the day."""
    rule = {
        Severity.SERIOUS: SAFETY.remedy_serious,
        Severity.MAJOR: SAFETY.plan_major,
    }.get(severity) or OF_EFFORT[effort]
    return found_on + timedelta(days=rule.on(found_on).value)


def raised_by(due: date, *, on: date) -> Raised | None:
    """Before which level something is brought that has been due since a day; ``None`` while it is not late enough."""
    late = (on - due).days
    if late >= SAFETY.overdue_to_city.on(on).value:
        return Raised.CITY
    return Raised.COUNTY if late >= SAFETY.overdue_to_county.on(on).value else None


def limits_certain(on: date) -> bool:
    """Whether nobody has to confirm the limits any more."""
    rules = (*OF_EFFORT.values(), SAFETY.remedy_serious, SAFETY.plan_major, SAFETY.overdue_to_city)
    return not any(rule.on(on).certainty.to_be_confirmed for rule in rules)
