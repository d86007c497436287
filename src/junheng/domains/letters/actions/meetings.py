"""A meeting: who is invited, who came, who was absent and why, the talk made up for, and the minutes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.letters.models import Commitment, Invitee, WarningMeeting
from junheng.domains.letters.queries.reaching import Unit
from junheng.domains.letters.terms import Attendance, MeetingState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import append_many
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def invite(meeting: WarningMeeting, *, to: Sequence[Unit], by: Any, at: datetime, why: str) -> WarningMeeting:
    """Invite units; who is invited already is not invited twice."""
    meeting = held(meeting, _("通知参会"), by=by, at=at)
    there = set(Invitee.objects.filter(meeting=meeting).values_list("school", "institution", "area"))
    rows = [
        Invitee(
            meeting=meeting,
            area_id=one.area,
            school_id=one.school,
            institution_id=one.institution,
            name=one.name[:80],
        )
        for one in to
        if (one.school, one.institution, one.area) not in there
    ]
    if not rows:
        raise Refusal("nobody-new-invited", "没有新的参会单位。请选择单位；已通知的不重复通知。")
    insert_rows(Invitee, rows)
    append_many(list(drafts_of(((one, None) for one in rows), by=by, at=at, why=why, verb=Verb.DEED.value)))
    return meeting


@transaction.atomic
def attend(
    invitee: Invitee, *, state: str, signed: str, reason: str, by: Any, at: datetime, why: str
) -> Invitee:
    """Write down whether a unit came; the office that called the meeting does, on its day or afterwards."""
    meeting = held(invitee.meeting, _("登记到会"), by=by, at=at)
    check_has_come(meeting.on, at=at)
    invitee = Invitee.objects.select_for_update(of=("self",)).get(pk=invitee.pk)
    state, signed, reason = Attendance(state), signed.strip(), reason.strip()
    if state == Attendance.INVITED:
        raise Refusal("attendance-none", "请登记到会、委托他人到会或缺席。")
    if state != Attendance.ABSENT and not signed:
        raise Refusal("attendance-unsigned", "到会的须写签到人。")
    if state != Attendance.CAME and not reason:
        raise Refusal("absent-without-reason", "缺席或委托他人到会的须写明理由。")
    invitee.state = state
    invitee.signed_by = "" if state == Attendance.ABSENT else signed
    invitee.reason = "" if state == Attendance.CAME else reason
    save_row(invitee, by=by, at=at, why=why, verb=Verb.DEED.value)
    return invitee


@transaction.atomic
def make_up(invitee: Invitee, *, on: date, words: str, by: Any, at: datetime, why: str) -> Invitee:
    """Talk to a unit that was absent; also after the minutes, which do not change by it."""
    invitee = Invitee.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=invitee.pk)
    check_may(_("登记补谈话"), invitee.meeting, by=by, at=at)
    check_has_come(on, at=at)
    if invitee.state != Attendance.ABSENT:
        raise Conflict("not-absent", "{name}没有缺席，不用补谈话。", name=invitee.name)
    if on < invitee.meeting.on:
        raise Refusal("made-up-before", "补谈话日 {on} 早于会议日期 {day}。", on=on, day=invitee.meeting.on)
    if not words.strip():
        raise Refusal("made-up-without-words", "请写明补谈话的情况。")
    invitee.made_up_on, invitee.made_up = on, words.strip()
    save_row(invitee, by=by, at=at, why=why, verb=Verb.DEED.value)
    return invitee


@transaction.atomic
def write_minutes(
    meeting: WarningMeeting, *, minutes: str, by: Any, at: datetime, why: str
) -> WarningMeeting:
    """Fix the minutes once every unit is accounted for; attendance and commitments are in their digest."""
    meeting = held(meeting, _("写纪要"), by=by, at=at)
    invited = Invitee.objects.filter(meeting=meeting).order_by("pk")
    open_ones = invited.filter(state=Attendance.INVITED).count()
    if open_ones or not invited.exists():
        raise Conflict(
            "attendance-open",
            "还有 {count} 个单位没有登记到会情况，不能写纪要。请先逐一登记；没有参会单位的先通知参会。",
            count=open_ones,
        )
    if not minutes.strip():
        raise Refusal("minutes-empty", "请写纪要。")
    promised = Commitment.objects.filter(invitee__meeting=meeting).order_by("pk")
    meeting.minutes, meeting.state = minutes.strip(), MeetingState.MINUTED
    meeting.digest = digest_of_rows(
        [
            [meeting.title, meeting.on.isoformat(), meeting.minutes],
            *(list(one) for one in invited.values_list("name", "state", "signed_by", "reason")),
            *(
                [words, owner, due.isoformat()]
                for words, owner, due in promised.values_list("words", "owner", "due_on")
            ),
        ]
    )
    save_row(meeting, by=by, at=at, why=why, verb=Verb.DEED.value)
    return meeting


def held(meeting: WarningMeeting, deed: str, *, by: Any, at: datetime) -> WarningMeeting:
    """The meeting as it stands now, held; refused once its minutes are fixed."""
    meeting = WarningMeeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    check_may(deed, meeting, by=by, at=at)
    if meeting.state != MeetingState.CALLED:
        raise Conflict(
            "meeting-minuted",
            "{meeting}已有纪要，会议内容不再改动。没有改动任何内容。",
            meeting=meeting.title,
        )
    return meeting
