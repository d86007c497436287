"""The dated plan of a project: laid before it begins, moved with a reason afterwards; the first day of a step is kept."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.projects.actions.checks import running, unplanned, unreached
from junheng.domains.projects.models import Milestone, Project
from junheng.domains.projects.queries.standing import is_late, steps_of
from junheng.domains.projects.terms import ORDER, STEPS, HeldBy, ProjectKind, Step
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers.asker import Asker


@transaction.atomic
def lay_plan(
    project: Project, *, days: Mapping[Step, date], by: Any, at: datetime, why: str
) -> list[Milestone]:
    """Lay the plan, or lay it anew while nothing of it is reached and none of its days has passed."""
    project = running(project, deed=_("制定节点计划"), by=by, at=at)
    there = {Step(one.step): one for one in steps_of(project)}
    check_days(project, days)
    on = Asker(by, at).day
    if any(one.reached_on is not None or is_late(one, on=on) for one in there.values()):
        raise Conflict(
            "plan-under-way",
            "{project}的节点已有完成或逾期的，计划不能整体重排。请在节点页用「调整计划日」逐个调整并写明原因。",
            project=project,
        )
    if missing := [step for step in there if step not in days]:
        raise Refusal(
            "plan-lacks-steps",
            "原计划里的「{steps}」没有填日期，没有保存。已列入计划的节点须保留。",
            steps="、".join(str(step.label) for step in missing),
        )
    laid = []
    for step, day in sorted(days.items(), key=lambda one: ORDER[one[0]]):
        milestone = there.get(step) or Milestone(
            project=project, area_id=project.area_id, step=step, first_on=day, planned_on=day
        )
        milestone.planned_on = milestone.first_on = day
        save_row(milestone, by=by, at=at, why=why, verb=Verb.DEED.value)
        laid.append(milestone)
    return laid


def check_days(project: Project, days: Mapping[Step, date]) -> None:
    """Refuse a plan without an acceptance, with steps of another kind of project, or whose days go backwards."""
    allowed = STEPS[ProjectKind(project.kind)]
    if Step.ACCEPTED not in days:
        raise Refusal(
            "plan-without-acceptance", "计划里没有验收日，没有保存。每个项目都须验收，请填写计划验收日。"
        )
    if strange := [step for step in days if step not in allowed]:
        raise Refusal(
            "plan-step-of-another-kind",
            "「{kind}」项目没有「{steps}」这个节点，没有保存。请留空。",
            kind=project.get_kind_display(),
            steps="、".join(str(step.label) for step in strange),
        )
    before: tuple[Step, date] | None = None
    for step, day in sorted(days.items(), key=lambda one: ORDER[one[0]]):
        if before is not None and day < before[1]:
            raise Refusal(
                "plan-days-not-in-order",
                "「{step}」的计划日 {day} 早于前一个节点「{earlier}」的 {before}，没有保存。请改正日期。",
                step=step.label,
                day=day,
                earlier=before[0].label,
                before=before[1],
            )
        before = (step, day)


@transaction.atomic
def move(
    milestone: Milestone, *, planned_on: date, held_by: HeldBy, words: str, by: Any, at: datetime, why: str
) -> Milestone:
    """Move the planned day of a step, with what keeps it; the first planned day stays."""
    milestone = unreached(milestone, deed=_("调整计划日"), by=by, at=at)
    place = ORDER[Step(milestone.step)]
    for one in steps_of(milestone.project):
        day = one.reached_on or one.planned_on
        if ORDER[Step(one.step)] < place and day > planned_on:
            raise Refusal(
                "moved-before-earlier-step",
                "{day} 早于前面的节点「{earlier}」的 {before}，没有保存。请改为不早于该日，或先调整前面的节点。",
                day=planned_on,
                earlier=one.get_step_display(),
                before=day,
            )
    milestone.planned_on, milestone.held_by, milestone.held_words = planned_on, held_by, words.strip()
    save_row(milestone, by=by, at=at, why=why, verb=Verb.DEED.value)
    return milestone


@transaction.atomic
def explain(project: Project, *, held_by: HeldBy, words: str, by: Any, at: datetime, why: str) -> Milestone:
    """Say why a project is not done: what keeps its next step."""
    project = running(project, deed=_("说明未完成原因"), by=by, at=at)
    waiting = next((one for one in steps_of(project) if one.reached_on is None), None)
    if waiting is None:
        raise unplanned(project)
    waiting.held_by, waiting.held_words = held_by, words.strip()
    save_row(waiting, by=by, at=at, why=why, verb=Verb.DEED.value)
    return waiting
