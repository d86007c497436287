"""Deeds about committee members: appoint, renew for another school year, end."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.content.rulebook import DUTIES
from junheng.domains.areas.policies import check_may
from junheng.domains.care.models import CommitteeMember
from junheng.domains.care.queries import has_left
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.values.school_term import school_year_began
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, check_has_come, held_from

DAY = timedelta(days=1)
NIGHT = "夜间任务"
WHY = "学生已离开班级，聘任终止"


@transaction.atomic
def appoint_member(
    pupil: Pupil,
    *,
    since: date,
    consent: bool,
    own_yes: bool,
    trained_on: date | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> CommitteeMember:
    """Appoint a pupil in the pupil's own class. The class has no more members than the rule of that day allows."""
    check_agreed(consent=consent, own_yes=own_yes)
    check_can_serve(pupil, since=since)
    # the class is locked, so that two teachers who appoint at one moment are counted one after the other
    school_class = SchoolClass.objects.select_for_update().get(pk=pupil.school_class_id)
    most = DUTIES.committee_members.on(since)
    serving = CommitteeMember.objects.filter(held_from(since), school_class=school_class).count()
    if serving >= most.value:
        raise Refusal(
            "committee-full",
            "{school_class}已有 {serving} 名心理委员，每班至多 {most} 名。请先解聘一名再聘任。",
            school_class=school_class,
            serving=serving,
            most=most.value,
        )
    member = CommitteeMember(
        pupil=pupil,
        school_class=school_class,
        school_id=pupil.school_id,
        area_id=pupil.area_id,
        trained_on=trained_on,
        consent=consent,
        own_yes=own_yes,
        since=since,
    )
    save_row(member, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("聘任心理委员"), member, by=by, at=at)
    return member


def check_agreed(*, consent: bool, own_yes: bool) -> None:
    """Refuse where the guardian or the pupil has not said yes: both are asked, and neither stands for the other."""
    if not consent:
        raise Refusal(
            "committee-without-consent",
            "须先取得监护人同意才能聘任心理委员。请与监护人沟通并留存同意书后再办理。",
        )
    if not own_yes:
        raise Refusal(
            "committee-without-own-yes",
            "学生本人不愿意的，不能聘任为心理委员。请另请一名自愿的同学。",
        )


def check_can_serve(pupil: Pupil, *, since: date) -> None:
    """Refuse a pupil who is not on the roll that day, or who serves already."""
    if pupil.since > since or (pupil.until is not None and pupil.until <= since):
        raise Refusal(
            "committee-not-on-roll",
            "这名学生在 {since} 不在本班在籍，不能聘任。请选择当日在籍的学生，或更正聘任日。",
            since=since,
        )
    if CommitteeMember.objects.filter(held_from(since), pupil=pupil).exists():
        raise Refusal("committee-already", "这名学生已是心理委员，不必再次聘任。")


@transaction.atomic
def renew_member(
    member: CommitteeMember, *, on: date, consent: bool, own_yes: bool, by: Any, at: datetime, why: str
) -> CommitteeMember:
    """Go on for the school year of the day: guardian and pupil are asked anew, and the pupil is still in the class."""
    member = CommitteeMember.objects.select_for_update().get(pk=member.pk)
    check_may(_("续聘心理委员"), member, by=by, at=at)
    check_has_come(on, at=at)
    check_agreed(consent=consent, own_yes=own_yes)
    if member.until is not None:
        raise Conflict("committee-ended", "这名心理委员已于 {until} 解聘，没有再次办理。", until=member.until)
    if CommitteeMember.objects.filter(has_left(on), pk=member.pk).exists():
        raise Refusal(
            "committee-left",
            "这名学生在 {on} 已不在原班级，不能续聘。请解聘，并在现在的班级另行聘任。",
            on=on,
        )
    last = max(member.since, member.renewed_on or member.since)
    if last >= school_year_began(on):
        raise Refusal(
            "committee-renewed-already",
            "这名心理委员本学年已于 {last} 聘任或续聘，不必再次办理。",
            last=last,
        )
    member.renewed_on, member.consent, member.own_yes = on, consent, own_yes
    save_row(member, by=by, at=at, why=why, verb=Verb.DEED.value)
    return member


@transaction.atomic
def end_left(*, on: date, at: datetime) -> int:
    """End the appointments of pupils who left the class, from the day of leaving; of who changed the class, today."""
    rows = CommitteeMember.objects.select_for_update(of=("self",)).select_related("pupil")
    found = list(rows.filter(has_left(on), until=None).order_by("pk"))
    for member in found:
        gone = member.pupil.until if member.pupil.until and member.pupil.until <= on else on
        member.until = max(gone, member.since + DAY)
        save_row(member, by=NIGHT, at=at, why=WHY, verb=Verb.DEED.value)
    return len(found)


@transaction.atomic
def end_membership(
    member: CommitteeMember, *, until: date, by: Any, at: datetime, why: str
) -> CommitteeMember:
    """End an appointment: ``until`` is the first day on which the pupil no longer serves. An end is not moved."""
    member = CommitteeMember.objects.select_for_update().get(pk=member.pk)
    check_may(_("解聘心理委员"), member, by=by, at=at)
    if member.until is not None:
        raise Conflict("committee-ended", "这名心理委员已于 {until} 解聘，没有再次办理。", until=member.until)
    check_ends_after(member.since, until)
    member.until = until
    save_row(member, by=by, at=at, why=why, verb=Verb.DEED.value)
    return member
