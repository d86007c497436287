"""What of lineage shows where: all of it is read, none of it is typed."""

from junheng.platform.lineage.models import Succession
from junheng.platform.registers import FILTER, FIXED, LIST, PUBLIC, SEARCH, F, Register, register


@register
class SuccessionRegister(Register[Succession]):
    """沿革。一行说明一个单位在某一天变成了什么：更名、划转、合并、分设、改制。

    由单位页面上的相应业务产生；办错了另行更正撤回，不删除。
    """

    slug = "lineage"
    chapter = "base"
    model = Succession
    area = "area"
    fields = (
        F("on", LIST | FIXED | PUBLIC),
        F("kind", LIST | FILTER | FIXED | PUBLIC),
        F("predecessor_name", LIST | SEARCH | FIXED | PUBLIC),
        F("successor_name", LIST | SEARCH | FIXED | PUBLIC),
        F("predecessor_code", SEARCH | FIXED | PUBLIC),
        F("successor_code", SEARCH | FIXED | PUBLIC),
        F("predecessor_area", FIXED | PUBLIC),
        F("area", FIXED | PUBLIC),
        F("part", FIXED | PUBLIC),
        F("whole", FIXED | PUBLIC),
        F("number", FIXED | PUBLIC),
        F("reason", FIXED),
        F("withdrawn_on", FIXED | PUBLIC),
    )
