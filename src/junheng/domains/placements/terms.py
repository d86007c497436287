"""Words of the draw and of places."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunKind(TextChoices):
    """Why a run was made."""

    FIRST = "first", _("首次录取")
    AGAIN = "again", _("申诉与候补后重算")


class RunState(TextChoices):
    """How far a run is."""

    COMPUTED = "computed", _("已计算待发布")
    RELEASED = "released", _("已发布")


class Step(TextChoices):
    """Steps that two persons take together: one asks, another agrees."""

    CLOSE = "close", _("封存名单")
    RELEASE = "release", _("发布结果")


class Why(TextChoices):
    """What became of one question to one group: as ``kernel.matching.Why`` numbers them."""

    ADMITTED = "0", _("录取")
    NOT_NEEDED = "1", _("已被更靠前的志愿录取")
    LOWER_TIER = "2", _("类别次序靠后")
    LOWER_SCORE = "3", _("成绩较低")
    LATER_NUMBER = "4", _("派位号靠后")
    TIES_DID_NOT_FIT = "5", _("末位并列不能全部容纳")
    NO_PLACES = "6", _("没有学位")
