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
