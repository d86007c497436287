"""Words of titles."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TitleName(TextChoices):
    """The titles a school, a group or a county can hold: those that figures count, and any other by its words."""

    DEMONSTRATION_SCHOOL = "demonstration_school", _("标准化管理示范校")
    FEATURE_SCHOOL = "feature_school", _("标准化管理特色校")
    QUALITY_GROUP = "quality_group", _("优质教育集团")
    GROUP_REFORM_PILOT = "group_reform_pilot", _("集团化办学改革先行区")
    SAFE_CAMPUS = "safe_campus", _("平安校园")
    CIVILISED_CAMPUS = "civilised_campus", _("文明校园")
    OTHER = "other", _("其他称号")


class TitleLevel(TextChoices):
    """Who awards a title."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")


LOWER: Mapping[str, tuple[str, ...]] = {
    TitleLevel.PROVINCE: (TitleLevel.CITY, TitleLevel.COUNTY),
    TitleLevel.CITY: (TitleLevel.COUNTY,),
    TitleLevel.COUNTY: (),
}
"""The levels below each."""
