"""Words of after-class service: why a pupil has no place yet, who gives a course, and days of the week."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from junheng.kernel.values.school_term import SchoolTerm

WEEK = "一二三四五六日"
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
SCHOOL_DAYS = "一二三四五"
FEE = "课后服务费"
"""What the fee is called in the list of fees."""
MOST_CHOICES = 3


class Gap(TextChoices):
    """Why a pupil whose family needs the service has no place yet."""

    FULL = "full", _("课程已满")
    STAFF = "staff", _("没有老师")
    ROOM = "room", _("没有场地")
    HOURS = "hours", _("时间不合适")
    RIDE = "ride", _("放学后没有交通")
    OTHER = "other", _("其他")


class Origin(TextChoices):
    """Who gives a course."""

    OWN = "own", _("本校教师")
    OUTSIDE = "outside", _("校外机构")


def days_in_words(days: str) -> str:
    """Days of the week as people say them.

    >>> days_in_words("一二三四五"), days_in_words("三"), days_in_words("一三五")
    ('周一至周五', '周三', '周一、周三、周五')
    """
    if days == SCHOOL_DAYS:
        return str(_("周一至周五"))
    return "、".join(str(word) for one, word in zip(WEEK, WEEKDAYS, strict=True) if one in days)


def in_order(days: str) -> str:
    """The days of the week in their order, each once; empty where something else stands there.

    >>> in_order("五三五"), in_order("周一"), in_order("")
    ('三五', '', '')
    """
    return "" if set(days) - set(WEEK) else "".join(one for one in WEEK if one in days)


def following(term: SchoolTerm) -> SchoolTerm:
    """The term after this one.

    >>> str(following(SchoolTerm(2023, "A"))), str(following(SchoolTerm(2023, "S")))
    ('2024S', '2023A')
    """
    return SchoolTerm(term.year + 1, "S") if term.season == "A" else SchoolTerm(term.year, "A")


def terms_at(day: date) -> list[SchoolTerm]:
    """The terms about which something can still be done on a day: the one that runs and the next."""
    now = SchoolTerm.containing(day)
    return [now, following(now)]
