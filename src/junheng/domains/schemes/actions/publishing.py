"""Publicity: a frozen list, objections until the last minute, each answered, and only then the decision."""

import os
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.schemes.actions.certifying import issue
from junheng.domains.schemes.actions.effects import registrar_of
from junheng.domains.schemes.actions.reviewing import OWN
from junheng.domains.schemes.actions.stepping import application_locked, move, scheme_held
from junheng.domains.schemes.models import (
    AwardScheme,
    Publicity,
    PublicityLine,
    SchemeApplication,
    SchemeObjection,
    SchemeReview,
)
from junheng.domains.schemes.queries.showing import person_of, rows_of, unit_of
from junheng.domains.schemes.queries.standing import owns
from junheng.domains.schemes.terms import Answer, Decider, SchemeState, Stage
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.kernel.workdays import add_working_days
from junheng.platform.audit.append import name_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.sealing import codes
from junheng.platform.spans import check_has_come

PUBLIC = "公众"
"""By whom an objection is entered: nobody is asked who they are."""
LETTERS_OF_A_RECEIPT = 11
"""55 random bits; the twelfth letter tells whether the others were copied rightly."""


@transaction.atomic
def publish(scheme: AwardScheme, *, by: Any, at: datetime, why: str) -> Publicity:
    """Show everything that passed. The list is frozen with its digest; its days are working days of the calendar."""
    scheme = scheme_held(scheme, SchemeState.OPEN, _("公示"), by=by, at=at)
    passed = [
        application_locked(one)
        for one in SchemeApplication.objects.filter(category__scheme=scheme, stage=Stage.PASSED).order_by(
            "category__code", "area", "number"
        )
    ]
    if not passed:
        raise Refusal("nothing-to-show", "没有审核通过、等待公示的申报。没有改动。")
    today = timezone.localdate(at)
    enters = registrar_of(scheme.effect)
    for one in passed:
        if enters is not None:
            enters.check(one, on=today)
    before = Publicity.objects.filter(scheme=scheme, school=None).count()
    return show(
        passed,
        Publicity(code=f"{scheme.code}-{before + 1}", scheme=scheme, area_id=scheme.area_id),
        days=scheme.publicity_days,
        stage=Stage.SHOWN,
        by=by,
        at=at,
        why=why,
    )


def show(
    applications: "Sequence[SchemeApplication]",
    made: Publicity,
    *,
    days: int,
    stage: Stage,
    by: Any,
    at: datetime,
    why: str,
) -> Publicity:
    """Freeze a list and show it from today for so many working days. Inside the transaction of whoever shows it."""
    today = timezone.localdate(at)
    last = add_working_days(today, days)
    made.opened_on, made.until, made.certain, made.opened_by = today, last.day, last.certain, name_of(by)
    lines = [
        PublicityLine(
            application=one, place=place, category=one.category.name, unit=unit_of(one), person=person_of(one)
        )
        for place, one in enumerate(applications, 1)
    ]
    made.digest = digest_of_rows(rows_of(lines))
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    for line in lines:
        line.publicity = made
        save_row(line, by=by, at=at, why=why, verb=Verb.DEED.value)
    for one in applications:
        move(one, stage, by=by, at=at, why=why)
    return made


@transaction.atomic
def object_to(
    line: PublicityLine, *, words: str, at: datetime, chance: bytes | None = None
) -> SchemeObjection:
    """Take an objection in, until the last minute of the last day in Shanghai. The receipt is shown once.

    ``chance`` is for the demonstration, which is the same city each time.
    """
    publicity = Publicity.objects.get(pk=line.publicity_id)
    if timezone.localdate(at) > publicity.until or publicity.decided_on is not None:
        raise Conflict(
            "publicity-is-over",
            "公示已于 {until} 24 时截止，不再收取异议。仍有问题的，可以向举办单位或通过“举报”反映。",
            until=publicity.until,
        )
    words = words.strip()
    if not words:
        raise Refusal("objection-without-words", "请写明有什么不实。没有提交。")
    made = SchemeObjection(
        receipt=codes.checked(codes.spelled(chance or os.urandom(10), LETTERS_OF_A_RECEIPT)),
        publicity=publicity,
        application=line.application,
        area_id=line.application.area_id,
        words=words[:500],
        raised_at=at,
    )
    save_row(made, by=PUBLIC, at=at, why="公示期内提出异议", verb=Verb.DEED.value)
    return made


