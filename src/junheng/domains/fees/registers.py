"""Which fields of fees show where. All of it is public: a parent looks it up before paying."""

from django.utils.translation import gettext_lazy as _

from junheng.domains.fees.models import FeeItem, FeeNotice
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    CITY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    PUBLIC,
    SCHOOL_KEEPS,
    SEARCH,
    F,
    Register,
    register,
)


@register
class FeeItemRegister(Register[FeeItem]):
    """收费目录。一行是一个可以收取的项目：学段、最高标准和依据；不在目录内的，学校不得收取。公众可查。"""

    slug = "feeitems"
    chapter = "layout"
    title = _("收费目录")
    model = FeeItem
    area = "area"
    since = "since"
    until = "until"
    writers = frozenset({Role.CITY_SECTION})
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("编号",)),
        F("name", LIST | SEARCH | PUBLIC, headings=("项目",)),
        F("stage", LIST | FILTER | PUBLIC),
        F("nature", FILTER | PUBLIC, headings=("办学性质",)),
        F("kind", LIST | FILTER | PUBLIC, headings=("类别",)),
        F("unit", LIST | PUBLIC, headings=("单位",)),
        F("cap_fen", LIST | PUBLIC, headings=("最高标准",)),
        F("exempt", PUBLIC),
        F("basis", PUBLIC, headings=("文件依据",)),
        F("certain", FILTER | PUBLIC),
        F("area", PUBLIC, headings=("区划",)),
        F("since", KEY | LIST | PUBLIC, headings=("执行日期",)),
        F("until", PUBLIC, headings=("停止日期",)),
    )


@register
class FeeNoticeRegister(Register[FeeNotice]):
    """收费公示。一行是一所学校一个学期公示的一项收费；不在目录内或高于标准的，不能公示。公众可查。"""

    slug = "feenotices"
    chapter = "layout"
    title = _("收费公示")
    model = FeeNotice
    area = "area"
    school = "school"
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | SEARCH | PUBLIC, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER | PUBLIC, headings=("区划",)),
        F("term", LIST | PUBLIC, headings=("学期",)),
        F("name", LIST | SEARCH | PUBLIC, headings=("项目",)),
        F("amount_fen", LIST | PUBLIC, headings=("标准", "公示标准")),
        F("published_on", LIST | PUBLIC, headings=("公示日期",)),
        F("item", PUBLIC | FIXED),
    )
