"""Which fields of checks show where."""

from junheng.content.datasets.safety import Checks
from junheng.domains.patrols.models import Check
from junheng.platform.registers import COUNTY_KEEPS, FILTER, LIST, SEARCH, F, Register, register


@register
class CheckRegister(Register[Check]):
    """水域暗访检查。一行是一名责任人对一处水域的一次暗访检查；更正须写事由并留痕。"""

    slug = "checks"
    chapter = "safety"
    model = Check
    area = "area"
    fulfils = Checks
    policy = COUNTY_KEEPS
    fields = (
        F("water", LIST | SEARCH, headings=("水域编号", "水域名称")),
        F("person", LIST | SEARCH, headings=("人员编号", "检查人姓名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("level", LIST | FILTER, headings=("层级",)),
        F("checked_at", LIST, headings=("检查日期",)),
        F("hazard", LIST, headings=("隐患", "问题")),
    )
