"""Deeds about recognition: recognise, reject, end. The stock moves by these and by nothing else."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.kindergartens.models import Kindergarten, Recognition
from junheng.domains.kindergartens.queries import nature_on, recognition_on
from junheng.domains.kindergartens.terms import Decision, EndedBy, KindergartenNature, RecognitionKind
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, check_has_come


@transaction.atomic
def recognise(
    recognition: Recognition,
    *,
    decided_on: date,
    since: date,
    number: str,
    by: Any,
    at: datetime,
    why: str,
) -> Recognition:
    """Recognise a private kindergarten as inclusive from ``since`` on, which is never before the decision.

    A renewal ends what held before on the same day, so that the stock stays as it was.
    """
    recognition = open_application(
        recognition, deed=_("认定普惠性民办园"), decided_on=decided_on, by=by, at=at
    )
    if since < decided_on:
        raise Refusal(
            "recognition-backdated",
            "生效日 {since} 早于决定日 {decided_on}。认定不能追溯，请把生效日改为决定日或以后。",
            since=since,
            decided_on=decided_on,
        )
    kindergarten = recognition.kindergarten
    check_can_be_recognised(kindergarten, since=since)
    held = recognition_on(kindergarten, on=since)
    renewal = recognition.kind == RecognitionKind.RENEWAL
    if held and not renewal:
        raise Refusal(
            "recognition-holds",
            "{kindergarten}自 {since} 起已有有效认定，不能按首次认定计数。请改为“复核延续”。",
            kindergarten=kindergarten,
            since=held.since,
        )
    if renewal and not held:
        raise Refusal(
            "recognition-nothing-to-renew",
            "{kindergarten}在 {since} 没有有效认定可以延续。请改为“首次认定”后再办理。",
            kindergarten=kindergarten,
            since=since,
        )
    if held and held.since is not None:
        check_ends_after(held.since, since)
        held.until, held.ended_by = since, EndedBy.RENEWED
        save_row(held, by=by, at=at, why=why, verb=Verb.DEED.value)
    recognition.decision, recognition.decided_on = Decision.RECOGNISED, decided_on
    recognition.since, recognition.number = since, number
    save_row(recognition, by=by, at=at, why=why, verb=Verb.DEED.value)
    return recognition


@transaction.atomic
def reject(recognition: Recognition, *, decided_on: date, by: Any, at: datetime, why: str) -> Recognition:
    """Turn an application down; the reason stands in the audit."""
    recognition = open_application(recognition, deed=_("不予认定"), decided_on=decided_on, by=by, at=at)
    recognition.decision, recognition.decided_on = Decision.REJECTED, decided_on
    save_row(recognition, by=by, at=at, why=why, verb=Verb.DEED.value)
    return recognition


@transaction.atomic
def end_recognition(
    recognition: Recognition, *, until: date, ended_by: EndedBy, by: Any, at: datetime, why: str
) -> Recognition:
    """Take a recognition out of the stock: withdrawn, closed or converted. A renewal ends it by itself."""
    recognition = Recognition.objects.select_for_update().get(pk=recognition.pk)
    check_may(_("终止认定"), recognition, by=by, at=at)
    if recognition.decision != Decision.RECOGNISED or recognition.since is None:
        raise Refusal("recognition-never-held", "这条申报没有获得认定，不存在终止。请查找已认定的记录。")
    if recognition.until is not None:
        raise Conflict(
            "recognition-ended", "这条认定已定于 {until} 终止，没有再次办理。", until=recognition.until
        )
    if ended_by == EndedBy.RENEWED:
        raise Refusal(
            "recognition-renewed-by-renewal",
            "复核延续会自动终止原认定。请对延续的申报办理“认定”，不要在这里终止。",
        )
    check_ends_after(recognition.since, until)
    recognition.until, recognition.ended_by = until, ended_by
    save_row(recognition, by=by, at=at, why=why, verb=Verb.DEED.value)
    return recognition


def open_application(
    recognition: Recognition, *, deed: str, decided_on: date, by: Any, at: datetime
) -> Recognition:
    """The application as it stands now, locked; refuses one that is decided, or a decision before the application."""
    recognition = (
        Recognition.objects.select_for_update().select_related("kindergarten").get(pk=recognition.pk)
    )
    check_may(deed, recognition, by=by, at=at)
    if recognition.decision != Decision.PENDING:
        raise Conflict(
            "recognition-decided",
            "这条申报已于 {on} 作出决定：{decision}。没有再次办理。",
            on=recognition.decided_on,
            decision=recognition.get_decision_display(),
        )
    check_has_come(decided_on, at=at)
    if decided_on < recognition.applied_on:
        raise Refusal(
            "recognition-before-application",
            "决定日 {decided_on} 早于申报日 {applied_on}。请核对日期。",
            decided_on=decided_on,
            applied_on=recognition.applied_on,
        )
    return recognition


def check_can_be_recognised(kindergarten: Kindergarten, *, since: date) -> None:
    """Refuse a kindergarten that is closed or not private on the first day: only a private one can be inclusive."""
    if kindergarten.since > since or (kindergarten.until is not None and kindergarten.until <= since):
        raise Refusal(
            "recognition-of-closed",
            "{kindergarten}在 {since} 没有开办，不能认定。请核对生效日或幼儿园名录。",
            kindergarten=kindergarten,
            since=since,
        )
    if nature_on(kindergarten, on=since) != KindergartenNature.PRIVATE:
        raise Refusal(
            "recognition-not-private",
            "{kindergarten}在 {since} 不是民办园，不能认定为普惠性民办园。请先核对“办园性质”。",
            kindergarten=kindergarten,
            since=since,
        )
