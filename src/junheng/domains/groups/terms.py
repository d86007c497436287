"""Words of school groups and pairs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GroupKind(TextChoices):
    """What a group is made of."""

    COMPULSORY = "compulsory", _("义务教育集团")
    KINDERGARTEN = "kindergarten", _("幼儿园集团")


class GroupRole(TextChoices):
    """A school's part in its group."""

    LEAD = "lead", _("牵头学校")
    MEMBER = "member", _("成员学校")


class HelpMode(TextChoices):
    """How strong schools help others."""

    MERGED = "merged", _("融合式")
    COMMISSIONED = "commissioned", _("托管式")
    ALLIED = "allied", _("联盟式")


class HelpReason(TextChoices):
    """Why one school leads another."""

    FAMOUS = "famous_new", _("以名带新")
    STRONG = "strong_weak", _("以强带弱")
    CITY = "city_village", _("以城带乡")


class HelpKind(TextChoices):
    """What one school did for another."""

    TEACHERS = "teachers", _("派教师")
    SHADOWING = "shadowing", _("跟岗学习")
    RESEARCH = "research", _("联合教研")
    LESSONS = "lessons", _("送课")
    MANAGEMENT = "management", _("管理指导")
    RESOURCES = "resources", _("资源共享")


class HelpState(TextChoices):
    """What the helped school says of it."""

    OPEN = "open", _("待受援学校确认")
    CONFIRMED = "confirmed", _("已确认")
    DISPUTED = "disputed", _("有异议")


class WeakCriterion(TextChoices):
    """For what a school is listed as weak. Each is a column of the list, and progress is told by it."""

    TEACHERS = "short_of_teachers", _("师资结构不足")
    PUPILS = "losing_pupils", _("生源流失")
    EQUIPMENT = "poor_equipment", _("设施设备薄弱")
    TEACHING = "poor_teaching", _("教学质量偏低")
    MANAGEMENT = "poor_management", _("管理基础薄弱")
