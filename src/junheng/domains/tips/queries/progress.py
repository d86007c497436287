"""What a citizen is told of a tip: its step as a plain sentence that says nothing of anybody else."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from junheng.domains.governance.models import Case
from junheng.domains.governance.queries import cases_from
from junheng.domains.governance.terms import CaseState
from junheng.domains.tips.models import Referral, Tip
from junheng.domains.tips.terms import OPEN, WAITING, Became, ReferralState, TipState

REFERRALS = "referrals"
STEPS = (TipState.NEW, TipState.ACCEPTED, TipState.ASSIGNED, TipState.ANSWERED)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a tip stands: how many of the steps are done, what is told, and the day that counts next."""

    done: int
    sentence: str
    due: date | None
    late: bool


def progress_of(tip: Tip, *, on: date) -> Progress:
    """What its follower is told on a day."""
    waits = tip.state in (*WAITING, TipState.QUEUED) and tip.acked_on is None
    due = tip.ack_due if waits else tip.answer_due if tip.state in OPEN else None
    return Progress(done_of(tip), sentence_of(tip), due, due is not None and due < on)


def done_of(tip: Tip) -> int:
    """How many of the four steps are behind it."""
    if tip.state in (TipState.ANSWERED, TipState.DECLINED):
        return 4
    return {TipState.ASSIGNED: 3, TipState.ACCEPTED: 2}.get(TipState(tip.state), 1)


def sentence_of(tip: Tip) -> str:
    """The step in words."""
    if tip.state == TipState.ASSIGNED and tip.referral is not None:
        return sentence_about(tip.referral)
    return {
        TipState.QUEUED: _("已经收到并存好。现在提交的人很多，正在排队，期限照常计算。"),
        TipState.NEW: _("已经收到，正等待受理。"),
        TipState.ASKED: _("请补充下面问到的内容，补充后继续受理。"),
        TipState.ACCEPTED: _("已经受理，正在安排办理。"),
        TipState.ASSIGNED: _("正在核查，结果出来后在这里答复。"),
        TipState.ANSWERED: _("已经答复。"),
        TipState.DECLINED: _("不属于教育部门受理范围，答复里写明了可以找谁。"),
        TipState.WITHDRAWN: _("您已撤回。"),
    }[TipState(tip.state)]


def sentence_about(referral: Referral) -> str:
    """How far the office is. That a check is planned is told to nobody: it would no longer be unannounced."""
    if referral.state == ReferralState.DONE:
        return _("已经查完，正在准备答复。")
    if referral.became == Became.FINDING:
        return _("已经核实，正在督促整改，改好后在这里答复。")
    if referral.became == Became.CASE:
        case = cases_from(REFERRALS, [referral.pk]).get(referral.pk) or named_case(referral)
        told = {
            CaseState.INVESTIGATING: _("已经立案，正在调查。"),
            CaseState.DECIDED: _("已经作出处理决定，正在执行。"),
            CaseState.CLOSED: _("已经处理完毕，正在准备答复。"),
            CaseState.UNFOUNDED: _("已经查完，正在准备答复。"),
        }
        lead = _("已经作为案件线索，正在核查。")
        return lead if case is None else told.get(CaseState(case.state), lead)
    return _("正在核查，结果出来后在这里答复。")


def named_case(referral: Referral) -> Case | None:
    """The case that a task was joined to by number, where it was not opened from it."""
    return None if referral.became_row is None else Case.objects.filter(pk=referral.became_row).first()
