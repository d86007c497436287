"""A case goes to the school to which the pupil moved, once that school's team takes it. Nobody else learns of it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.guidance.actions.planning import still_open
from junheng.domains.guidance.models import CareCase, CareTransfer
from junheng.domains.guidance.policies import check_team
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come, holds


@transaction.atomic
def offer_case(
    case: CareCase, *, to_school: School, on: date, by: Any, at: datetime, why: str
) -> CareTransfer:
    """Offer a case to another school. Until it is taken, the team that has it goes on."""
    case = still_open(case, deed=_("转接"), by=by, at=at)
    check_has_come(on, at=at)
    if to_school.pk == case.team_id:
        raise Refusal("care-transfer-to-itself", "这份台账现在就由这所学校承办。请选择学生转入的学校。")
    if case.transfers.filter(answered_on=None).exists():
        raise Conflict("care-transfer-open", "这份台账已有一次待答复的转接。请等待接收学校答复。")
    transfer = CareTransfer(case=case, to_school=to_school, asked_on=on)
    save_row(transfer, by=by, at=at, why=why, verb=Verb.DEED.value)
    return transfer


@transaction.atomic
def answer_transfer(transfer: CareTransfer, *, accept: bool, by: Any, at: datetime, why: str) -> CareTransfer:
    """Take a case that is offered, or send the offer back. What is taken is seen by the new team alone."""
    check_team(transfer.to_school_id, _("接收转接"), by=by, at=at)
    transfer = CareTransfer.objects.select_for_update().get(pk=transfer.pk)
    case = CareCase.objects.select_for_update().get(pk=transfer.case_id)
    if transfer.answered_on is not None or case.closed_on is not None:
        raise Conflict("care-transfer-answered", "这次转接已经答复，或台账已经结案，没有再次办理。")
    on = timezone.localdate(at)
    transfer.answered_on, transfer.accepted = on, accept
    save_row(transfer, by=by, at=at, why=why, verb=Verb.DEED.value)
    if not accept:
        return transfer
    school = transfer.to_school
    enrolled = Pupil.objects.filter(holds(on), school=school, code_blind=case.person_token)
    if not case.person_token or not enrolled.exists():
        raise Refusal(
            "care-pupil-not-here", "台账的对象不在贵校在籍，不能接收。请等学籍转入后再接收，或退回这次转接。"
        )
    case.team, case.school, case.area_id = school, school, school.area_id
    save_row(case, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("接收转接"), case, by=by, at=at)
    for plan in case.careplan_set.exclude(area=school.area_id):
        plan.area_id = school.area_id
        save_row(plan, by=by, at=at, why=why, verb=Verb.DEED.value)
    return transfer
