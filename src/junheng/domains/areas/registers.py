"""Which fields of places show where."""

from junheng.content.datasets.places import Areas
from junheng.domains.areas.models import Area
from junheng.platform.registers import FILTER, KEY, LIST, PUBLIC, SEARCH, F, Register, register


@register
class AreaRegister(Register[Area]):
    """行政区划。一行是一个单位：市、县（市、区）或乡镇（街道）；代码以上级代码开头。"""

    slug = "areas"
    chapter = "base"
    model = Area
    area = "code"
    fulfils = Areas
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("行政区划代码", "代码")),
        F("name", LIST | SEARCH | PUBLIC, headings=("区划名称", "单位名称")),
        F("kind", LIST | FILTER | PUBLIC, headings=("级别",)),
        F("city_centre", LIST | FILTER | PUBLIC, headings=("是否中心城区",)),
        F("stat_only", FILTER, headings=("是否仅统计使用",)),
    )
