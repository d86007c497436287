"""Deeds about projects: accept, cancel. A project is done when it is accepted, and not before."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.projects.actions.checks import running
from junheng.domains.projects.actions.recording import Record, record_acceptance
from junheng.domains.projects.models import Project
from junheng.domains.projects.queries.standing import class_limit
from junheng.domains.projects.terms import PLACE_GIVING, Programme, ProjectKind, ReportVerdict
from junheng.kernel.errors import Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.registers import Level, register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.spans import check_has_come


@transaction.atomic
def accept_project(project: Project, record: Record, *, by: Any, at: datetime, why: str) -> Project:
    """Accept a finished project by its record. Places are counted from classes on that day, so they stand in it."""
    project = running(project, deed=_("竣工验收"), by=by, at=at)
    on = record.on
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
    check_places(project, record.places_after)
    check_approved(project, record.places_after, asker=Asker(by, at))
    check_classes(project, record)
    check_report(project, record)
    project.accepted_on, project.places_after = on, record.places_after
    save_row(project, by=by, at=at, why=why, verb=Verb.DEED.value)
    record_acceptance(project, record, by=by, at=at, why=why)
    return project


def check_approved(project: Project, places_after: int, *, asker: Asker) -> None:
    """Refuse other places than were approved, of somebody who may not decide them: what a form keeps back, a deed does."""
    policy = register_called("projects").policy_of("places_after")
    if places_after == project.places_after or any(
        policy.writes(level) for level in Level if asker.stands_at(level)
    ):
        return
    raise Refusal(
        "places-need-approval",
        "验收学位 {places} 个，与核定的 {approved} 个不同，没有验收。建成后学位由市局核定："
        "请先在项目登记里改“建成后学位”，市局批准后再验收。",
        places=places_after,
        approved=project.places_after,
    )


def check_classes(project: Project, record: Record) -> None:
    """Refuse places that do not follow from the classes, or classes above the standard, where nobody explains it."""
    if project.kind not in PLACE_GIVING or record.difference.strip():
        return
    if record.classes * record.per_class != record.places_after:
        raise Refusal(
            "places-do-not-fit-classes",
            "{classes} 个班 × 每班 {per_class} 个 = {counted} 个，与验收学位 {places} 个不符，没有验收。"
            "请核对；确实如此的（如部分班额不同），在「不符说明」里写明。",
            classes=record.classes,
            per_class=record.per_class,
            counted=record.classes * record.per_class,
            places=record.places_after,
        )
    limit = class_limit(project, on=record.on)
    if limit is not None and record.per_class > limit.value:
        raise Refusal(
            "classes-above-standard",
            "每班 {per_class} 个学位，超过{title}（{limit} 人），没有验收。请按标准核定；经批准的例外，在「不符说明」里写明批准文件。",
            per_class=record.per_class,
            title=limit.title,
            limit=limit.value,
        )


def check_report(project: Project, record: Record) -> None:
    """Refuse a sports ground without a test of its material, or with one that it failed."""
    if project.programme != Programme.SPORTS_GROUND:
        return
    if not record.report_number.strip() or not record.report_verdict:
        raise Refusal(
            "ground-without-report",
            "运动场验收须有面层材料检测报告，没有验收。请填写检测报告编号和检测结论。",
        )
    if record.report_verdict != ReportVerdict.FIT:
        raise Refusal(
            "ground-unfit",
            "检测报告 {number} 的结论是不合格，不能验收。请整改并重新检测，合格后再办理。",
            number=record.report_number,
        )


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
