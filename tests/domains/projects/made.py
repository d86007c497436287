"""A project with a plan, as far along as a test wants it."""

from datetime import date, timedelta
from typing import Any

from junheng.domains.projects.actions import Record, accept_project
from junheng.domains.projects.models import Milestone, Project
from junheng.domains.projects.terms import ORDER, STEPS, ProjectKind, Step
from junheng.platform.access.models import User
from tests.domains.makers import AT

STARTED = date(2023, 3, 1)
WHY = "竣工验收备案表"


def project(**given: Any) -> Project:
    """A kindergarten that is being built, without a plan."""
    facts: dict[str, Any] = {
        "code": f"X-{Project.objects.count() + 1}",
        "name": "示例幼儿园新建项目",
        "area_id": "410802",
        "programme": "kg_building",
        "kind": "new",
        "started_on": STARTED,
        "places_before": 0,
        "places_after": 180,
    }
    return Project.objects.create(**facts | given)


def planned(*, upto: Step | None = None, **given: Any) -> Project:
    """A project with a plan, a step every thirty days of 2023; all before ``upto`` are reached on the planned day."""
    row = project(**given)
    for step in STEPS[ProjectKind(row.kind)]:
        day = STARTED + timedelta(days=30 * (ORDER[step] - ORDER[Step.BEGUN]))
        done = upto is not None and ORDER[step] < ORDER[upto]
        Milestone.objects.create(
            project=row,
            area_id=row.area_id,
            step=step,
            first_on=day,
            planned_on=day,
            reached_on=day if done else None,
            number="示建〔2023〕1号" if done else "",
        )
    return row


def step(row: Project, which: Step) -> Milestone:
    return Milestone.objects.get(project=row, step=which)


def accept(row: Project, by: User, **said: Any) -> Project:
    facts: dict[str, Any] = {
        "on": date(2023, 8, 1),
        "places_after": 180,
        "number": "示验〔2023〕1号",
        "acceptors": "区教育局、区住建局",
    }
    facts |= said
    if "classes" not in facts:
        facts |= {"classes": facts["places_after"], "per_class": 1}
    return accept_project(row, Record(**facts), by=by, at=AT, why=WHY)
