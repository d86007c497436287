"""Words of patrols: readings of the duty, what became of a missed week, who is told, and why somebody is away."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reading(TextChoices):
    """How the number of checks is read: a parameter that the bureau confirms."""

    PERSON = "person", _("按每人")
    WATER = "water", _("按每处水域")


class LeaveReason(TextChoices):
    """Why somebody is away, no closer than a colleague needs to know."""

    DUTY = "duty", _("公务外出")
    LEAVE = "leave", _("请假休假")
    TRAINING = "training", _("学习培训")
    OTHER = "other", _("其他")


class MissState(TextChoices):
    """What became of a week in which somebody did not check often enough."""

    REMINDED = "reminded", _("已提醒")
    MET = "met", _("提醒后已查够")
    MISSED = "missed", _("漏查待说明")
    EXPLAINED = "explained", _("已说明待认定")
    ACCEPTED = "accepted", _("说明已采纳")
    REJECTED = "rejected", _("说明未采纳")
    WITHDRAWN = "withdrawn", _("已撤销")


OPEN = (MissState.MISSED, MissState.EXPLAINED, MissState.REJECTED)
"""States in which a missed week is told to the next level when its day comes."""
JUDGED = (MissState.ACCEPTED, MissState.REJECTED)
"""States in which somebody has judged an explanation."""


class Withdrawal(TextChoices):
    """Why a missed week is none after all."""

    CHECKS = "checks", _("补录的检查已达到应查次数")
    DUTY = "duty", _("补录请假、移交或更正名录后不再应查")


class Rung(TextChoices):
    """逐级上报: who is told of a missed week, from below."""

    PERSON = "person", _("本人")
    COUNTY = "county", _("县（市、区）教育局")
    CITY = "city", _("市局科室")
    LEADER = "leader", _("市局领导")


RUNGS = tuple(Rung)
SECTION = "市局安全科"
LEADERS = "市局领导"
"""By what position the city's section and leaders are named where they are told."""
