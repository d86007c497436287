"""What the bureau sees of all cases at once: states, ages, last days, money owed, places met again, and the 198 by name."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from junheng.content.rulebook import CASEWORK, DUTIES
from junheng.domains.governance.models import Case, CaseDeadline, CaseStep, Refund
from junheng.domains.governance.queries.deadlines import missed, overdue
from junheng.domains.governance.terms import CaseKind, CaseState, LegalStep, Outcome

DEALT = (CaseState.DECIDED, CaseState.CLOSED)
UNDERWAY = (CaseState.TIP, CaseState.INVESTIGATING)


@dataclass(frozen=True, slots=True)
class Window:
    """The years that are counted: both days belong to them."""

    first: date
    last: date


def counted_window(day: date) -> Window:
    """The last two years that end on a day, as the figure of unlicensed institutions counts them."""
    years = DUTIES.recent_years.on(day).value
    return Window(day.replace(year=day.year - years, day=min(day.day, 28)) + one_more(day), day)


def one_more(day: date) -> timedelta:
    """What brings the day of some years ago to the first day that counts."""
    return timedelta(days=1 + day.day - min(day.day, 28))


def states(cases: "QuerySet[Case]") -> list[tuple[str, str, int]]:
    """How many cases are in each state, in the order of the states."""
    found = dict(cases.order_by().values_list("state").annotate(Count("pk")))
    return [(state.value, str(state.label), found.get(state.value, 0)) for state in CaseState]


def ages(cases: "QuerySet[Case]", day: date) -> list[tuple[int, int | None, int]]:
    """Cases under way by their age in days: from, below, how many. The last limit is that of the law."""
    most = CASEWORK.decide_within.on(day).value
    limits = [(0, most // 3), (most // 3, 2 * most // 3), (2 * most // 3, most + 1), (most + 1, None)]
    names = {f"n{at}": Count("pk", filter=between(day, *limit)) for at, limit in enumerate(limits)}
    found = cases.filter(state__in=UNDERWAY).order_by().aggregate(**names)
    return [(first, end, found[f"n{at}"]) for at, (first, end) in enumerate(limits)]


def between(day: date, first: int, end: int | None) -> Q:
    """Cases that are at least so many days old, and fewer than so many."""
    condition = Q(opened_on__lte=day - timedelta(days=first))
    return condition if end is None else condition & Q(opened_on__gt=day - timedelta(days=end))


def late_counts(rows: "QuerySet[CaseDeadline]", day: date) -> dict[str, int]:
    """Last days that are overdue, those of them set by law, those told to the city, and all that were ever missed."""
    found: dict[str, int] = rows.order_by().aggregate(
        overdue=Count("pk", filter=overdue(day)),
        overdue_by_law=Count("pk", filter=overdue(day) & Q(statutory=True)),
        escalated=Count("pk", filter=overdue(day) & Q(escalated_on__isnull=False)),
        missed=Count("pk", filter=missed(day)),
        missed_by_law=Count("pk", filter=missed(day) & Q(statutory=True)),
    )
    return found


def dealt_with(cases: "QuerySet[Case]", window: Window) -> "QuerySet[Case]":
    """The unlicensed cases decided within the window, the first of each site: one row an institution.

    Each has the day of its re-visit, what is owed and repaid at the site's case, and the number of its cases.
    """
    inside = cases.filter(
        kind=CaseKind.UNLICENSED,
        state__in=DEALT,
        decided_on__gte=window.first,
        decided_on__lte=window.last,
    )
    firsts = inside.order_by().values("site").annotate(first=Min("pk")).values("first")
    again = inside.filter(site=OuterRef("site")).order_by().values("site")
    return (
        cases.filter(pk__in=firsts)
        .annotate(
            revisited_on=Subquery(_steps(LegalStep.REVISIT).filter(outcome=Outcome.STOPPED).values("on")[:1]),
            decision=Subquery(_steps(LegalStep.DECIDE).values("document")[:1]),
            served_on=Subquery(_steps(LegalStep.SERVE).values("on")[:1]),
            owed=_money("owed_fen"),
            repaid=_money("repaid_fen"),
            times=Subquery(again.annotate(n=Count("pk")).values("n")),
        )
        .select_related("area")
        .order_by("area", "site")
    )


def _steps(step: LegalStep) -> "QuerySet[CaseStep]":
    return CaseStep.objects.filter(case=OuterRef("pk"), step=step).order_by("-pk")


def _money(column: str) -> Any:
    rows = Refund.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return Coalesce(Subquery(rows.annotate(n=Sum(column)).values("n")), Value(0))
