"""Steps that are reached: each after the one before it, on a day, with the number of a document."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.projects.actions.checks import check_not_cancelled, check_turn, unplanned, unreached
from junheng.domains.projects.models import Milestone, Project
from junheng.domains.projects.queries.standing import steps_of
from junheng.domains.projects.terms import Step
from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def reach(milestone: Milestone, *, on: date, number: str, by: Any, at: datetime, why: str) -> Milestone:
    """Register that a step is reached. The acceptance is reached by accepting the project, and by nothing else."""
    milestone = unreached(milestone, deed=_("登记节点完成"), by=by, at=at)
    if milestone.step == Step.ACCEPTED:
        raise Refusal("acceptance-is-a-deed", "验收由项目页的「竣工验收」办理，验收后这个节点自动完成。")
    check_has_come(on, at=at)
    check_turn(milestone, on)
    if milestone.step == Step.BEGUN:
        begin(milestone.project, on, by=by, at=at, why=why)
    return reached(milestone, on=on, number=number, by=by, at=at, why=why)


def reached(milestone: Milestone, *, on: date, number: str, by: Any, at: datetime, why: str) -> Milestone:
    """Write that a step is reached, and by whom that was registered."""
    if not number.strip():
        raise Refusal(
            "milestone-without-proof", "没有依据文号，没有登记。请填写批复、公告、证书或验收文件的编号。"
        )
    milestone.reached_on, milestone.number, milestone.reached_by = on, number.strip(), name_of(by)
    save_row(milestone, by=by, at=at, why=why, verb=Verb.DEED.value)
    return milestone


def begin(project: Project, on: date, *, by: Any, at: datetime, why: str) -> None:
    """Write the day on which building began into the project; refused where another one stands there."""
    if project.started_on is None:
        project.started_on = on
        save_row(project, by=by, at=at, why=why, verb=Verb.DEED.value)
    elif project.started_on != on:
        raise Refusal(
            "begun-on-another-day",
            "项目登记的开工日是 {there}，这里填的是 {on}，没有登记。请核对施工许可证；登记有误的先改项目。",
            there=project.started_on,
            on=on,
        )


@transaction.atomic
def report(project: Project, *, on: date, words: str, by: Any, at: datetime, why: str) -> Milestone:
    """A school or kindergarten says that the next step is reached; it is registered by the county, with its proof."""
    project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    check_has_come(on, at=at)
    waiting = next((one for one in steps_of(project) if one.reached_on is None), None)
    if waiting is None:
        raise unplanned(project)
    check_may(_("上报进展"), waiting, by=by, at=at)
    check_not_cancelled(project)
    waiting.reported_on, waiting.reported_words = on, words.strip()
    save_row(waiting, by=by, at=at, why=why, verb=Verb.DEED.value)
    return waiting
