"""Which fields of sealed cases show where: to two roles, within their places, and to nobody else.

Every field is fixed: a case is opened, changed and closed by deeds only. The number of the person is in no field.
"""

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
    """一人一策台账（封存）。一行是一份台账，只有编号；由承办学校建档，结案后学校不再查看，到期销毁。不用于评优、招生和任何排名，不导出。"""

    slug = "carecases"
    chapter = "moral"
    model = CareCase
    area = "area"
    school = "team"
    since = "opened_on"
    until = "closed_on"
    readers = SEALED_FOR
    writers = SEALED_FOR
    fulfils = CareCases
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED, headings=("编号",)),
        F("school", LIST | FIXED, headings=("学校标识码",)),
        F("team", FIXED),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("opened_on", LIST | FIXED, headings=("建档日期",)),
        F("closed_on", LIST | FIXED, headings=("结案日期",)),
        F("result", FIXED),
        F("erase_on", LIST | FIXED),
        F("erased_on", FIXED),
    )


@register
class CarePlanRegister(Register[CarePlan]):
    """一人一策方案（封存）。一行是一份台账的一个方案版本；任何一天只有一个方案有效。"""

    slug = "careplans"
    chapter = "moral"
    model = CarePlan
    area = "area"
    school = "case__team"
    since = "since"
    until = "until"
    readers = SEALED_FOR
    writers = SEALED_FOR
    fulfils = CarePlans
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED, headings=("台账编号",)),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("responsible", SENSITIVE | FIXED),
        F("level", LIST | FILTER | FIXED),
        F("step_reason", FIXED),
        F("review_on", LIST | FIXED),
        F("since", LIST | FIXED, headings=("生效日期",)),
        F("until", LIST | FIXED, headings=("失效日期",)),
    )
