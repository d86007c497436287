"""Words of activities."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    """What an activity was about, as the work of moral education names it."""

    READING = "reading", _("读书活动")
    KEY_DAY = "key_day", _("重要节点主题活动")
    DRUGS = "drugs", _("禁毒教育")
    FRAUD = "fraud", _("反诈教育")
    SAFETY = "safety", _("安全教育")
    MORAL = "moral", _("其他德育活动")
