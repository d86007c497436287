"""Words of letters to parents."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from junheng.domains.schools.terms import Stage

REMINDED = timedelta(days=2)
"""How long before the answer day a class teacher is told who is missing."""
OPEN_AFTER = timedelta(days=30)
"""How long after the answer day a receipt is still taken and the missing ones are still named: then the letter is closed."""


class Topic(TextChoices):
    """What a letter is about."""

    DROWNING = "drowning", _("防溺水")
    TRAFFIC = "traffic", _("交通安全")
    FRAUD = "fraud", _("防诈骗")
    FIRE = "fire", _("消防安全")
    HEALTH = "health", _("卫生健康")
    OTHER = "other", _("其他")


class Audience(TextChoices):
    """To whose families a letter goes."""

    ALL = "all", _("全部学段")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    COMPULSORY = "compulsory", _("小学和初中")


STAGES: dict[str, tuple[str, ...]] = {
    Audience.ALL: tuple(Stage.values),
    Audience.PRIMARY: (Stage.PRIMARY,),
    Audience.JUNIOR: (Stage.JUNIOR,),
    Audience.SENIOR: (Stage.SENIOR,),
    Audience.COMPULSORY: (Stage.PRIMARY, Stage.JUNIOR),
}
"""The stages whose pupils are asked."""


class Way(TextChoices):
    """How a receipt came in."""

    PHONE = "phone", _("手机")
    PAPER = "paper", _("纸质")