@transaction.atomic
def answer(
    objection: SchemeObjection, *, upheld: bool, words: str, by: Any, at: datetime, why: str
) -> SchemeObjection:
    """Answer an objection: by somebody who neither applied nor reviewed. If it is right, the application fails."""
    objection = SchemeObjection.objects.select_for_update().get(pk=objection.pk)
    check_may(_("核查异议"), objection, by=by, at=at)
    if objection.state != Answer.OPEN:
        raise Conflict("objection-answered", "这条异议已于 {on} 答复。没有改动。", on=objection.answered_on)
    application = application_locked(objection.application)
    today = timezone.localdate(at)
    if own := owns(application, by, on=today):
        raise NotAllowed(f"own-matter-{own}", OWN[own])
    if SchemeReview.objects.filter(application=application, login=name_of(by)).exists():
        raise NotAllowed("reviewer-answers", "您审核过这份申报，异议须由没有经手的人核查。没有改动。")
    objection.state = Answer.UPHELD if upheld else Answer.DISMISSED
    objection.answer, objection.answered_on, objection.answered_by = words.strip(), today, name_of(by)
    save_row(objection, by=by, at=at, why=why, verb=Verb.DEED.value)
    if upheld and application.stage in {Stage.SHOWN, Stage.POSTED}:
        move(application, Stage.REJECTED, by=by, at=at, why=why)
    return objection


@transaction.atomic
def decide(publicity: Publicity, *, on: date, number: str, by: Any, at: datetime, why: str) -> Publicity:
    """Decide about a list: after its last day, when every objection is answered, and never dated back.

    Where the province decides, this is the recommendation: certificates come with the province's document.
    """
    publicity = Publicity.objects.select_for_update().get(pk=publicity.pk)
    check_may(_("作出决定"), publicity, by=by, at=at)
    if publicity.school_id is not None:
        raise Refusal("a-schools-list", "这是校内公示，期满后由学校“报送县级”，不在这里作出决定。")
    if publicity.decided_on is not None:
        raise Conflict("publicity-decided", "这次公示已于 {on} 作出决定。没有改动。", on=publicity.decided_on)
    check_has_come(on, at=at)
    if on <= publicity.until:
        raise Refusal(
            "decision-before-publicity-ends",
            "公示到 {until} 24 时截止，决定日 {on} 须在其后。没有改动。",
            until=publicity.until,
            on=on,
        )
    if on < timezone.localdate(at):
        raise Refusal(
            "decision-backdated",
            "决定日 {on} 早于今天（{today}）。决定从作出之日起生效，不能倒签；请填今天的日期。",
            on=on,
            today=timezone.localdate(at),
        )
    check_answered(publicity)
    check_unchanged(publicity)
    publicity.decided_on, publicity.decision = on, number.strip()
    save_row(publicity, by=by, at=at, why=why, verb=Verb.DEED.value)
    lines = PublicityLine.objects.filter(publicity=publicity).order_by("place")
    for line in lines.select_related("application"):
        one = application_locked(line.application)
        if one.stage != Stage.SHOWN:
            continue  # an objection against it was right, or it was withdrawn
        if one.scheme.decider == Decider.PROVINCE:
            move(one, Stage.RECOMMENDED, by=by, at=at, why=why)
            continue
        move(one, Stage.RECOGNISED, by=by, at=at, why=why)
        issue(one, line, decision=publicity.decision, on=on, by=by, at=at, why=why)
    return publicity


def check_answered(publicity: Publicity) -> None:
    """Refuse while somebody waits for an answer."""
    waiting = SchemeObjection.objects.filter(publicity=publicity, state=Answer.OPEN).count()
    if waiting:
        raise Conflict(
            "objections-open", "还有 {count} 条异议没有核查，不能作出决定。没有改动。", count=waiting
        )


def check_unchanged(publicity: Publicity) -> None:
    """Refuse to decide about a list that is not the one that was shown."""
    lines = list(PublicityLine.objects.filter(publicity=publicity).select_related("application"))
    if digest_of_rows(rows_of(lines)) != publicity.digest:
        raise Conflict("list-altered", "公示名单与公示时的摘要不符，不能作出决定。请联系系统管理员核查留痕。")
