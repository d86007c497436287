"""Questions about sealed cases: what is open, what is due, what is offered, and what stands on the page of one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from junheng.domains.guidance.models import CareCase, CareMeasure, CarePlan, CareTransfer
from junheng.domains.guidance.terms import MEASURES, Lawful
from junheng.domains.pupils.models import Pupil


def with_plan(cases: "QuerySet[CareCase]") -> "QuerySet[CareCase]":
    """The open cases, each with the plan that holds; one without stands first, then those to be looked at first."""
    held = CarePlan.objects.filter(until=None)
    due = Subquery(held.filter(case=OuterRef("pk")).values("review_on")[:1])
    rows = cases.filter(closed_on=None).select_related("school").annotate(due=due)
    return rows.order_by(F("due").asc(nulls_first=True), "pk").prefetch_related(
        Prefetch("careplan_set", queryset=held, to_attr="plans")
    )


def to_review(plans: "QuerySet[CarePlan]", *, by: date) -> "QuerySet[CarePlan]":
    """The plans that are to be looked at again on or before a day."""
    return plans.filter(until=None, case__closed_on=None, review_on__lte=by)


def offered_to(schools: set[int]) -> "QuerySet[CareTransfer]":
    """The cases that these schools are asked to take."""
    waiting = CareTransfer.objects.filter(to_school__in=schools, answered_on=None, case__closed_on=None)
    return waiting.select_related("case", "to_school").order_by("pk")


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure with the article that allows it."""

    row: CareMeasure
    lawful: Lawful


def measures_of(case: CareCase) -> list[Taken]:
    """The measures of a case, those that run first."""
    rows = sorted(case.measures.all(), key=lambda one: (one.until is not None, one.since, one.pk))
    return [Taken(one, MEASURES[one.kind]) for one in rows]


def person_of(case: CareCase, *, on: date) -> Pupil | None:
    """The latest row of the roll about the person of a case: only a page of the team asks this."""
    if not case.person_token:
        return None
    rows = Pupil.objects.filter(code_blind=case.person_token, since__lte=on)
    return rows.select_related("school", "school_class").order_by("-since", "-pk").first()
