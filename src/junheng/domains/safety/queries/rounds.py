"""Rounds, their schools and their windows."""

from datetime import date

from django.db.models import Q, QuerySet

from junheng.domains.safety.models import Round, RoundPlan, Sheet
from junheng.domains.safety.terms import RoundState
from junheng.domains.schools.models import School
from junheng.platform.access.scope import within_area
from junheng.platform.spans import holds


def plan_of(one: Round) -> RoundPlan | None:
    """The plan of a round, where it has one: rounds of earlier books have none."""
    return RoundPlan.objects.select_related("checklist", "round").filter(round=one).first()


def rounds_seen() -> "QuerySet[RoundPlan]":
    """The plans of rounds that were opened, the newest first."""
    plans = RoundPlan.objects.select_related("round", "checklist").exclude(state=RoundState.DRAFT)
    return plans.order_by("-round__opened_on", "-pk")


def schools_in(one: Round) -> "QuerySet[School]":
    """The schools of a round by code: as they were asked when it was opened, before that as its plan says."""
    asked = Sheet.objects.filter(round=one)
    if asked.exists():
        return School.objects.filter(pk__in=asked.values("school")).order_by("code")
    plan = plan_of(one)
    if plan is None:
        return School.objects.none()
    return planned_schools(plan).order_by("code")


def planned_schools(plan: RoundPlan) -> "QuerySet[School]":
    """The schools of the planned kinds in the round's area that are there on its first day."""
    one = plan.round
    schools = School.objects.filter(holds(one.opened_on), within_area("area", str(one.area_id)))
    return schools.filter(kind__in=plan.kinds_of())


def window_state(plan: RoundPlan, level: str, *, on: date) -> str:
    """Whether a level has its turn on a day: ``none``, ``before``, ``open`` or ``over``."""
    first, last = plan.window(level)
    if first is None:
        return "none"
    if plan.state != RoundState.OPEN:
        return "over" if plan.state == RoundState.CLOSED else "before"
    if on < first:
        return "before"
    return "over" if last is not None and on > last else "open"


def open_on(level: str, on: date) -> Q:
    """The plans in which a level has its turn on a day."""
    until = Q(**{f"{level}_until__isnull": True}) | Q(**{f"{level}_until__gte": on})
    return Q(state=RoundState.OPEN, **{f"{level}_from__lte": on}) & until
