"""Letters to families and what families answer: seen and agreed, waived by signature, and taken back before payment."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.aid.models import AidBatch, AidLetter, Eligibility, Payment, Waiver
from junheng.domains.aid.policies import check_officer
from junheng.domains.areas.models import Area
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.scope import within_area
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, save_row
from junheng.platform.audit.together import save_together

FAMILY = "家庭"
"""By whom an answer is entered: a letter's code is no account."""
WAIVED, CONFIRMED, BACK = "家庭签字放弃", "家庭确认", "家庭在发放前撤回放弃"


@transaction.atomic
def write_letters(area: Area, *, term: SchoolTerm, by: Any, at: datetime, why: str) -> int:
    """One letter to every family in a county that is entitled in a term and has none yet; how many."""
    Area.objects.select_for_update().get(pk=area.pk)
    check_officer(_("发资助告知书"), area.pk, by=by, at=at)
    here = within_area("area", area.pk)
    written = set(AidLetter.objects.filter(here, term=str(term)).values_list("pupil", flat=True))
    found = Eligibility.objects.filter(here, term=str(term)).order_by("pupil").values_list("pupil", "area_id")
    rows = [
        AidLetter(pupil_id=pupil, area_id=where, term=str(term), made_on=timezone.localdate(at))
        for pupil, where in found.distinct()
        if pupil not in written
    ]
    if not rows:
        raise Conflict(
            "no-letter-to-write",
            "{area}{term}已认定的家庭都有告知书了，没有新的可发。",
            area=area.name,
            term=term.label,
        )
    save_together(AidLetter, rows, source=str(term), by=by, at=at, why=why)
    return len(rows)


@transaction.atomic
def write_again(letter: AidLetter, *, by: Any, at: datetime, why: str) -> AidLetter:
    """A new letter takes the place of one that was lost: the old code opens nothing any more."""
    letter = AidLetter.objects.select_for_update().get(pk=letter.pk)
    check_officer(_("重发资助告知书"), letter.area_id, by=by, at=at)
    letter.turn += 1
    letter.made_on = timezone.localdate(at)
    save_row(letter, by=by, at=at, why=why, verb=Verb.DEED.value)
    return letter


@transaction.atomic
def agree(letter: AidLetter, *, at: datetime) -> AidLetter:
    """The family has read what its child is entitled to and agrees."""
    letter = AidLetter.objects.select_for_update().get(pk=letter.pk)
    letter.confirmed_on = timezone.localdate(at)
    save_row(letter, by=FAMILY, at=at, why=CONFIRMED, verb=Verb.DEED.value)
    return letter


@transaction.atomic
def waive(
    letter: AidLetter, *, schemes: Sequence[str], signed_by: str, reason: str, at: datetime
) -> list[Waiver]:
    """Give up programmes of the term by typing one's name. Nobody has to say why."""
    letter = held(letter)
    if not signed_by.strip():
        raise Refusal("waiver-unsigned", "请在“签字”一栏写上家长本人的姓名。没有提交。")
    made = []
    for scheme in dict.fromkeys(schemes):
        row = entitled_to(letter, scheme)
        if Payment.objects.filter(
            pupil=row.pupil_id, scheme=scheme, term=row.term, returned_on=None
        ).exists():
            raise Conflict(
                "paid-already",
                "“{scheme}”本学期已经发放，不能再放弃。如要退回，请联系县（市、区）学生资助中心。没有改动。",
                scheme=row.get_scheme_display(),
            )
        if Waiver.objects.filter(pupil=row.pupil_id, scheme=scheme, term=row.term).exists():
            continue
        one = Waiver(
            pupil_id=row.pupil_id, area_id=row.area_id, scheme=scheme, term=row.term,
            signed_on=timezone.localdate(at), signed_by=signed_by.strip()[:40], reason=reason.strip()[:200],
        )  # fmt: skip
        save_row(one, by=FAMILY, at=at, why=WAIVED, verb=Verb.DEED.value)
        made.append(one)
    if not made:
        raise Refusal("nothing-to-waive", "没有选择要放弃的项目，或者已经放弃过。没有改动。")
    return made


@transaction.atomic
def take_back(letter: AidLetter, *, scheme: str, at: datetime) -> None:
    """Take a waiver back, as long as the county has not paid this programme. The entry of the audit stays."""
    letter = held(letter)
    row = entitled_to(letter, scheme)
    one = Waiver.objects.filter(pupil=row.pupil_id, scheme=scheme, term=row.term).first()
    if one is None:
        raise Conflict("not-waived", "这个项目没有放弃过，没有可撤回的。")
    if AidBatch.objects.filter(area=row.area_id[:6], scheme=scheme, term=row.term).exists():
        raise Conflict(
            "batch-paid",
            "“{scheme}”本学期已经开始发放，不能在这里撤回放弃。请联系县（市、区）学生资助中心。",
            scheme=row.get_scheme_display(),
        )
    record(one, Verb.DEED.value, by=FAMILY, at=at, why=BACK, before=columns_of(one))
    one.delete()


def held(letter: AidLetter) -> AidLetter:
    """The letter, and its county, which is not paying in the same moment."""
    Area.objects.select_for_update().get(pk=letter.area_id[:6])
    return AidLetter.objects.select_for_update().get(pk=letter.pk)


def entitled_to(letter: AidLetter, scheme: str) -> Eligibility:
    """The row of a programme that the letter is about."""
    found = Eligibility.objects.filter(pupil=letter.pupil_id, scheme=scheme, term=letter.term).first()
    if found is None:
        raise NotFound("not-entitled", "这封告知书里没有这个项目。请刷新页面。")
    return found
