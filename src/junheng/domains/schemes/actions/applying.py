"""Applying: the evidence is drawn, the rest is stated, and the application goes to its first reviewer with a number."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.schemes.actions.places import check_school_place
from junheng.domains.schemes.actions.stepping import application_held, move
from junheng.domains.schemes.models import (
    AwardScheme,
    SchemeApplication,
    SchemeCriterion,
    SchemeEvidence,
)
from junheng.domains.schemes.queries.beside import every_beside
from junheng.domains.schemes.queries.checks import evidence_of
from junheng.domains.schemes.queries.showing import names_of
from junheng.domains.schemes.queries.standing import first_stage, owns
from junheng.domains.schemes.queries.twins import twins_of
from junheng.domains.schemes.terms import (
    AT_SCHOOL,
    OVER,
    UNDER_REVIEW,
    WRITABLE,
    Asked,
    SchemeState,
    Stage,
    Subject,
)
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def submit(
    application: SchemeApplication,
    *,
    stated: Mapping[int, str],
    twin: str,
    by: Any,
    at: datetime,
    why: str,
) -> SchemeApplication:
    """Hand an application in. ``stated`` is what the applicant says to each criterion that no register answers.

    What registers say is drawn now and kept: a later change of a register changes no application. Where they say that
    a needed criterion is not met, nothing is handed in, and the sentence says which.
    """
    application = application_held(application, WRITABLE, _("提交申报"), by=by, at=at)
    return hand_in(application, stated=stated, twin=twin, by=by, at=at, why=why)


def hand_in(
    application: SchemeApplication, *, stated: Mapping[int, str], twin: str, by: Any, at: datetime, why: str
) -> SchemeApplication:
    """The same for an application that is held already."""
    scheme, today = application.scheme, timezone.localdate(at)
    check_in_time(application, scheme, at=at)
    check_there(application, at=at)
    check_once(application)
    check_twin(application, twin)
    check_nameless(application, stated)
    for room in every_beside():
        room.check(application, at=at)
    criteria = list(SchemeCriterion.objects.filter(scheme=scheme).order_by("number"))
    drawn = evidence_of(application, criteria, on=today)
    lacking = [f"{one.words}（{found.said}）" for one, found in drawn if one.needed and found.met is False]
    if lacking:
        raise Refusal(
            "criteria-not-met",
            "按台账有 {count} 项条件没有达到，没有提交：{lacking}。台账有误的，请先更正台账；确实没有达到的，不能申报。",
            count=len(lacking),
            lacking="；".join(lacking),
        )
    unsaid = [
        one.words
        for one in criteria
        if one.asked == Asked.STATE and one.needed and not stated.get(one.pk, "").strip()
    ]
    if unsaid:
        raise Refusal(
            "criteria-not-stated", "还有必填的条件没有说明：{words}。没有提交。", words="；".join(unsaid)
        )
    application.turn += 1
    application.twin = twin.strip()
    if application.number is None:
        application.number = f"{scheme.code}-{application.pk:06d}"
    application.submitted_on, application.submitted_by, application.points = today, name_of(by), None
    keep_evidence(
        application,
        {one: (found.met, found.said) for one, found in drawn}
        | {
            one: (None, stated[one.pk].strip())
            for one in criteria
            if one.asked == Asked.STATE and stated.get(one.pk)
        },
        by=by,
        at=at,
        why=why,
    )
    to = first_stage(application)
    if to == Stage.COUNTY:
        check_school_place(application)
    moved = move(application, to, by=by, at=at, why=why)
    for room in every_beside():
        room.handed_in(moved, by=by, at=at, why=why)
    return moved


def check_in_time(application: SchemeApplication, scheme: AwardScheme, *, at: datetime) -> None:
    """Refuse before the first and after the last day; what was sent back for completion may come later."""
    today = timezone.localdate(at)
    if scheme.state != SchemeState.OPEN:
        raise Conflict(
            "scheme-not-open",
            "“{scheme}”现为“{state}”，不能申报。没有保存；请等方案发布后再申报。",
            scheme=scheme.title,
            state=scheme.get_state_display(),
        )
    if today < scheme.applies_from or (today > scheme.applies_until and application.stage != Stage.RETURNED):
        raise Refusal(
            "not-in-time",
            "申报时间为 {first} 至 {last}（当天有效），今天不能提交。草稿仍保存着。",
            first=scheme.applies_from,
            last=scheme.applies_until,
        )


def check_there(application: SchemeApplication, *, at: datetime) -> None:
    """Refuse for a kindergarten that is closed."""
    one = application.kindergarten
    if one is not None and one.until is not None and one.until <= timezone.localdate(at):
        raise Conflict(
            "applicant-closed",
            "{kindergarten}已于 {until} 停办，不能申报。没有提交；名录有误的，请先更正名录。",
            kindergarten=one,
            until=one.until,
        )


def check_once(application: SchemeApplication) -> None:
    """Refuse a second application of the same subject in one scheme while the first is not over or was granted."""
    same = Q(
        school=application.school_id,
        kindergarten=application.kindergarten_id,
        teacher=application.teacher,
        pupil=application.pupil_id,
        school_class=application.school_class_id,
        group=application.group_id,
        named=application.named,
    )
    if application.given() == Subject.COUNTY:
        same &= Q(area=application.area_id)
    other = (
        SchemeApplication.objects.filter(same, category__scheme=application.scheme)
        .exclude(pk=application.pk)
        .exclude(stage__in=[*(OVER - {Stage.RECOGNISED}), Stage.DRAFT])
        .first()
    )
    if other is not None:
        raise Conflict(
            "applied-already",
            "同一对象在这个方案里已有申报 {number}（{stage}），不能再报一次。没有提交。",
            number=other.number,
            stage=other.get_stage_display(),
        )


def check_twin(application: SchemeApplication, twin: str) -> None:
    """Ask about a kindergarten that looks like another one under a new name: the applicant says how they are related."""
    if application.kindergarten is None or twin.strip():
        return
    found = twins_of(application.kindergarten)
    if found:
        raise Refusal(
            "kindergarten-under-another-name",
            "“{kindergarten}”与{others}电话相同或名称相近，可能是同一所幼儿园改了名。请在“与相似幼儿园的关系”里说明后再提交，由县级核实。",
            kindergarten=application.kindergarten,
            others="、".join(f"“{one}”" for one in found[:3]),
        )


def check_nameless(application: SchemeApplication, stated: Mapping[int, str]) -> None:
    """Refuse words that name who applies where jurors are not to know it."""
    if not application.scheme.blind:
        return
    told = [
        name
        for name in sorted(names_of(application))
        if any(name in one for one in (application.statement, *stated.values()))
    ]
    if told:
        raise Refusal(
            "application-names-itself",
            "这个方案匿名评分，内容里不能出现“{name}”。没有提交；请改为“本校”“本人”等。",
            name=told[0],
        )


def keep_evidence(
    application: SchemeApplication,
    found: "Mapping[SchemeCriterion, tuple[bool | None, str]]",
    *,
    by: Any,
    at: datetime,
    why: str,
) -> None:
    """Write down what was found about each criterion; a later submission writes over it, and the audit keeps both."""
    there = {one.criterion_id: one for one in SchemeEvidence.objects.filter(application=application)}
    for criterion, (met, said) in found.items():
        row = there.get(criterion.pk) or SchemeEvidence(application=application, criterion=criterion)
        row.met, row.said = met, said[:300]
        save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)


@transaction.atomic
def withdraw(application: SchemeApplication, *, by: Any, at: datetime, why: str) -> SchemeApplication:
    """Take an application back while nobody has decided about it. It stays on record."""
    stages = AT_SCHOOL | UNDER_REVIEW | {Stage.RETURNED, Stage.PASSED}
    application = application_held(application, stages, _("撤回申报"), by=by, at=at)
    if owns(application, by, on=timezone.localdate(at)) not in {
        "submitted",
        "school",
        "kindergarten",
        "subject",
        "county",
    }:
        raise NotAllowed(
            "not-the-applicant", "撤回由申报单位或提交人办理。需要终止的，请写明审核意见“不予通过”。"
        )
    return move(application, Stage.WITHDRAWN, by=by, at=at, why=why)
