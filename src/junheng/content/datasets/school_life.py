"""After-class service, home visits, class committee members, group counselling, sealed cases."""

from junheng.content.datasets.places import STAGES
from junheng.kernel.datasets import Column, Table


class Needs(Table, name="needs", label="课后服务需求"):
    """One row is one family's answer for one term. No row means not asked, which is not the same as no need."""

    pupil = Column("int64", "学生")
    area = Column("string", "学校所在区划")
    stage = Column("string", "学段", one_of=STAGES)
    term = Column("string", "学期")
    wanted = Column("bool", "有需求")
    answered_on = Column("date", "答复日")


class Enrolments(Table, name="enrolments", label="课后服务报名"):
    """One row is one pupil in one course of one term; a pupil may be in several."""

    pupil = Column("int64", "学生")
    area = Column("string", "学校所在区划")
    stage = Column("string", "学段", one_of=STAGES)
    term = Column("string", "学期")
    course = Column("string", "课程")
    since = Column("date", "开始日")
    until = Column("date", "结束日", null=True)


class Visits(Table, name="visits", label="家访记录"):
    """One row is one visit, or attempt at a visit, to one household."""

    household = Column("int64", "家庭")
    school = Column("int64", "学校")
    area = Column("string", "学校所在区划")
    visited_on = Column("date", "家访日")
    way = Column("string", "方式", one_of=("in_person", "telephone", "not_met"))


class Committee(Table, name="committee", label="心理委员"):
    """One row appoints one pupil as the class's committee member for mental health."""

    pupil = Column("int64", "学生")
    school_class = Column("int64", "班级")
    school = Column("int64", "学校")
    area = Column("string", "学校所在区划")
    since = Column("date", "聘任日")
    until = Column("date", "解聘日", null=True)


class Sessions(Table, name="sessions", label="心理辅导场次"):
    """One row is one counselling session; of individual ones nothing but the fact is here."""

    school = Column("int64", "学校")
    area = Column("string", "学校所在区划")
    kind = Column("string", "形式", one_of=("group", "individual"))
    held_on = Column("date", "举办日")
    attendance = Column("int64", "参与人次")


class CareCases(Table, name="carecases", label="一人一策台账"):
    """One row is one open or closed sealed case; the person is an opaque code."""

    area = Column("string", "学校所在区划")
    opened_on = Column("date", "建档日")
    closed_on = Column("date", "结案日", null=True)


class CarePlans(Table, name="careplans", label="一人一策方案"):
    """One row is one version of the plan of one sealed case while it holds."""

    case = Column("int64", "台账")
    area = Column("string", "学校所在区划")
    since = Column("date", "生效日")
    until = Column("date", "失效日", null=True)
