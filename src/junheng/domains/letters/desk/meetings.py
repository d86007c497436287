"""The deeds about meetings, and on the page of a meeting: who came, who still owes what."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from junheng.domains.letters import actions
from junheng.domains.letters.forms import (
    AttendForm,
    CheckForm,
    MakeUpForm,
    MinutesForm,
    PromiseForm,
    ProofForm,
    ReachForm,
)
from junheng.domains.letters.models import Commitment, Invitee, WarningMeeting
from junheng.domains.letters.terms import Attendance, MeetingState, PromiseState
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers import Register, register_called
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.panels import Panel, panel

SHOWN = 60
"""Units and commitments that the page of a meeting lists."""


def calls(asker: Asker, meeting: WarningMeeting) -> bool:
    """Whether somebody is of the office that called a meeting."""
    return asker.reaches(meeting, register_called("warningmeetings"), "change")


class OfAMeeting(Deed[WarningMeeting]):
    """A deed about a meeting whose minutes are not fixed."""

    register = "warningmeetings"

    def is_open(self, row: WarningMeeting) -> bool:
        return row.state == MeetingState.CALLED


@deed
class Invite(OfAMeeting):
    """通知学校、机构或县（市、区）参会；已通知的不重复。"""

    slug = "invite"
    label = _("通知参会")
    form = ReachForm

    def do(self, row: WarningMeeting, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.invite(row, by=by, at=at, why=why, **asked)


@deed
class Minutes(OfAMeeting):
    """参会单位都登记了到会情况才能写纪要；纪要写定后会议内容不再改动。"""

    slug = "minutes"
    label = _("写纪要")
    form = MinutesForm

    def do(self, row: WarningMeeting, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.write_minutes(row, by=by, at=at, why=why, **asked)


class OfAnInvitee(Deed[Invitee]):
    """What the office that called a meeting writes down about one unit."""

    register = "invitees"

    def is_open(self, row: Invitee) -> bool:
        return row.meeting.state == MeetingState.CALLED

    def is_for(self, asker: Asker, row: Invitee) -> bool:
        return calls(asker, row.meeting)


@deed
class Attend(OfAnInvitee):
    """登记到会、委托或缺席；缺席和委托的写明理由。"""

    slug = "attend"
    label = _("登记到会")
    form = AttendForm

    def do(self, row: Invitee, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.attend(row, by=by, at=at, why=why, **asked)


@deed
class MakeUp(OfAnInvitee):
    """缺席的单位会后补谈话，写明日期和情况。"""

    slug = "makeup"
    label = _("登记补谈话")
    form = MakeUpForm

    def is_open(self, row: Invitee) -> bool:
        return row.state == Attendance.ABSENT and row.made_up_on is None

    def do(self, row: Invitee, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.make_up(row, by=by, at=at, why=why, **asked)


@deed
class MakePromise(OfAnInvitee):
    """到会单位当场承诺的事项、责任人和期限。"""

    slug = "promise"
    label = _("登记承诺")
    form = PromiseForm

    def is_open(self, row: Invitee) -> bool:
        return super().is_open(row) and row.state in {Attendance.CAME, Attendance.SENT_OTHER}

    def do(self, row: Invitee, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.promise(row, by=by, at=at, why=why, **asked)


@deed
class ReportPromise(Deed[Commitment]):
    """承诺兑现后写明日期和佐证，由召集单位核实。"""

    slug = "report"
    register = "commitments"
    label = _("报告兑现")
    form = ProofForm

    def is_open(self, row: Commitment) -> bool:
        return row.state == PromiseState.OPEN

    def do(self, row: Commitment, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.report_promise(row, by=by, at=at, why=why, **asked)


@deed
class CheckPromise(Deed[Commitment]):
    """由报告人以外的人核实；没有兑现的退回，重新计为未兑现。"""

    slug = "check"
    register = "commitments"
    label = _("核实兑现")
    form = CheckForm

    def is_open(self, row: Commitment) -> bool:
        return row.state == PromiseState.REPORTED

    def is_for(self, asker: Asker, row: Commitment) -> bool:
        return row.done_by != asker.user.get_username() and calls(asker, row.invitee.meeting)

    def do(self, row: Commitment, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.check_promise(row, by=by, at=at, why=why, **asked)


@panel("detail", order=5)
def who_came(request: HttpRequest, register: Register[Any], row: Any) -> Panel | None:
    """On the page of a meeting: how many came, who was absent, what was promised and what is still owed."""
    if register.model is not WarningMeeting:
        return None
    asker = asker_of(request)
    day = asker.day
    invited = list(Invitee.objects.filter(meeting=row).order_by("area", "pk"))
    promised = (
        Commitment.objects.filter(invitee__meeting=row).select_related("invitee").order_by("due_on", "pk")
    )
    counts = [(label, sum(one.state == state for one in invited)) for state, label in Attendance.choices]
    rows = list(promised[:SHOWN])
    return Panel(
        "letters/_meeting.html",
        {
            "meeting": row,
            "counts": counts,
            "missing": [one for one in invited if one.state in {Attendance.ABSENT, Attendance.INVITED}][
                :SHOWN
            ],
            "invited": invited[:SHOWN],
            "invited_count": len(invited),
            "promised": [(one, one.state == PromiseState.OPEN and one.due_on < day) for one in rows],
        },
    )
