"""Words of field work."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RecordState(TextChoices):
    """Whether a record has one version that counts, or several of which one is to be chosen."""

    KEPT = "kept", _("已保存")
    BOTH = "both", _("两个版本，待选定")


class VersionState(TextChoices):
    """What a version of a record is now."""

    CURRENT = "current", _("采用")
    WAITING = "waiting", _("待选定")
    ASIDE = "aside", _("未采用，留存")


class PhotoState(TextChoices):
    """How much of a photo is here."""

    COMING = "coming", _("上传中")
    WHOLE = "whole", _("已收到")


class QuestionKind(TextChoices):
    """What somebody is asked about a record. A question is no verdict: it says what was seen, and waits for the answer."""

    CLOCK = "clock", _("手机时间")
    FAR = "far", _("位置较远")
    CLOSE = "close", _("间隔很短")
    MOCK = "mock", _("模拟定位")
    SAME = "same", _("同一张照片")
    NEAR = "near", _("照片相似")
    OLDER = "older", _("照片时间较早")
    ELSEWHERE = "elsewhere", _("照片位置较远")
    UNSEEN = "unseen", _("照片打不开")
