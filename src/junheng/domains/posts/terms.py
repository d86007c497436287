"""Words of posts: which schools a place applies to, how far a task is, and what a school's year holds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

DAY = 24 * 60
"""Minutes of a day."""
MORNING, EVENING = 7 * 60, 18 * 60
"""When a school day begins and ends where nobody said otherwise, in minutes."""
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
EVERY_DAY = 0b1111111
SCHOOL_DAYS = 0b0011111


class Applies(TextChoices):
    """Which schools have such a place."""

    ALL = "all", _("所有学校")
    BOARDING = "boarding", _("寄宿制学校")


class TaskState(TextChoices):
    """How far the filling of a blank is."""

    OPEN = "open", _("待落实")
    DONE = "done", _("已落实")


class DutyKind(TextChoices):
    """What a school does again and again in a year for its safety."""

    DRILL = "drill", _("应急疏散演练")
    LESSON = "lesson", _("安全教育课")
    SELF_CHECK = "self_check", _("安全自查")
    FIRE_CHECK = "fire_check", _("防火检查")
    SURVEY = "survey", _("学生欺凌专项调查")
    REVIEW = "review", _("事件复盘")


def days_in_words(mask: int) -> str:
    """The days of a mask, Monday first.

    >>> days_in_words(0b11111), days_in_words(0b1111111), days_in_words(0b1000001)
    ('周一至周五', '每天', '周一、周日')
    """
    if mask == EVERY_DAY:
        return str(_("每天"))
    if mask == SCHOOL_DAYS:
        return str(_("周一至周五"))
    return "、".join(str(word) for place, word in enumerate(WEEKDAYS) if mask >> place & 1)


def clock(minute: int) -> str:
    """A minute of the day as a clock shows it.

    >>> clock(450), clock(1440)
    ('07:30', '24:00')
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"


def span(starts: int, ends: int) -> str:
    """Two minutes of the day as a clock shows them.

    >>> span(420, 1080)
    '07:00–18:00'
    """
    return f"{clock(starts)}–{clock(ends)}"
