"""Deeds about projects: accept, cancel. A project is done when it is accepted, and not before."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.projects.models import Project
from junheng.domains.projects.terms import PLACE_GIVING, ProjectKind
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def accept_project(
    project: Project, *, on: date, places_after: int, by: Any, at: datetime, why: str
) -> Project:
    """Accept a finished project. Places are counted from rooms on that day, so they are entered with it."""
    project = running(project, deed=_("竣工验收"), by=by, at=at)
    check_has_come(on, at=at)
    if project.started_on is None:
        raise Refusal(
            "project-not-started", "{project}还没有开工日，不能验收。请先补登开工日。", project=project
        )
    if on < project.started_on:
        raise Refusal(
            "project-accepted-before-start",
            "验收日 {on} 早于开工日 {started_on}。请核对日期。",
            on=on,
            started_on=project.started_on,
        )
    check_places(project, places_after)
    project.accepted_on, project.places_after = on, places_after
    save_row(project, by=by, at=at, why=why, verb=Verb.DEED.value)
    return project


def check_places(project: Project, places_after: int) -> None:
    """Refuse places that cannot be: a new building gives some, and building never takes any away."""
    if project.kind == ProjectKind.NEW and places_after <= project.places_before:
        raise Refusal(
            "project-without-places",
            "新建项目须有新增学位：建设前 {before} 个，建设后只有 {after} 个。请按验收的班数核定学位后再办理。",
            before=project.places_before,
            after=places_after,
        )
    if project.kind in PLACE_GIVING and places_after < project.places_before:
        raise Refusal(
            "project-fewer-places",
            "建设后学位（{after} 个）少于建设前（{before} 个）。请按验收的班数核定学位后再办理。",
            before=project.places_before,
            after=places_after,
        )


@transaction.atomic
def cancel_project(project: Project, *, on: date, by: Any, at: datetime, why: str) -> Project:
    """Give a project up; it stays on record with the day and the reason."""
    project = running(project, deed=_("取消项目"), by=by, at=at)
    check_has_come(on, at=at)
    project.cancelled_on = on
    save_row(project, by=by, at=at, why=why, verb=Verb.DEED.value)
    return project


def running(project: Project, *, deed: str, by: Any, at: datetime) -> Project:
    """The project as it stands now, locked; refuses one that is done or given up."""
    project = Project.objects.select_for_update().get(pk=project.pk)
    check_may(deed, project, by=by, at=at)
    if project.accepted_on is not None:
        raise Conflict(
            "project-accepted",
            "{project}已于 {on} 竣工验收，没有再次办理。如验收有误，请另行登记更正。",
            project=project,
            on=project.accepted_on,
        )
    if project.cancelled_on is not None:
        raise Conflict(
            "project-cancelled",
            "{project}已于 {on} 取消，不能再办理。",
            project=project,
            on=project.cancelled_on,
        )
    return project
