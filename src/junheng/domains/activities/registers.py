"""Which fields of activities show where."""

from junheng.domains.activities.models import Activity
from junheng.platform.access.roles import Role
from junheng.platform.registers import FILTER, LIST, SCHOOL_KEEPS, SEARCH, F, Register, register


@register
class ActivityRegister(Register[Activity]):
    """学校活动。一行是一所学校或一个班的一次活动；评选申报直接引用，不用再填。不写学生姓名。"""

    slug = "activities"
    chapter = "moral"
    model = Activity
    area = "area"
    school = "school"
    school_class = "school_class"
    writers = frozenset({Role.CLASS_TEACHER, Role.PRINCIPAL, Role.COUNTY_OFFICER, Role.CITY_SECTION})
    policy = SCHOOL_KEEPS
    order = ("-held_on",)
    fields = (
        F("school", LIST, headings=("学校标识码", "学校名称")),
        F("school_class", LIST, headings=("班级编号",)),
        F("area", FILTER, headings=("区划",)),
        F("held_on", LIST, headings=("活动日期",)),
        F("kind", LIST | FILTER),
        F("title", LIST | SEARCH, headings=("名称",)),
        F("people", LIST),
    )
