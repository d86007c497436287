"""Sums of projects by county: how many stand how, what they may cost, what was paid."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Substr

from junheng.domains.areas.models import Area
from junheng.domains.projects.models import Project, ProjectPayment
from junheng.domains.projects.queries.standing import standing
from junheng.domains.projects.terms import ProjectState

COUNTY = 6
"""Digits of the code of a county."""


@dataclass(frozen=True, slots=True)
class CountySum:
    """One county, or all of them."""

    code: str
    name: str
    projects: int
    accepted: int
    running: int
    late: int
    unplanned: int
    budget_fen: int
    paid_fen: int


def by_county(
    projects: "QuerySet[Project]", payments: "QuerySet[ProjectPayment]", *, on: date
) -> list[CountySum]:
    """The counties of these projects. What was given up counts in no sum of money that is still to be spent."""
    numbers = {f"in_{state}": Count("pk", filter=standing(state, on=on)) for state in ProjectState}
    rows = (
        projects.order_by()
        .values(county=Substr("area", 1, COUNTY))
        .annotate(number=Count("pk"), budget=Sum("budget_fen", filter=Q(cancelled_on=None)), **numbers)
    )
    paid = dict(
        payments.order_by()
        .values_list(Substr("area", 1, COUNTY))
        .annotate(Sum("amount_fen"))
        .values_list("substr1", "amount_fen__sum")
    )
    counted: dict[str, dict[str, Any]] = {one["county"]: dict(one) for one in rows}
    names = dict(Area.objects.filter(code__in=counted).values_list("code", "name"))
    return [
        CountySum(
            code,
            names.get(code, code),
            one["number"],
            one["in_accepted"],
            one["in_open"],
            one["in_late"],
            one["in_unplanned"],
            one["budget"] or 0,
            paid.get(code, 0),
        )
        for code, one in sorted(counted.items())
    ]


def total(counties: list[CountySum]) -> CountySum:
    """All of them together."""

    def added() -> Iterator[int]:
        for name in ("projects", "accepted", "running", "late", "unplanned", "budget_fen", "paid_fen"):
            yield sum(getattr(one, name) for one in counties)

    return CountySum("", "", *added())
