"""Which fields of sealed cases show where: to two roles, within their places, and to nobody else."""

from junheng.content.datasets.school_life import CareCases, CarePlans
from junheng.domains.guidance.models import CareCase, CarePlan
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    SEARCH,
    SENSITIVE,
    F,
    Register,
    register,
)

SEALED_FOR = frozenset({Role.SEALED_OFFICER, Role.PSYCHOLOGIST})


@register
class CareCaseRegister(Register[CareCase]):
    """一人一策台账（封存）。一行是一份台账，对象只用代号；不用于评优、招生和任何排名，不导出。"""

    slug = "carecases"
    chapter = "moral"
    model = CareCase
    area = "area"
    school = "school"
    since = "opened_on"
    until = "closed_on"
    readers = SEALED_FOR
    writers = frozenset({Role.SEALED_OFFICER})
    fulfils = CareCases
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("编号",)),
        F("school", LIST, headings=("学校标识码",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("person_token", SENSITIVE),
        F("opened_on", LIST, headings=("建档日期",)),
        F("closed_on", LIST | FIXED, headings=("结案日期",)),
    )


@register
class CarePlanRegister(Register[CarePlan]):
    """一人一策方案（封存）。一行是一份台账的一个方案版本；任何一天只有一个方案有效。"""

    slug = "careplans"
    chapter = "moral"
    model = CarePlan
    area = "area"
    school = "case__school"
    since = "since"
    until = "until"
    readers = SEALED_FOR
    writers = frozenset({Role.SEALED_OFFICER})
    fulfils = CarePlans
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST, headings=("台账编号",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("responsible", SENSITIVE),
        F("since", LIST, headings=("生效日期",)),
        F("until", LIST, headings=("失效日期",)),
    )
