"""Words of schemes, and how far an application may go from where it is."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Subject(TextChoices):
    """Who or what is recognised."""

    SCHOOL = "school", _("学校")
    KINDERGARTEN = "kindergarten", _("民办幼儿园")
    TEACHER = "teacher", _("班主任")
    PUPIL = "pupil", _("学生")
    CLASS = "class", _("班级")
    COLLECTIVE = "collective", _("宿舍、社团等集体")
    STAFF = "staff", _("教师和德育工作者")
    GROUP = "group", _("教育集团")
    COUNTY = "county", _("县（市、区）")


OF_A_SCHOOL = frozenset(
    {Subject.SCHOOL, Subject.TEACHER, Subject.PUPIL, Subject.CLASS, Subject.COLLECTIVE, Subject.STAFF}
)
"""Subjects that a school puts forward; it can choose among them, and show its choice, before the county looks."""
ENTITLED = frozenset({Subject.SCHOOL, Subject.GROUP, Subject.COUNTY})
"""Who stands in the public register of titles. Of classes and people the certificate tells."""


class Decider(TextChoices):
    """Who grants what a scheme is about: whoever made it, or the province, to which it recommends."""

    OWN = "own", _("由举办单位认定")
    PROVINCE = "province", _("推荐上报，由省级认定")


class Rank(TextChoices):
    """The level that granted something."""

    COUNTY = "county", _("县级")
    CITY = "city", _("市级")
    PROVINCE = "province", _("省级")


class Effect(TextChoices):
    """What a decision writes besides the certificate."""

    NONE = "none", _("只发证书")
    INCLUSIVE = "inclusive", _("登记为普惠性民办园")
    TITLE = "title", _("登记为荣誉称号")


class SchemeState(TextChoices):
    """A scheme is written, then open and frozen, then over."""

    DRAFT = "draft", _("编制中")
    OPEN = "open", _("已发布")
    ENDED = "ended", _("已结束")


class Weigh(TextChoices):
    """By what the places of a category are shared out between the counties."""

    NONE = "none", _("不分配到县（市、区）")
    SCHOOLS = "schools", _("按学校数")
    PUPILS = "pupils", _("按在校学生数")


class Asked(TextChoices):
    """How a criterion is found out."""

    CHECK = "check", _("由台账核对")
    STATE = "state", _("申报单位填写")
    VISIT = "visit", _("现场核查")
    SCORE = "score", _("评委评分")


class Stage(TextChoices):
    """Where an application stands."""

    DRAFT = "draft", _("填写中")
    SCHOOL = "school", _("待校内评审")
    CHOSEN = "chosen", _("校内评审通过，待校内公示")
    POSTED = "posted", _("校内公示中")
    COUNTY = "county", _("待县级审核")
    CITY = "city", _("待市级审核")
    RETURNED = "returned", _("退回补正")
    PASSED = "passed", _("审核通过，待公示")
    SHOWN = "shown", _("公示中")
    RECOMMENDED = "recommended", _("已推荐，待省级认定")
    RECOGNISED = "recognised", _("予以认定")
    REJECTED = "rejected", _("不予认定")
    WITHDRAWN = "withdrawn", _("申报单位撤回")


class ReviewLevel(TextChoices):
    """At which step a review was given."""

    SCHOOL = "school", _("校内评审")
    VISIT = "visit", _("现场核查")
    COUNTY = "county", _("县级审核")
    SCORE = "score", _("评委评分")
    CITY = "city", _("市级审核")


class Verdict(TextChoices):
    """What a reviewer found. Whoever recuses has no part in the matter from then on."""

    PASS = "pass", _("通过")
    RETURN = "return", _("退回补正")
    REJECT = "reject", _("不予通过")
    RECUSE = "recuse", _("回避")


class Answer(TextChoices):
    """Where an objection stands."""

    OPEN = "open", _("待核查")
    UPHELD = "upheld", _("属实，不予认定")
    DISMISSED = "dismissed", _("不属实")


WRITABLE = frozenset({Stage.DRAFT, Stage.RETURNED})
"""The applicant may write."""
AT_SCHOOL = frozenset({Stage.SCHOOL, Stage.CHOSEN, Stage.POSTED})
"""The school chooses and shows its choice."""
UNDER_REVIEW = frozenset({Stage.COUNTY, Stage.CITY})
"""Somebody reviews."""
BEYOND_CITY = frozenset({Stage.PASSED, Stage.SHOWN, Stage.RECOMMENDED, Stage.RECOGNISED})
BEYOND_COUNTY = BEYOND_CITY | {Stage.CITY}
BEYOND_SCHOOL = BEYOND_COUNTY | {Stage.CHOSEN, Stage.POSTED, Stage.COUNTY}
"""Who takes up a place of the whole category, of a county, of a school."""
OVER = frozenset({Stage.RECOGNISED, Stage.REJECTED, Stage.WITHDRAWN})
"""Nothing moves any more."""

AFTER: Mapping[tuple[Stage, Verdict], Stage] = {
    (Stage.COUNTY, Verdict.PASS): Stage.CITY,
    (Stage.COUNTY, Verdict.RETURN): Stage.RETURNED,
    (Stage.COUNTY, Verdict.REJECT): Stage.REJECTED,
    (Stage.CITY, Verdict.PASS): Stage.PASSED,
    (Stage.CITY, Verdict.RETURN): Stage.RETURNED,
    (Stage.CITY, Verdict.REJECT): Stage.REJECTED,
}
"""Where a review leads. A recusal leads nowhere: somebody else reviews."""

MAY_READ: Mapping[str, Any] = {
    "schools": _("中小学名录"),
    "kindergartens": _("幼儿园名录"),
    "natures": _("办园性质"),
    "recognitions": _("普惠性民办园认定"),
    "censuses": _("幼儿园年度统计"),
    "pupils": _("学籍"),
    "findings": _("问题隐患"),
    "titles": _("荣誉称号"),
    "grants-of-roles": _("任职记录"),
    "classes": _("班级"),
    "groups": _("教育集团"),
    "members": _("集团成员"),
    "certificates": _("认定证书"),
    "classvotes": _("班级投票"),
    "activities": _("学校活动"),
    "acceptances": _("安全标准化验收"),
}
"""The registers that a criterion may draw on, and no other. What tells of illness, misconduct, bullying or poverty is
not among them, and the rooms that hold it cannot be imported here."""
