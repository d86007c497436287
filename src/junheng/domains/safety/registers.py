"""Which fields of rounds and inspections show where."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.safety import Inspections, Rounds
from junheng.domains.safety.models import Inspection, Round
from junheng.platform.registers import (
    CITY_KEEPS,
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

INSPECTED = Policy(
    Owner.COUNTY, Level.COUNTY, why=_("问题由检查方认定，被检查的学校不能自行改少；有异议可以提出。")
)


@register
class RoundRegister(Register[Round]):
    """督导检查轮次。一行是市里发起的一轮督导检查。"""

    slug = "rounds"
    chapter = "safety"
    model = Round
    area = "area"
    fulfils = Rounds
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("轮次",)),
        F("title", LIST | SEARCH, headings=("轮次名称",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("opened_on", LIST, headings=("启动日期",)),
        F("closed_on", LIST, headings=("结束日期",)),
    )


@register
class InspectionRegister(Register[Inspection]):
    """督导检查记录。一行是一轮中对一所学校的一次检查：学校自查、县区排查或市级抽查；抽签值随抽查留存。"""

    slug = "inspections"
    chapter = "safety"
    model = Inspection
    area = "area"
    school = "school"
    fulfils = Inspections
    policy = COUNTY_KEEPS
    fields = (
        F("round", LIST | FILTER, headings=("轮次编号",)),
        F("school", LIST | SEARCH, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("level", LIST | FILTER, headings=("检查层级",)),
        F("by_area", headings=("检查方",)),
        F("draw", FIXED, headings=("抽签号",)),
        F("done_on", LIST, headings=("检查日期",), by=INSPECTED),
        F("findings", LIST, headings=("问题数",), by=INSPECTED),
        F("remedied", LIST, headings=("整改数",)),
    )
