"""Words of safety inspection."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InspectionLevel(TextChoices):
    """三级: who looked."""

    SELF = "self", _("学校自查")
    COUNTY = "county", _("县区排查")
    CITY = "city", _("市级抽查")


class CheckLevel(TextChoices):
    """Who fills in a sheet. The books know three levels; what another county finds stands there as the county's."""

    SELF = "self", _("学校自查")
    COUNTY = "county", _("县区排查")
    CROSS = "cross", _("县域交叉检查")
    CITY = "city", _("市级抽查")


ORDER = tuple(CheckLevel.values)
"""The levels from the nearest to the farthest: who is first named saw it first, where two saw it on one day."""


class RoundState(TextChoices):
    """How far a round is. What it rests on is frozen when it is opened."""

    DRAFT = "draft", _("筹备")
    OPEN = "open", _("检查中")
    CLOSED = "closed", _("已结束")


class SheetState(TextChoices):
    """A sheet is due, begun, and sent once."""

    DUE = "due", _("未开始")
    DRAFT = "draft", _("填写中")
    SENT = "sent", _("已提交")


class Result(TextChoices):
    """What is said of one item."""

    PASS = "pass", _("符合")
    FAIL = "fail", _("不符合")
    NA = "na", _("不适用")


class SafetyLevel(TextChoices):
    """How far a school is built to the standard."""

    FIRST = "first", _("一级")
    SECOND = "second", _("二级")
    THIRD = "third", _("三级")


BEST_FIRST = tuple(SafetyLevel.values)
"""The levels from the best."""


class AcceptanceState(TextChoices):
    """How far the way to a level is. The house suspends and ends by night; people do all else."""

    ASKED = "asked", _("待县级验收")
    CHECKED = "checked", _("待市级认定")
    GRANTED = "granted", _("已认定")
    SUSPENDED = "suspended", _("已暂停")
    RETURNED = "returned", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤销")
    ENDED = "ended", _("已到期")
