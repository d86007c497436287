"""The words of quality: kinds of findings, how grave, and how far their explanation has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What sort of problem a finding is; each has its place on the page."""

    RULE = "rule", _("待说明")
    OUTLIER = "outlier", _("异常值")
    DUPLICATE = "duplicate", _("疑似重复")
    MISMATCH = "mismatch", _("台账核对")


class Severity(TextChoices):
    """How much hangs on it."""

    HIGH = "high", _("重要")
    MEDIUM = "medium", _("一般")
    LOW = "low", _("提示")


class State(TextChoices):
    """How far a finding has come."""

    OPEN = "open", _("待说明")
    PROPOSED = "proposed", _("待审核")
    ACCEPTED = "accepted", _("已说明")
    REJECTED = "rejected", _("已退回")
    DISMISSED = "dismissed", _("已排除")


TONES = {
    State.OPEN: "bad",
    State.PROPOSED: "warn",
    State.ACCEPTED: "good",
    State.REJECTED: "bad",
    State.DISMISSED: "good",
}
