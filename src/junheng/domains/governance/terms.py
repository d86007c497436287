"""Words of cases about training outside school."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseKind(TextChoices):
    """案由."""

    UNLICENSED = "unlicensed", _("无证培训")
    OVERTIME = "overtime", _("超时培训")
    FEES = "fees", _("违规收费")


class CaseState(TextChoices):
    """How far a case has come."""

    TIP = "tip", _("线索")
    INVESTIGATING = "investigating", _("调查中")
    DECIDED = "decided", _("已作决定")
    CLOSED = "closed", _("已结案")
    UNFOUNDED = "unfounded", _("查无实据")


STEPS: dict[tuple[str, str], str] = {
    (CaseState.TIP, CaseState.INVESTIGATING): "investigate",
    (CaseState.TIP, CaseState.UNFOUNDED): "dismiss",
    (CaseState.INVESTIGATING, CaseState.UNFOUNDED): "dismiss",
    (CaseState.INVESTIGATING, CaseState.DECIDED): "decide",
    (CaseState.DECIDED, CaseState.CLOSED): "close",
}
"""From which state a case may go to which, and what that step is called. Nothing leads out of the last states."""
ENDED = (CaseState.CLOSED, CaseState.UNFOUNDED)


class LegalStep(TextChoices):
    """办案步骤, in the order of the procedure."""

    FILE = "file", _("立案")
    INVESTIGATE = "investigate", _("调查取证")
    STOP = "stop", _("责令停止")
    NOTICE = "notice", _("告知拟作出的处理")
    PLEA = "plea", _("陈述申辩")
    HEARINGCALL = "hearingcall", _("通知听证")
    HEARING = "hearing", _("听证")
    COLLECTIVE = "collective", _("集体讨论")
    DECIDE = "decide", _("作出决定")
    SERVE = "serve", _("送达")
    ENFORCE = "enforce", _("执行罚款")
    REVISIT = "revisit", _("复查")
    CLOSE = "close", _("结案")
    DISMISS = "dismiss", _("查无实据终结")
    HANDOVER = "handover", _("移送其他部门")
    HANDEDBACK = "handedback", _("登记移送回告")


class Outcome(TextChoices):
    """What came of a step, where a step can end in several ways."""

    WAIVED = "waived", _("放弃陈述申辩和听证")
    PLEADED = "pleaded", _("已陈述申辩，不要求听证")
    WANTS_HEARING = "wants_hearing", _("要求听证")
    PENALTY = "penalty", _("给予行政处罚")
    NO_PENALTY = "no_penalty", _("责令改正，不予行政处罚")
    STOPPED = "stopped", _("已停止")
    RESUMED = "resumed", _("仍在办班")


OUTCOMES: dict[str, tuple[Outcome, ...]] = {
    LegalStep.PLEA: (Outcome.WAIVED, Outcome.PLEADED, Outcome.WANTS_HEARING),
    LegalStep.DECIDE: (Outcome.PENALTY, Outcome.NO_PENALTY),
    LegalStep.REVISIT: (Outcome.STOPPED, Outcome.RESUMED),
}
"""The ways in which a step can end; the others just happen."""


class What(TextChoices):
    """What has a last day in a case."""

    FILE = "file", _("核查线索、决定立案")
    DECIDE = "decide", _("作出决定")
    SERVE = "serve", _("送达决定")
    PAY = "pay", _("缴纳罚款")
    REFUND = "refund", _("退费完毕")
    REVISIT = "revisit", _("复查")
    CLOSE = "close", _("结案")
    ANSWER = "answer", _("移送回告")


class DeadlineState(TextChoices):
    """Whether a last day still stands."""

    OPEN = "open", _("未办")
    MET = "met", _("已办")
    DROPPED = "dropped", _("不再适用")


class ExhibitKind(TextChoices):
    """证据种类（行政处罚法第四十六条）."""

    PAPER = "paper", _("书证")
    OBJECT = "object", _("物证")
    PICTURE = "picture", _("视听资料")
    DATA = "data", _("电子数据")
    WITNESS = "witness", _("证人证言")
    PARTY = "party", _("当事人的陈述")
    EXPERT = "expert", _("鉴定意见")
    RECORD = "record", _("勘验笔录、现场笔录")


class RecusalKind(TextChoices):
    """Who asked that an officer keeps out of a case."""

    OWN = "own", _("本人申请")
    PARTY = "party", _("当事人申请")
    ORDERED = "ordered", _("负责人决定")


class Verdict(TextChoices):
    """What somebody found about two cases that look like one place."""

    SAME = "same", _("同一对象")
    DIFFERENT = "different", _("不是同一对象")
