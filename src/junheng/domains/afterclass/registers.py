"""Which fields of after-class service show where."""

from junheng.content.datasets.school_life import Enrolments, Needs
from junheng.domains.afterclass.models import ChoosingPeriod, Course, Enrolment, Need
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    CLASS_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    SCHOOL_KEEPS,
    SEARCH,
    F,
    Register,
    register,
)

ASKS_FAMILIES = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER, Role.PRINCIPAL, Role.CLASS_TEACHER})
"""Who writes down what a family said: the class teacher of the class, and whoever stands above."""


@register
class NeedRegister(Register[Need]):
    """课后服务需求。一行是一个家庭对一个学期的答复；没有答复不等于没有需求。"""

    slug = "needs"
    chapter = "compulsory"
    model = Need
    area = "area"
    school = "pupil__school"
    school_class = "pupil__school_class"
    fulfils = Needs
    writers = ASKS_FAMILIES
    policy = CLASS_KEEPS
    fields = (
        F("pupil", LIST, headings=("学籍号",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("stage", LIST | FILTER),
        F("term", LIST),
        F("wanted", LIST | FILTER, headings=("是否有需求",)),
        F("answered_on", LIST, headings=("答复日期",)),
        F("gap", FILTER | FIXED),
        F("gap_on", FIXED),
    )


@register
class EnrolmentRegister(Register[Enrolment]):
    """课后服务报名。一行是一名学生报名的一门课程；一名学生可报多门，统计受益学生时只算一人。"""

    slug = "enrolments"
    chapter = "compulsory"
    model = Enrolment
    area = "area"
    school = "pupil__school"
    school_class = "pupil__school_class"
    since = "since"
    until = "until"
    fulfils = Enrolments
    policy = SCHOOL_KEEPS
    fields = (
        F("pupil", LIST, headings=("学籍号",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("stage", LIST | FILTER),
        F("term", LIST),
        F("course", LIST, headings=("课程名称",)),
        F("offer", FIXED),
        F("since", LIST, headings=("开始日期",)),
        F("until", headings=("结束日期",)),
    )


@register
class CourseRegister(Register[Course]):
    """课后服务课程。一行是一所学校一个学期开设的一门课：时间、名额、老师和收费；收费不得高于目录，校外机构须有许可证。"""

    slug = "courses"
    chapter = "compulsory"
    model = Course
    area = "area"
    school = "school"
    since = "since"
    until = "until"
    policy = SCHOOL_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("编号",)),
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称")),
        F("area", FILTER, headings=("区划",)),
        F("term", LIST),
        F("name", LIST | SEARCH, headings=("课程",)),
        F("content", headings=("课程内容",)),
        F("weekdays", LIST),
        F("begins", LIST),
        F("ends"),
        F("places", LIST, headings=("人数上限",)),
        F("teachers", headings=("教师",)),
        F("origin", LIST | FILTER),
        F("institution", headings=("机构",)),
        F("fee_fen", LIST, headings=("收费",)),
        F("item", FIXED),
        F("taken_from", FIXED),
        F("since", LIST, headings=("开课日期",)),
        F("until", headings=("结课日期",)),
    )


@register
class ChoosingPeriodRegister(Register[ChoosingPeriod]):
    """选课安排。一行是一所学校一个学期请家长填报的起止日；截止后按志愿安排，名额不足的抽签。"""

    slug = "choosingperiods"
    chapter = "compulsory"
    model = ChoosingPeriod
    area = "area"
    school = "school"
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称")),
        F("area", FILTER, headings=("区划",)),
        F("term", LIST),
        F("opens_on", LIST),
        F("closes_on", LIST),
        F("seed", FIXED),
        F("drawn_on", LIST | FIXED),
        F("digest", FIXED),
    )
