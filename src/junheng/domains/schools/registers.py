"""Which fields of schools and classes show where."""

from junheng.content.datasets.places import Classes, Schools
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.registers import FILTER, KEY, LIST, PUBLIC, SEARCH, SENSITIVE, F, Register, register


@register
class SchoolRegister(Register[School]):
    """学校名录。一行是一所学校；更名不换码，撤销写明撤销日，不删除。"""

    slug = "schools"
    chapter = "base"
    model = School
    area = "area"
    school = "self"
    since = "since"
    until = "until"
    fulfils = Schools
    found_anywhere = True
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("学校代码", "学校（机构）标识码", "标识码")),
        F("name", LIST | SEARCH | PUBLIC, headings=("学校名称", "学校", "学校全称")),
        F("area", LIST | FILTER | PUBLIC, headings=("区划", "县（市、区）", "属地")),
        F("kind", LIST | FILTER | PUBLIC, headings=("学校类型", "学校类别")),
        F("nature", LIST | FILTER | PUBLIC, headings=("举办性质", "公办民办")),
        F("location", LIST | FILTER | PUBLIC, headings=("城乡类型", "所在地城乡类型")),
        F("boarding", FILTER | PUBLIC, headings=("是否寄宿制",)),
        F("principal", headings=("校长姓名", "负责人")),
        F("phone", SENSITIVE, headings=("电话", "办公电话")),
        F("address", PUBLIC, headings=("学校地址", "详细地址")),
        F("since", LIST | PUBLIC, headings=("建校日期", "设立日期")),
        F("until", PUBLIC, headings=("撤销日期",)),
    )


@register
class SchoolClassRegister(Register[SchoolClass]):
    """班级。一行是一所学校的一个教学班，从开班日到结班日。"""

    slug = "classes"
    chapter = "base"
    model = SchoolClass
    area = "area"
    school = "school"
    school_class = "self"
    since = "since"
    until = "until"
    fulfils = Classes
    order = ("school_id", "grade", "number")
    fields = (
        F("school", LIST | FILTER, headings=("学校代码", "学校标识码", "学校名称")),
        F("area", FILTER, headings=("区划",)),
        F("stage", LIST | FILTER),
        F("grade", LIST, headings=("年级",)),
        F("number", LIST, headings=("班级", "班级序号")),
        F("since", LIST, headings=("开班日期",)),
        F("until", LIST, headings=("结班日期",)),
    )
