"""Words of kindergartens."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class KindergartenNature(TextChoices):
    """办园性质."""

    PUBLIC = "public", _("公办")
    PRIVATE = "private", _("民办")


class Category(TextChoices):
    """类别: what decides which duties and supports a kindergarten has."""

    PUBLIC = "public", _("公办")
    INCLUSIVE = "inclusive", _("普惠性民办")
    OTHER = "other", _("非普惠性民办")


class RecognitionKind(TextChoices):
    """A first recognition adds to the stock; a renewal keeps it."""

    FIRST = "first", _("首次认定")
    RENEWAL = "renewal", _("复核延续")


class Decision(TextChoices):
    """What became of an application."""

    PENDING = "pending", _("待决定")
    RECOGNISED = "recognised", _("予以认定")
    REJECTED = "rejected", _("不予认定")


class PaperStep(TextChoices):
    """What two people enter together: a decision that no scheme of the house led to."""

    ENTER = "enter", _("补登书面认定决定")


class QuestionAbout(TextChoices):
    """Why a kindergarten is asked."""

    FEE = "fee", _("收费高于认定时的最高标准")
    CRITERIA = "criteria", _("不再符合认定条件")
    CHILDREN = "children", _("在园幼儿人数")
    OTHER = "other", _("其他")


class QuestionState(TextChoices):
    """How far a question to a kindergarten is."""

    OPEN = "open", _("待幼儿园答复")
    ANSWERED = "answered", _("已答复，待处理")
    MENDED = "mended", _("已整改")
    UNMENDED = "unmended", _("未整改，转撤销")


class EndedBy(TextChoices):
    """Why a recognition holds no longer. Only a renewal leaves the stock as it was."""

    RENEWED = "renewed", _("复核延续")
    WITHDRAWN = "withdrawn", _("撤销认定")
    CLOSED = "closed", _("停办")
    CONVERTED = "converted", _("转为公办")


class SupportKind(TextChoices):
    """What a kindergarten was given besides money."""

    SENT = "sent", _("派驻公办教师")
    TRAINING = "training", _("教师培训")
    GUIDANCE = "guidance", _("教研指导")
    EQUIPMENT = "equipment", _("教玩具和图书配备")
    OTHER = "other", _("其他扶持")


OF_PEOPLE = frozenset({SupportKind.SENT, SupportKind.TRAINING})
"""Kinds that are nothing without somebody: a training that nobody went to was given to nobody."""
