"""Words of tips."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TipKind(TextChoices):
    """What a tip is about."""

    UNLICENSED = "unlicensed", _("无证培训")
    OVERTIME = "overtime", _("违规时间培训")
    FEES = "fees", _("违规收费")
    SAFETY = "safety", _("校园、水域安全")
    OTHER = "other", _("其他")


class TipChannel(TextChoices):
    """How a tip came in; it counts the same."""

    WEB = "web", _("网上")
    PHONE = "phone", _("电话")
    MAIL = "mail", _("信件、邮箱")
    COUNTER = "counter", _("来访")


class TipState(TextChoices):
    """Where a tip stands."""

    QUEUED = "queued", _("已收到，排队中")
    NEW = "new", _("待受理")
    ASKED = "asked", _("请补充")
    ACCEPTED = "accepted", _("已受理")
    ASSIGNED = "assigned", _("办理中")
    ANSWERED = "answered", _("已答复")
    DECLINED = "declined", _("不属受理范围")
    WITHDRAWN = "withdrawn", _("已撤回")


WAITING = (TipState.NEW, TipState.ASKED)
"""Nobody has said yet whether it is taken in."""
OPEN = (TipState.QUEUED, TipState.NEW, TipState.ASKED, TipState.ACCEPTED, TipState.ASSIGNED)
"""Something is still to be done."""
CLOSED = (TipState.ANSWERED, TipState.DECLINED)
"""It has its answer, and may be rated."""


class ReferralState(TextChoices):
    """How far the office is to which a tip was passed."""

    OPEN = "open", _("办理中")
    DONE = "done", _("已办结")


class Became(TextChoices):
    """What a tip that was passed on has become."""

    NONE = "none", _("尚未立项")
    VISIT = "visit", _("突击检查")
    CASE = "case", _("案件")
    FINDING = "finding", _("问题整改")


class Outcome(TextChoices):
    """What was found about it."""

    TRUE = "true", _("属实")
    PARTLY = "partly", _("部分属实")
    UNFOUNDED = "unfounded", _("未发现")
    RETURNED = "returned", _("退回另转")


REPORTED = (Outcome.TRUE, Outcome.PARTLY, Outcome.UNFOUNDED)
"""What an office reports; a task that was given back has no result."""


TOLD = {
    Outcome.TRUE: _("经核查，您反映的情况属实，已依法依规处理。感谢您的监督。"),
    Outcome.PARTLY: _("经核查，您反映的情况部分属实，属实的部分已依法依规处理。感谢您的监督。"),
    Outcome.UNFOUNDED: _("经核查，没有发现您反映的情况。如有新的线索，可以补充或再次举报。"),
}
"""What a citizen is told: the result, and nothing about anybody else."""
ELSEWHERE = (
    ("12345", _("其他部门职责：请拨打 12345 政务服务便民热线。")),
    ("110", _("涉嫌违法犯罪或有人身危险：请立即拨打 110。")),
    ("12315", _("商品、服务的消费纠纷：请拨打 12315。")),
    ("12348", _("合同、退费等民事纠纷：可拨打 12348 咨询法律援助。")),
)
"""Where to turn with what is not the bureau's: nationwide public numbers."""
