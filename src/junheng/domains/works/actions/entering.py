"""What an applicant says of a work, and what is asked before it is handed in."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.actions.stepping import application_held
from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.terms import WRITABLE
from junheng.domains.works.models import Work
from junheng.domains.works.queries.asked import is_contest, missing_in
from junheng.domains.works.queries.names import named_in
from junheng.kernel.errors import Refusal
from junheng.platform.access.models import User
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def describe(
    application: SchemeApplication, *, title: str, tutor: str, by: Any, at: datetime, why: str
) -> Work:
    """Write down the title and the tutor of a work; the age group is drawn from the roll and typed by nobody."""
    application = application_held(application, WRITABLE, _("填写作品信息"), by=by, at=at)
    tutor = tutor.strip()
    if tutor and not User.objects.filter(username=tutor).exists():
        raise Refusal(
            "no-such-tutor",
            "没有“{login}”这个账号，没有保存。请核对指导教师的登录账号，或留空。",
            login=tutor,
        )
    work = Work.objects.select_for_update().filter(application=application).first() or Work(
        application=application, area_id=application.area_id, school_id=application.school_id
    )
    work.title, work.tutor = title.strip(), tutor
    work.age_group = group_of(application.pupil)
    save_row(work, by=by, at=at, why=why, verb=Verb.DEED.value)
    return work


def group_of(pupil: Pupil | None) -> str:
    """The age group of a pupil, as the roll has it; none where it is no pupil's work."""
    return "" if pupil is None else _("%(stage)s组") % {"stage": pupil.get_stage_display()}


def check_complete(application: SchemeApplication) -> None:
    """Refuse an application of which files are missing, or that names itself where it is judged without names."""
    lacking = missing_in(application)
    if lacking:
        raise Refusal(
            "attachments-missing",
            "还缺附件：{lacking}。没有提交；请在申报页的“附件和作品”里上传后再提交。",
            lacking="、".join(str(one) for one in lacking),
        )
    if not is_contest(application):
        return
    if not Work.objects.filter(application=application).exists():
        raise Refusal("work-without-title", "还没有填写作品题目，没有提交。请在“附件和作品”里填写。")
    if application.scheme.blind and (name := named_in(application)):
        raise Refusal(
            "work-names-itself",
            "这个方案匿名评审，题目和正文里不能出现“{name}”。没有提交；请改为“本校”“我”等后重新上传。",
            name=name,
        )
