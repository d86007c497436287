"""What a survey costs: seconds a unit, and what the term still leaves each school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from django.db.models import Count, Sum

from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.asks.models import Answer, Collection, Question, Response
from junheng.platform.asks.parameters import Parameters, parameters_on
from junheng.platform.asks.terms import COUNTED, Origin, Progress, UnitKind
from junheng.platform.asks.units import school_of, units_of

PLAIN = 1000
"""A correction of 1000 per mille changes nothing."""
RECENT = 2_000
"""Fillings from which the correction is learned."""
BOUNDS = (300, 3000)


def seconds_of(questions: Iterable[Question], parameters: Parameters, *, correction: int = PLAIN) -> int:
    """What one unit needs: linked questions cost nothing, those answered before only a look."""
    total = sum(
        parameters.known if one.before_id else parameters.seconds[one.kind]
        for one in questions
        if not one.linked_register
    )
    return -(-total * correction // PLAIN)


def correction_on(parameters: Parameters) -> int:
    """Measured time over estimated time of the latest fillings, per mille; the median, so that idling does not count.

    Until enough were measured the estimate stands as it is.
    """
    fillings = list(
        Response.objects.filter(state=Progress.SENT, active_seconds__gt=0, collection__seconds__gt=0)
        .order_by("-sent_at")
        .values_list("active_seconds", "collection__seconds")[:RECENT]
    )
    if len(fillings) < parameters.fillings:
        return PLAIN
    found = median_low(active * PLAIN // estimated for active, estimated in fillings)
    return min(max(found, BOUNDS[0]), BOUNDS[1])


def estimate(collection: Collection, *, on: date) -> int:
    """Seconds that one unit will need for a survey as it stands."""
    parameters = parameters_on(on)
    return seconds_of(collection.questions.all(), parameters, correction=correction_on(parameters))


def measured(collection: Collection, *, least: int) -> int | None:
    """The median of what was measured, once enough units have sent; ``None`` before."""
    times = list(
        collection.responses.filter(state=Progress.SENT, active_seconds__gt=0).values_list(
            "active_seconds", flat=True
        )
    )
    return median_low(times) if len(times) >= least else None


@dataclass(frozen=True, slots=True)
class Load:
    """What one school or kindergarten is asked in a term."""

    unit: int
    name: str
    seconds: int
    budget: int
    surveys: int = 0

    @property
    def minutes(self) -> int:
        """Whole minutes, rounded up."""
        return -(-self.seconds // 60)

    @property
    def over(self) -> bool:
        """Whether it is more than the term allows."""
        return self.seconds > 60 * self.budget


def asked_already(collection: Collection) -> dict[int, int]:
    """Seconds that other surveys of the term take, by school (classes add up to theirs) or kindergarten."""
    of_schools = collection.unit_kind != UnitKind.KINDERGARTENS
    kinds = [UnitKind.SCHOOLS, UnitKind.CLASSES] if of_schools else [UnitKind.KINDERGARTENS]
    rows = Response.objects.filter(
        collection__term=collection.term, collection__unit_kind__in=kinds, collection__state__in=COUNTED
    ).exclude(collection=collection.pk)
    payer = "school" if of_schools else "unit"
    return dict(rows.order_by().values_list(payer).annotate(Sum("collection__seconds")))


def over_budget(collection: Collection, *, seconds: int, on: date, day: date) -> list[Load]:
    """The schools that a survey would take beyond the budget of its term, the most burdened first."""
    parameters = parameters_on(on)
    budget = parameters.budget[collection.unit_kind]
    totals = asked_already(collection)
    names: dict[int, str] = {}
    for unit in units_of(collection, on=day):
        payer = (
            unit.pk
            if collection.unit_kind == UnitKind.KINDERGARTENS
            else school_of(unit, collection.unit_kind)
        )
        if payer is not None:
            totals[payer] = totals.get(payer, 0) + seconds
            names[payer] = str(getattr(unit, "school", unit))
    loads = [Load(payer, name, totals[payer], budget) for payer, name in names.items()]
    return sorted((one for one in loads if one.over), key=lambda one: (-one.seconds, one.name))


def given_back(term: str) -> int:
    """Seconds that nobody had to spend: what was taken from registers or from last time instead of being asked."""
    rows = Answer.objects.filter(question__collection__term=term, origin__in=[Origin.REGISTER, Origin.LAST])
    return sum(
        count * parameters_on_term(term).seconds[kind]
        for kind, count in rows.order_by().values_list("question__kind").annotate(Count("pk"))
    )


def parameters_on_term(term: str) -> Parameters:
    """The parameters of the first day of a term."""
    return parameters_on(SchoolTerm.parse(term).first)


def spent(term: str) -> dict[str, int]:
    """Seconds asked of all units in a term, by kind of unit."""
    rows = Response.objects.filter(collection__term=term, collection__state__in=COUNTED)
    return dict(rows.order_by().values_list("collection__unit_kind").annotate(Sum("collection__seconds")))
