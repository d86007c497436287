"""Which fields of entrants and of cases about county lines show where."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.pupils import Entrants
from junheng.domains.admissions.models import Crossing, Entrant
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    SEARCH,
    SENSITIVE,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

ADMITTED = Policy(Owner.COUNTY, Level.COUNTY, why=_("录取由县（市、区）招生部门办理，学校只登记报到。"))
REPORTED = Policy(Owner.SCHOOL, why=_("是否报到由学校在开学时如实登记。"))


@register
class EntrantRegister(Register[Entrant]):
    """新生录取。一行是一名录取到小学一年级或初中七年级的学生；跨县域的须写明合法情形，否则须纠正。"""

    slug = "entrants"
    chapter = "compulsory"
    model = Entrant
    area = "area"
    school = "school"
    fulfils = Entrants
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("报名编号",), by=ADMITTED),
        F("name", LIST | SENSITIVE, headings=("学生姓名",)),
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称", "学校"), by=ADMITTED),
        F("area", FILTER, headings=("区划",)),
        F("home_area", LIST, headings=("户籍地", "户籍所在区划"), by=ADMITTED),
        F("stage", LIST | FILTER),
        F("grade"),
        F("term", LIST, headings=("入学学期",)),
        F("kind", FILTER, headings=("录取类别",), by=ADMITTED),
        F("migrant", FILTER, headings=("随迁子女",), by=ADMITTED),
        F("admitted_on", headings=("录取日期",), by=ADMITTED),
        F("arrived", LIST | FILTER, headings=("是否报到",), by=REPORTED),
        F("exception", FILTER, headings=("合法情形",), by=ADMITTED),
        F("corrected_on", headings=("纠正日期",)),
    )


@register
class CrossingRegister(Register[Crossing]):
    """跨县域招生核查。一行是一名户籍在甲县、在乙县就读而没有登记合法情形的儿童；每晚自动比对，期限内说明或纠正，市局复核办结。"""

    slug = "crossings"
    chapter = "compulsory"
    model = Crossing
    area = "area"
    school = "school"
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("school", LIST | FILTER | FIXED),
        F("area", FILTER | FIXED),
        F("home_area", LIST | FIXED),
        F("came", LIST | FILTER | FIXED),
        F("entrant", FIXED),
        F("pupil", SENSITIVE | FIXED),
        F("found_on", FIXED),
        F("due_on", LIST | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("answer", FILTER | FIXED),
        F("exception", FIXED),
        F("evidence", FIXED),
        F("corrected_on", FIXED),
        F("answered_by", FIXED),
        F("answered_on", FIXED),
        F("returned", FIXED),
        F("closed_by", FIXED),
        F("closed_on", FIXED),
    )
