"""Which fields of entrants show where."""

from junheng.content.datasets.pupils import Entrants
from junheng.domains.admissions.models import Entrant
from junheng.platform.registers import FILTER, KEY, LIST, SEARCH, SENSITIVE, F, Register, register


@register
class EntrantRegister(Register[Entrant]):
    """新生录取。一行是一名录取到小学一年级或初中七年级的学生；跨县域的须写明合法情形，否则须纠正。"""

    slug = "entrants"
    chapter = "compulsory"
    model = Entrant
    area = "area"
    school = "school"
    fulfils = Entrants
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("报名编号",)),
        F("name", LIST | SENSITIVE, headings=("学生姓名",)),
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称", "学校")),
        F("area", FILTER, headings=("区划",)),
        F("home_area", LIST, headings=("户籍地", "户籍所在区划")),
        F("stage", LIST | FILTER),
        F("grade"),
        F("term", LIST, headings=("入学学期",)),
        F("kind", FILTER, headings=("录取类别",)),
        F("migrant", FILTER, headings=("随迁子女",)),
        F("admitted_on", headings=("录取日期",)),
        F("arrived", LIST | FILTER, headings=("是否报到",)),
        F("exception", FILTER, headings=("合法情形",)),
        F("corrected_on", headings=("纠正日期",)),
    )
