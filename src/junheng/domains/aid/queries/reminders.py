"""Contracts by what a year asks of them, those of which it asks something, and how far their reminders are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import ExtractMonth, ExtractYear

from junheng.domains.aid.models import Loan, LoanReminder
from junheng.domains.aid.queries.repayment import asked_in, due_day, known_from
from junheng.domains.aid.queries.sums import by_county
from junheng.domains.aid.terms import Repay, Told
from junheng.domains.areas.models import Area
from junheng.platform.access.scope import within_area

NO_MORE = "ended"
"""A reminder whose contract was settled or cancelled since."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One county and year: contracts by what the year asks, and how far the reminders are."""

    area: Area | None
    states: Counter[str]
    waiting: int
    outcomes: Counter[str]

    @property
    def counts(self) -> list[tuple[Repay, int]]:
        """Contracts of every state, in the order of a contract's life."""
        return [(one, self.states[one]) for one in Repay]

    @property
    def made(self) -> int:
        """Reminders there are."""
        return self.outcomes.total()

    @property
    def untold(self) -> int:
        """Those that nobody has said anything about yet."""
        return self.outcomes[""]

    @property
    def notified(self) -> int:
        """Those who were told."""
        return self.outcomes[Told.NOTIFIED]

    @property
    def unreachable(self) -> int:
        """Those who could not be reached."""
        return self.outcomes[Told.UNREACHABLE]

    @property
    def no_more(self) -> int:
        """Those whose contract was settled or cancelled since."""
        return self.outcomes[NO_MORE]


def living(rows: "QuerySet[Loan]", year: int) -> "QuerySet[Loan]":
    """Contracts of a year that were signed by then, and neither cancelled nor settled by its due day."""
    open_ = Q(settled_on=None) | Q(settled_on__gt=due_day(year))
    return rows.filter(open_, cancelled_on=None, signed_on__lt=date(year + 1, 1, 1))


def owing(rows: "QuerySet[Loan]", year: int) -> "QuerySet[Loan]":
    """Those of which the year asks something."""
    return living(rows, year).filter(graduates_on__lt=due_day(year), signed_on__gte=known_from())


def unreminded(rows: "QuerySet[Loan]", year: int) -> "QuerySet[Loan]":
    """Those that have no reminder of the year yet."""
    return owing(rows, year).exclude(Exists(LoanReminder.objects.filter(loan=OuterRef("pk"), year=year)))


def over() -> Q:
    """Reminders whose contract was settled or cancelled."""
    return Q(loan__settled_on__isnull=False) | Q(loan__cancelled_on__isnull=False)


def reminders_of(area: str, year: int) -> "QuerySet[LoanReminder]":
    """The reminders of a county and year, each with its contract."""
    rows = LoanReminder.objects.filter(within_area("area", area), year=year)
    return rows.select_related("loan").order_by("due_on", "pk")


def to_tell(area: str, year: int) -> "QuerySet[LoanReminder]":
    """Whoever is not told yet; whoever could not be reached is tried again."""
    return reminders_of(area, year).exclude(over()).exclude(outcome=Told.NOTIFIED)


def taken_out(area: str, year: int) -> "QuerySet[LoanReminder]":
    """Those that stood on a list that was taken along, and nobody has said anything about yet."""
    return to_tell(area, year).filter(outcome="").exclude(exported_on=None)


def progress_of(counties: Sequence[Area], year: int) -> tuple[list[Progress], Progress]:
    """The counties of an officer and their sum, in three questions."""
    states: dict[str, Counter[str]] = {one.pk: Counter() for one in counties}
    outcomes: dict[str, Counter[str]] = {one.pk: Counter() for one in counties}
    signed = living(Loan.objects.all(), year).annotate(
        of_year=ExtractYear("signed_on"), of_month=ExtractMonth("signed_on")
    )
    facts = ("of_year", "of_month", "graduates_on")
    for code, *when, graduates, count in by_county(signed, counties, *facts, count=Count("pk")):
        state, _due = asked_in(year, date(when[0], when[1], 1), graduates)
        states[code][state] += count
    waiting = dict(by_county(unreminded(Loan.objects.all(), year), counties, count=Count("pk")))
    how = Case(When(over(), then=Value(NO_MORE)), default=F("outcome"))
    made = LoanReminder.objects.filter(year=year).annotate(how=how)
    for code, outcome, count in by_county(made, counties, "how", count=Count("pk")):
        outcomes[code][outcome] += count
    rows = [Progress(one, states[one.pk], waiting.get(one.pk, 0), outcomes[one.pk]) for one in counties]
    return rows, Progress(
        None,
        sum((one.states for one in rows), Counter()),
        sum(one.waiting for one in rows),
        sum((one.outcomes for one in rows), Counter()),
    )
