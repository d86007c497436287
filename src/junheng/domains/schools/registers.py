"""Which fields of schools and classes show where."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.places import Classes, Schools
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.registers import (
    FILTER,
    KEY,
    LIST,
    PUBLIC,
    SCHOOL_KEEPS,
    SEARCH,
    SENSITIVE,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

CODED = Policy(
    Owner.OUTSIDE,
    Level.CITY,
    why=_("标识码由国家学校（机构）代码系统统一赋码；改码会使历年数据接不上，须市局核定。"),
)
NAMED = Policy(Owner.COUNTY, Level.COUNTY, why=_("以审批机关的批复为准：学校提出，县（市、区）教育局核准。"))
CLASSED = Policy(Owner.COUNTY, Level.CITY, why=_("决定统计分类和经费标准：县（市、区）提出，市局核定。"))
SURVEYED = Policy(Owner.OUTSIDE, Level.CITY, why=_("以统计部门的城乡划分为准，须市局核定。"))
COUNTED = Policy(
    Owner.SCHOOL, Level.SCHOOL, only=True, why=_("班级由学校编定；上级发现有误，发回学校更正，不代学校改。")
)


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
    policy = SCHOOL_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, ("学校代码", "学校（机构）标识码", "标识码"), by=CODED),
        F("name", LIST | SEARCH | PUBLIC, headings=("学校名称", "学校", "学校全称"), by=NAMED),
        F("area", LIST | FILTER | PUBLIC, headings=("区划", "县（市、区）", "属地"), by=NAMED),
        F("kind", LIST | FILTER | PUBLIC, headings=("学校类型", "学校类别"), by=CLASSED),
        F("nature", LIST | FILTER | PUBLIC, headings=("举办性质", "公办民办"), by=CLASSED),
        F("location", LIST | FILTER | PUBLIC, headings=("城乡类型", "所在地城乡类型"), by=SURVEYED),
        F("boarding", FILTER | PUBLIC, headings=("是否寄宿制",)),
        F("principal", headings=("校长姓名", "负责人"), by=NAMED),
        F("phone", SENSITIVE, headings=("电话", "办公电话")),
        F("address", PUBLIC, headings=("学校地址", "详细地址")),
        F("since", LIST | PUBLIC, headings=("建校日期", "设立日期"), by=NAMED),
        F("until", PUBLIC, headings=("撤销日期",), by=NAMED),
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
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER, headings=("学校代码", "学校标识码", "学校名称")),
        F("area", FILTER, headings=("区划",)),
        F("stage", LIST | FILTER, by=COUNTED),
        F("grade", LIST, headings=("年级",), by=COUNTED),
        F("number", LIST, headings=("班级", "班级序号"), by=COUNTED),
        F("since", LIST, headings=("开班日期",)),
        F("until", LIST, headings=("结班日期",)),
    )
