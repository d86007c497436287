"""Words of sealed cases. There is a word for everything that is written down, so that nobody tells a story."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CareLevel(TextChoices):
    """How much is done for one person; from the least to the most."""

    WATCH = "watch", _("日常关注")
    SUPPORT = "support", _("重点帮扶")
    JOINT = "joint", _("多方联合帮扶")


class Taker(TextChoices):
    """Who takes a measure, by what he is: no name stands in a plan but that of who is responsible for it."""

    CLASS_TEACHER = "class_teacher", _("班主任")
    MORAL_HEAD = "moral_head", _("德育副校长")
    PSYCHOLOGIST = "psychologist", _("心理教师")
    LEGAL_DEPUTY = "legal_deputy", _("法治副校长")
    SOCIAL_WORKER = "social_worker", _("社会工作者")
    GUARDIAN = "guardian", _("监护人")
    POLICE = "police", _("公安机关")


class Rhythm(TextChoices):
    """How often."""

    ONCE = "once", _("一次")
    WEEKLY = "weekly", _("每周")
    FORTNIGHTLY = "fortnightly", _("每两周")
    MONTHLY = "monthly", _("每月")


class Outcome(TextChoices):
    """What came of a measure."""

    BETTER = "better", _("完成，有改善")
    SAME = "same", _("完成，未见改善")
    STOPPED = "stopped", _("中止")


class Step(TextChoices):
    """What a review decides."""

    KEEP = "keep", _("维持")
    UP = "up", _("升级")
    DOWN = "down", _("降级")


class StepReason(TextChoices):
    """Why a plan goes a step up or down."""

    BETTER = "better", _("情况好转")
    NO_EFFECT = "no_effect", _("措施未见成效")
    NEW_FACTS = "new_facts", _("出现新的情况")
    ADVICE = "advice", _("专业人员建议")


class Result(TextChoices):
    """With what a case is closed."""

    REACHED = "reached", _("达到目标")
    LEFT = "left", _("毕业或离开本市")
    HANDED_OVER = "handed_over", _("移交有权机关")
    UNFOUNDED = "unfounded", _("经核查不需要建档")
