"""Commitments: made in a meeting by who came, reported as kept with proof, and checked by somebody else."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.letters.actions.meetings import held as meeting_held
from junheng.domains.letters.models import Commitment, Invitee
from junheng.domains.letters.terms import Attendance, PromiseState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def promise(
    invitee: Invitee, *, words: str, owner: str, due_on: date, by: Any, at: datetime, why: str
) -> Commitment:
    """A unit that came promises something by a day."""
    meeting = meeting_held(invitee.meeting, _("登记承诺"), by=by, at=at)
    if invitee.state not in {Attendance.CAME, Attendance.SENT_OTHER}:
        raise Conflict(
            "promise-of-absent", "{name}没有到会，不能登记承诺。请先登记到会情况。", name=invitee.name
        )
    if due_on <= meeting.on:
        raise Refusal("promise-due", "兑现期限 {due} 须晚于会议日期 {on}。", due=due_on, on=meeting.on)
    if not words.strip() or not owner.strip():
        raise Refusal("promise-without-owner", "承诺须写明事项和责任人。")
    made = Commitment(
        invitee=invitee,
        area_id=invitee.area_id,
        school_id=invitee.school_id,
        words=words.strip(),
        owner=owner.strip(),
        due_on=due_on,
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


@transaction.atomic
def report_promise(row: Commitment, *, on: date, proof: str, by: Any, at: datetime, why: str) -> Commitment:
    """Say that a commitment was kept, with what shows it; somebody else looks whether it was."""
    row = held(row, _("报告兑现"), PromiseState.OPEN, by=by, at=at)
    check_has_come(on, at=at)
    if not proof.strip():
        raise Refusal("promise-without-proof", "没有佐证不能报告兑现。请写文件、凭证或照片的编号。")
    row.state, row.done_on, row.proof, row.done_by = PromiseState.REPORTED, on, proof.strip(), name_of(by)
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


@transaction.atomic
def check_promise(row: Commitment, *, kept: bool, on: date, by: Any, at: datetime, why: str) -> Commitment:
    """Look whether a commitment was kept: it was, or it is open again and that is counted. Not by who reported it."""
    row = held(row, _("核实兑现"), PromiseState.REPORTED, by=by, at=at)
    check_has_come(on, at=at)
    check_may(_("核实兑现"), row.invitee.meeting, by=by, at=at)
    if row.done_by == name_of(by):
        raise NotAllowed("promise-checked-by-reporter", "报告兑现的人不能自己核实。请由另一人核实。")
    assert row.done_on is not None
    if on < row.done_on:
        raise Refusal("promise-checked-before", "核实日 {on} 早于兑现日 {done}。", on=on, done=row.done_on)
    if kept:
        row.state, row.checked_on, row.checked_by = PromiseState.KEPT, on, name_of(by)
    else:
        row.state, row.returned = PromiseState.OPEN, row.returned + 1
        row.done_on, row.proof, row.done_by = None, "", ""
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row


def held(row: Commitment, deed: str, state: PromiseState, *, by: Any, at: datetime) -> Commitment:
    """The commitment as it stands now, held; refused out of turn."""
    row = Commitment.objects.select_for_update(of=("self",)).select_related("invitee__meeting").get(pk=row.pk)
    check_may(deed, row, by=by, at=at)
    if row.state != state:
        raise Conflict(
            "promise-not-there",
            "这条承诺现为“{state}”，不能“{deed}”。请返回查看现状。",
            state=row.get_state_display(),
            deed=deed,
        )
    return row
