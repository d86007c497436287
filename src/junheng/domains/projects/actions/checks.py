"""What every deed about a project asks first: it is running, a step is open, the steps before it are reached."""

from datetime import date, datetime
from typing import Any

from junheng.domains.projects.models import Milestone, Project
from junheng.domains.projects.policies import check_office
from junheng.domains.projects.queries.standing import steps_of
from junheng.domains.projects.terms import ORDER, Step
from junheng.kernel.errors import Conflict, Refusal


def running(project: Project, *, deed: str, by: Any, at: datetime) -> Project:
    """The project as it stands now, locked; refuses one that is done or given up."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    check_office(deed, project, by=by, at=at)
    if project.accepted_on is not None:
        raise Conflict(
            "project-accepted",
            "{project}已于 {on} 竣工验收，没有再次办理。如验收有误，请另行登记更正。",
            project=project,
            on=project.accepted_on,
        )
    check_not_cancelled(project)
    return project


def unreached(milestone: Milestone, *, deed: str, by: Any, at: datetime) -> Milestone:
    """A step as it stands now, locked; refused where it is reached or its project was given up."""
    milestone = (
        Milestone.objects.select_for_update(of=("self",)).select_related("project").get(pk=milestone.pk)
    )
    check_office(deed, milestone, by=by, at=at)
    if milestone.reached_on is not None:
        raise Conflict(
            "milestone-reached",
            "{milestone}已于 {on} 完成，没有改动。登记有误的，请联系市局更正。",
            milestone=milestone,
            on=milestone.reached_on,
        )
    check_not_cancelled(milestone.project)
    return milestone


def check_not_cancelled(project: Project) -> None:
    """Refuse what comes after a project was given up."""
    if project.cancelled_on is not None:
        raise Conflict(
            "project-cancelled",
            "{project}已于 {on} 取消，不能再办理。",
            project=project,
            on=project.cancelled_on,
        )


def check_turn(milestone: Milestone, on: date) -> None:
    """Refuse a step before the ones that come first, or on a day before theirs."""
    place = ORDER[Step(milestone.step)]
    for one in steps_of(milestone.project):
        if ORDER[Step(one.step)] >= place:
            continue
        if one.reached_on is None:
            raise Refusal(
                "milestone-before-its-turn",
                "「{earlier}」还没有完成，不能先登记「{step}」。请先登记前面的节点及其依据文号。",
                earlier=one.get_step_display(),
                step=milestone.get_step_display(),
            )
        if one.reached_on > on:
            raise Refusal(
                "milestone-day-before-earlier",
                "{on} 早于前面的节点「{earlier}」的完成日 {before}。请核对日期。",
                on=on,
                earlier=one.get_step_display(),
                before=one.reached_on,
            )


def unplanned(project: Project) -> Refusal:
    """The refusal of what needs a plan, where there is none."""
    return Refusal(
        "project-unplanned",
        "{project}还没有节点计划。请先办理「制定节点计划」，补登已完成节点的依据文号。",
        project=project,
    )
