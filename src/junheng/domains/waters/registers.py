"""Which fields of waters show where; who has charge is handed over by an action, so that no gap opens."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.safety import Assignments, Waters
from junheng.domains.waters.models import Assignment, Water
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    SEARCH,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

RATED = Policy(Owner.COUNTY, Level.CITY, why=_("风险等级决定暗访次数：乡镇、县（市、区）提出，市局核定。"))


@register
class WaterRegister(Register[Water]):
    """风险水域。一行是一处可能发生溺水的水域，从列入到移出。"""

    slug = "waters"
    chapter = "safety"
    model = Water
    area = "area"
    since = "since"
    until = "until"
    fulfils = Waters
    found_anywhere = True
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("水域代码",)),
        F("name", LIST | SEARCH, headings=("水域名称",)),
        F("area", LIST | FILTER, headings=("区划", "乡镇（街道）")),
        F("kind", LIST | FILTER, headings=("水域类型",)),
        F("risk", LIST | FILTER, headings=("风险",), by=RATED),
        F("owner", headings=("产权单位", "管护单位")),
        F("longitude", headings=("经度",)),
        F("latitude", headings=("纬度",)),
        F("since", LIST, headings=("列入日期",)),
        F("until", headings=("移出日期",), by=RATED),
    )


@register
class AssignmentRegister(Register[Assignment]):
    """水域责任分工。一行是一名责任人负责一处水域的一段时间；交接由「移交责任」办理，不留空档。"""

    slug = "assignments"
    chapter = "safety"
    model = Assignment
    area = "area"
    since = "since"
    until = "until"
    fulfils = Assignments
    policy = COUNTY_KEEPS
    fields = (
        F("water", LIST | SEARCH, headings=("水域编号", "水域名称")),
        F("person", LIST | SEARCH, headings=("人员编号", "责任人姓名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("level", LIST | FILTER, headings=("层级",)),
        F("since", LIST, headings=("起始日期",)),
        F("until", LIST | FIXED, headings=("终止日期",)),
    )
