"""Which fields of home visits show where; there is no field for what was said."""

from junheng.content.datasets.school_life import Visits
from junheng.domains.homevisits.models import Visit
from junheng.platform.access.roles import Role
from junheng.platform.registers import CLASS_KEEPS, FILTER, LIST, F, Register, register


@register
class VisitRegister(Register[Visit]):
    """家访记录。一行是对一户家庭的一次家访或尝试；只有入户算走访，不写家庭情况。"""

    slug = "visits"
    chapter = "moral"
    model = Visit
    area = "area"
    school = "school"
    school_class = "school_class"
    writers = frozenset({Role.CLASS_TEACHER, Role.PRINCIPAL, Role.COUNTY_OFFICER, Role.CITY_SECTION})
    fulfils = Visits
    policy = CLASS_KEEPS
    fields = (
        F("household", LIST, headings=("家庭编号", "户编号")),
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称")),
        F("school_class", headings=("班级编号",)),
        F("area", FILTER, headings=("区划",)),
        F("teacher", LIST, headings=("教师", "班主任")),
        F("visited_on", LIST, headings=("家访日期",)),
        F("way", LIST | FILTER, headings=("家访方式",)),
    )
