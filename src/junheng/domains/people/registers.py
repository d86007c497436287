"""Which fields of officials show where."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.places import People
from junheng.domains.people.models import Person
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
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

APPOINTED = Policy(Owner.COUNTY, Level.COUNTY, why=_("职务以任免文件为准，由任免单位登记。"))


@register
class PersonRegister(Register[Person]):
    """责任人名册。一行是一名负有责任的工作人员的一个职务，不含学生和家长。"""

    slug = "people"
    chapter = "base"
    model = Person
    area = "area"
    since = "since"
    until = "until"
    fulfils = People
    found_anywhere = True
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("工号", "编号")),
        F("name", LIST | SEARCH, headings=("责任人", "责任人姓名"), by=APPOINTED),
        F("area", LIST | FILTER, headings=("区划", "所属县（市、区）")),
        F("post", LIST | SEARCH, headings=("岗位", "单位及职务"), by=APPOINTED),
        F("phone", SENSITIVE, headings=("手机号", "电话")),
        F("since", LIST, headings=("到任日期",), by=APPOINTED),
        F("until", LIST, headings=("离任日期",), by=APPOINTED),
    )
