"""Asking a school about one pupil, its yes or no, and reasons for what does not agree."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.aid.models import AidReason, SchoolCheck
from junheng.domains.aid.policies import check_officer
from junheng.domains.areas.policies import check_may, check_role
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def ask_school(pupil: Pupil, *, question: str, by: Any, at: datetime, why: str) -> SchoolCheck:
    """Put one question about one pupil to the school."""
    pupil = Pupil.objects.select_for_update(of=("self",)).select_related("school").get(pk=pupil.pk)
    check_officer(_("请学校核实"), pupil.area_id, by=by, at=at)
    made = SchoolCheck(
        pupil=pupil,
        school=pupil.school,
        area_id=pupil.area_id,
        question=question,
        asked_on=timezone.localdate(at),
    )
    if SchoolCheck.objects.filter(pupil=pupil, question=question, answer="").exists():
        raise Conflict("asked-already", "这个问题已经问过，学校还没有答复。没有再问一次。")
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


@transaction.atomic
def answer_check(check: SchoolCheck, *, answer: str, by: Any, at: datetime, why: str) -> SchoolCheck:
    """The school's yes or no."""
    check = SchoolCheck.objects.select_for_update().get(pk=check.pk)
    check_may(_("答复核实"), check, by=by, at=at)
    check_role(Role.PRINCIPAL, _("答复核实"), by=by, at=at)
    if check.answer:
        raise Conflict("answered-already", "这个问题已于 {on} 答复，没有改动。", on=check.answered_on)
    check.answer, check.answered_on = answer, timezone.localdate(at)
    save_row(check, by=by, at=at, why=why, verb=Verb.DEED.value)
    return check


@transaction.atomic
def give_reason(
    pupil: Pupil, *, scheme: str, term: SchoolTerm, side: str, words: str, by: Any, at: datetime, why: str
) -> AidReason:
    """Say why an entitled pupil is not aided, or an aided one not entitled. A later word takes the place of this one."""
    check_officer(_("说明原因"), pupil.area_id, by=by, at=at)
    if len(words.strip()) < 4:
        raise Refusal("reason-too-short", "请写明原因，至少 4 个字。没有保存。")
    facts = {"pupil": pupil, "scheme": scheme, "term": str(term), "side": side}
    row = AidReason.objects.select_for_update().filter(**facts).first() or AidReason(**facts)
    row.area_id, row.words = pupil.area_id, words.strip()[:200]
    row.given_on, row.given_by = timezone.localdate(at), name_of(by)
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row
