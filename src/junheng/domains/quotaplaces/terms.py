"""Words of quota places."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    """How far a round is. Each step freezes what it rests on."""

    DRAFT = "draft", _("编制计划")
    TABLED = "tabled", _("名额表已算出")
    PUBLISHED = "published", _("名额表已公布")
    LISTED = "listed", _("资格名单公示中")
    CONFIRMED = "confirmed", _("资格名单已确定")
    COMPUTED = "computed", _("已录取待发布")
    RELEASED = "released", _("结果已发布")


UNSEEN = (RoundState.DRAFT, RoundState.TABLED)
"""Nobody outside sees a round before its table is published."""


class Equals(TextChoices):
    """What decides between equal scores; as in ``kernel.quotas``."""

    ADMIT = "admit", _("末位同分全部录取")
    SUBJECTS = "subjects", _("先比科目次序，仍相同的全部录取")


class Found(TextChoices):
    """What the roll says about a pupil, or what an objection changed it to."""

    ELIGIBLE = "eligible", _("符合资格")
    LATE = "late", _("规定日期后转入")
    BROKEN = "broken", _("学籍中断")
    ABSENT = "absent", _("不在学籍名册")


class Verdict(TextChoices):
    """Where an objection stands."""

    OPEN = "open", _("待核查")
    UPHELD = "upheld", _("属实，已更正")
    DISMISSED = "dismissed", _("不属实")


class Came(TextChoices):
    """By which stage somebody came in."""

    OPEN = "open", _("统一招生")
    QUOTA = "quota", _("分配名额")
    RELEASED = "released", _("剩余名额转统招")
    NONE = "none", _("未录取")
