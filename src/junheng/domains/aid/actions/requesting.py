"""An application of a family that stands on no list: its promise, the school's group, publicity inside the school, the county."""

import os
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import AID
from junheng.domains.aid.models import AidRequest
from junheng.domains.aid.terms import Hardship, RequestStage
from junheng.domains.areas.policies import check_may, check_role
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import school_year
from junheng.kernel.workdays import add_working_days
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.sealing import codes

FAMILY, APPLIED = "家庭", "家庭书面申请"
LETTERS_OF_A_RECEIPT = 11
"""55 random bits; the twelfth letter tells whether the others were copied rightly."""


@transaction.atomic
def apply(pupil: Pupil, *, kind: str, words: str, promised_by: str, at: datetime) -> AidRequest:
    """Take an application in. The receipt is shown once."""
    pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
    today = timezone.localdate(at)
    if not promised_by.strip() or not words.strip():
        raise Refusal("request-unsigned", "请写明困难情况，并写上家长本人的姓名作为承诺。没有提交。")
    year = school_year(today)
    if AidRequest.objects.filter(pupil=pupil, year=year).exclude(stage=RequestStage.REFUSED).exists():
        raise Conflict("requested-already", "这名学生本学年已有一份申请。请用原来的回执号查询进度。")
    made = written(pupil, kind=kind, words=words, promised_by=promised_by, today=today)
    save_row(made, by=FAMILY, at=at, why=APPLIED, verb=Verb.DEED.value)
    return made


def written(
    pupil: Pupil, *, kind: str, words: str, promised_by: str, today: date, chance: bytes | None = None
) -> AidRequest:
    """An application of a day as it will be kept; ``chance`` makes the receipt, the same each time in the demonstration."""
    return AidRequest(
        receipt=codes.checked(codes.spelled(chance or os.urandom(10), LETTERS_OF_A_RECEIPT)), pupil=pupil,
        area_id=pupil.area_id, school_id=pupil.school_id, school_class_id=pupil.school_class_id,
        year=school_year(today), words=f"{Hardship(kind).label}：{words.strip()[:500]}",
        promised_by=promised_by.strip()[:40], asked_on=today,
    )  # fmt: skip


def held(
    request: AidRequest, stage: RequestStage, role: Role, deed: str, *, by: Any, at: datetime
) -> AidRequest:
    """The application as it stands now; refused where it is not its turn or not theirs."""
    request = AidRequest.objects.select_for_update().get(pk=request.pk)
    check_may(deed, request, by=by, at=at)
    check_role(role, deed, by=by, at=at)
    if request.stage != stage:
        raise Conflict(
            "request-not-there",
            "这份申请现为“{stage}”，不能“{deed}”，可能已由他人办理。没有做任何改动。",
            stage=request.get_stage_display(),
            deed=deed,
        )
    return request


@transaction.atomic
def recognise(request: AidRequest, *, band: str, by: Any, at: datetime, why: str) -> AidRequest:
    """The school's group recognises it and shows name, class and band inside the school for some working days."""
    request = held(request, RequestStage.SCHOOL, Role.PRINCIPAL, _("学校认定"), by=by, at=at)
    today = timezone.localdate(at)
    days = AID.shown_days.on(today).value
    request.band, request.stage = band, RequestStage.SHOWN
    request.shown_on, request.shown_until = today, add_working_days(today, days).day
    save_row(request, by=by, at=at, why=why, verb=Verb.DEED.value)
    return request


@transaction.atomic
def take_objection(request: AidRequest, *, words: str, by: Any, at: datetime, why: str) -> AidRequest:
    """Enter an objection that came in while it was shown; who raised it is not entered."""
    request = held(request, RequestStage.SHOWN, Role.PRINCIPAL, _("登记异议"), by=by, at=at)
    if request.shown_until is not None and timezone.localdate(at) > request.shown_until:
        raise Conflict(
            "publicity-is-over", "公示已于 {until} 24 时截止，不再收取异议。", until=request.shown_until
        )
    if request.objection and not request.answer:
        raise Conflict("objection-open", "上一条异议还没有书面答复，请先答复。没有改动。")
    request.objection, request.answer, request.answered_on = words.strip()[:500], "", None
    save_row(request, by=by, at=at, why=why, verb=Verb.DEED.value)
    return request


@transaction.atomic
def answer_objection(request: AidRequest, *, words: str, by: Any, at: datetime, why: str) -> AidRequest:
    """Answer it in writing."""
    request = held(request, RequestStage.SHOWN, Role.PRINCIPAL, _("答复异议"), by=by, at=at)
    if not request.objection or request.answer:
        raise Conflict("no-open-objection", "没有待答复的异议。没有改动。")
    request.answer, request.answered_on = words.strip()[:500], timezone.localdate(at)
    save_row(request, by=by, at=at, why=why, verb=Verb.DEED.value)
    return request


@transaction.atomic
def send_up(request: AidRequest, *, by: Any, at: datetime, why: str) -> AidRequest:
    """After the last day, with every objection answered, it goes to the county."""
    request = held(request, RequestStage.SHOWN, Role.PRINCIPAL, _("报县级确认"), by=by, at=at)
    if request.shown_until is not None and timezone.localdate(at) <= request.shown_until:
        raise Refusal(
            "publicity-runs",
            "校内公示到 {until} 24 时截止，之后才能上报。没有改动。",
            until=request.shown_until,
        )
    if request.objection and not request.answer:
        raise Conflict("objection-open", "还有一条异议没有书面答复，不能上报。没有改动。")
    request.stage = RequestStage.COUNTY
    save_row(request, by=by, at=at, why=why, verb=Verb.DEED.value)
    return request


@transaction.atomic
def approve(request: AidRequest, *, words: str, by: Any, at: datetime, why: str) -> AidRequest:
    """The county agrees: from now on the pupil is found with those of the lists."""
    request = held(request, RequestStage.COUNTY, Role.AID_OFFICER, _("县级确认"), by=by, at=at)
    return end(request, RequestStage.RECOGNISED, words=words, by=by, at=at, why=why)


@transaction.atomic
def refuse(request: AidRequest, *, words: str, by: Any, at: datetime, why: str) -> AidRequest:
    """School or county do not recognise it, and tell the family why."""
    request = AidRequest.objects.select_for_update().get(pk=request.pk)
    role = Role.AID_OFFICER if request.stage == RequestStage.COUNTY else Role.PRINCIPAL
    stage = RequestStage.COUNTY if request.stage == RequestStage.COUNTY else RequestStage.SCHOOL
    request = held(request, stage, role, _("不予认定"), by=by, at=at)
    return end(request, RequestStage.REFUSED, words=words, by=by, at=at, why=why)


def end(
    request: AidRequest, stage: RequestStage, *, words: str, by: Any, at: datetime, why: str
) -> AidRequest:
    """Write down how it ended, in the words that the family reads."""
    request.stage, request.ended_on, request.ended_words = stage, timezone.localdate(at), words.strip()[:300]
    save_row(request, by=by, at=at, why=why, verb=Verb.DEED.value)
    return request
