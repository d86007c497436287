"""Which fields of after-class service show where."""

from junheng.content.datasets.school_life import Enrolments, Needs
from junheng.domains.afterclass.models import Enrolment, Need
from junheng.platform.registers import CLASS_KEEPS, FILTER, LIST, SCHOOL_KEEPS, F, Register, register


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
    policy = CLASS_KEEPS
    fields = (
        F("pupil", LIST, headings=("学籍号",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("stage", LIST | FILTER),
        F("term", LIST),
        F("wanted", LIST | FILTER, headings=("是否有需求",)),
        F("answered_on", LIST, headings=("答复日期",)),
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
        F("since", LIST, headings=("开始日期",)),
        F("until", headings=("结束日期",)),
    )
