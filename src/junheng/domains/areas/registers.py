"""Which fields of places show where."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.places import Areas
from junheng.domains.areas.models import Area
from junheng.platform.registers import (
    CITY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    PUBLIC,
    SEARCH,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

CODED = Policy(
    Owner.OUTSIDE, Level.CITY, why=_("区划代码和名称由民政部门发布；一改全市统计口径都变，须市局核定。")
)


@register
class AreaRegister(Register[Area]):
    """行政区划。一行是一个单位：市、县（市、区）或乡镇（街道）；代码以上级代码开头。"""

    slug = "areas"
    chapter = "base"
    model = Area
    area = "code"
    until = "until"
    fulfils = Areas
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("行政区划代码", "代码"), by=CODED),
        F("name", LIST | SEARCH | PUBLIC, headings=("区划名称", "单位名称"), by=CODED),
        F("kind", LIST | FILTER | PUBLIC, headings=("级别",), by=CODED),
        F("city_centre", LIST | FILTER | PUBLIC, headings=("是否中心城区",)),
        F("stat_only", FILTER, headings=("是否仅统计使用",)),
        F("until", FIXED | PUBLIC, headings=("撤销日期",)),
    )
