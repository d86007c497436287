"""Cases of the deeds about projects and their steps; ``cases`` says what a case is."""

from django.db.models import Model

from junheng.domains.projects.models import Milestone, Project
from junheng.domains.projects.terms import Step
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.projects.made import planned, project, step
from tests.platform.deeds.filled import DAY, ON, Filled


def begun(**given: object) -> Project:
    """A project with a plan, built up to its acceptance."""
    return planned(upto=Step.ACCEPTED, **given)


def at_school(**given: object) -> Project:
    return planned(upto=Step.STRUCTURE, kind="extend", school=makers.school(), **given)


def now(row: Model) -> Project:
    return Project.objects.get(pk=row.pk)


def next_step() -> Milestone:
    return step(planned(upto=Step.STRUCTURE), Step.STRUCTURE)


def done_step() -> Milestone:
    return step(planned(upto=Step.STRUCTURE), Step.BEGUN)


HELD = {"held_by": "money", "words": "第二批未到位"}
PROJECTS: dict[tuple[str, str], Filled] = {
    ("projects", "plan"): Filled(
        project, Role.COUNTY_OFFICER, lambda row: {"begun": str(DAY), "accepted": "2024-11-01"},
        lambda row: Milestone.objects.filter(project=row.pk).count() == 2, lambda: project(cancelled_on=DAY),
    ),
    ("projects", "accept"): Filled(
        begun, Role.COUNTY_OFFICER,
        lambda row: ON
        | {"number": "示验1号", "acceptors": "区教育局", "classes": "6", "per_class": "30", "places_after": "180"},
        lambda row: now(row).accepted_on == DAY, lambda: project(cancelled_on=DAY),
    ),
    ("projects", "cancel"): Filled(
        project, Role.COUNTY_OFFICER, lambda row: ON, lambda row: now(row).cancelled_on == DAY,
        lambda: project(accepted_on=DAY),
    ),
    ("projects", "explain"): Filled(
        begun, Role.COUNTY_OFFICER, lambda row: HELD,
        lambda row: Milestone.objects.filter(project=row.pk, held_by="money").exists(), project,
    ),
    ("projects", "report"): Filled(
        at_school, Role.PRINCIPAL, lambda row: ON | {"words": "主体封顶"},
        lambda row: Milestone.objects.filter(project=row.pk, reported_on=DAY).exists(),
        lambda: at_school(cancelled_on=DAY),
    ),
    ("milestones", "reach"): Filled(
        next_step, Role.COUNTY_OFFICER, lambda row: ON | {"number": "示建2号"},
        lambda row: Milestone.objects.filter(pk=row.pk, reached_on=DAY).exists(), done_step,
    ),
    ("milestones", "move"): Filled(
        next_step, Role.COUNTY_OFFICER, lambda row: HELD | {"planned_on": "2024-11-01"},
        lambda row: Milestone.objects.filter(pk=row.pk, planned_on="2024-11-01").exists(), done_step,
    ),
}  # fmt: skip
