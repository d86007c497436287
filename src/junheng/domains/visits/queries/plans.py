"""A plan as the draw reads it: units, inspectors with everything that they must stay away from, and counties that cross."""

from junheng.domains.visits.models import CountyPair, Inspector, Recusal, SamplePlan, SampleUnit, Stratum
from junheng.domains.visits.queries.ties import CITY, Unit, is_barred, ties_of
from junheng.domains.visits.terms import SampleState
from junheng.kernel.inspections import Cross, Plan
from junheng.kernel.inspections import Inspector as Drawable
from junheng.kernel.lottery import Unit as Drawn
from junheng.platform.spans import holds

LAST = 2
"""Crossed plans before this one whose pairs are ruled out."""
DONE = (SampleState.DRAWN, SampleState.RELEASED, SampleState.PUBLISHED)


def units_of(plan: SamplePlan) -> list[SampleUnit]:
    """What may be drawn, by code."""
    rows = SampleUnit.objects.filter(plan=plan).select_related("stratum", "school__area", "institution__area")
    return list(rows.order_by("code"))


def strata_of(plan: SamplePlan) -> list[Stratum]:
    """The strata by code."""
    return list(Stratum.objects.filter(plan=plan).order_by("code"))


def library(plan: SamplePlan) -> list[Inspector]:
    """Who may be drawn: in the library on the first day of the visits, of the area that plans.

    In a crossed plan inspectors of the counties alone: each county sends its own to another one.
    """
    rows = Inspector.objects.filter(holds(plan.visits_from), most__gt=0).order_by("code")
    found = [one for one in rows if one.area_id.startswith(plan.area_id)]
    return [one for one in found if len(one.area_id) > CITY] if plan.crossed else found


def tie_unit(one: SampleUnit) -> Unit:
    """A unit as ties see it."""
    return Unit(county_of(one), one.school_id, one.institution_id)


def county_of(one: SampleUnit) -> str:
    """The county in which a unit lies."""
    return one.stratum.code[:6]


def kernel_plan(plan: SamplePlan) -> Plan:
    """The plan from what the tables hold now."""
    units = units_of(plan)
    people = library(plan)
    counties = {county_of(one) for one in units}
    if plan.crossed:
        people = [one for one in people if one.area_id[:6] in counties]
    ties = ties_of(people)
    return Plan(
        plan.code,
        tuple(Drawn(one.code, one.weight, one.stratum.code) for one in units),
        {one.code: one.size for one in strata_of(plan)},
        tuple(
            Drawable(one.code, one.most, barred(one, ties[one.pk], units, by_city=len(plan.area_id) == CITY))
            for one in people
        ),
        plan.team,
        crossing(plan, units, people) if plan.crossed else None,
    )


def barred(one: Inspector, ties: list[Recusal], units: list[SampleUnit], *, by_city: bool) -> frozenset[str]:
    """Everything somebody must stay away from: by declared ties, and of the own county when the city draws."""
    own = one.area_id[:6] if by_city else ""
    return frozenset(
        unit.code
        for unit in units
        if county_of(unit) == own or any(is_barred(tie, tie_unit(unit)) for tie in ties)
    )


def crossing(plan: SamplePlan, units: list[SampleUnit], people: list[Inspector]) -> Cross:
    """Where units lie and inspectors are at home, and the pairs of the last crossed plans, which are ruled out."""
    last = SamplePlan.objects.filter(crossed=True, area=plan.area_id, state__in=DONE).exclude(pk=plan.pk)
    before = list(last.order_by("-drawn_at", "-pk").values_list("pk", flat=True)[:LAST])
    pairs = CountyPair.objects.filter(plan__in=before).values_list("checks", "checked")
    return Cross(
        {one.code: county_of(one) for one in units},
        {one.code: one.area_id[:6] for one in people},
        frozenset(pairs),
    )
