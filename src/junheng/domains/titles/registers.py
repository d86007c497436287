"""Which fields of titles and grants show where."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.governance import Grants, Titles
from junheng.domains.titles.models import Grant, Title
from junheng.platform.registers import (
    CITY_KEEPS,
    FILTER,
    LIST,
    PUBLIC,
    SEARCH,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

AWARDED = Policy(Owner.OUTSIDE, Level.CITY, why=_("以授予单位的文件和证书为准，县（市、区）上报，市局核定。"))
FUNDED = Policy(Owner.CITY, Level.CITY, why=_("奖补金额以市级下达文件为准。"))


@register
class TitleRegister(Register[Title]):
    """荣誉称号。一行是一所学校、一个集团或一个县（市、区）获得的一个称号；撤销写明撤销日。"""

    slug = "titles"
    chapter = "compulsory"
    model = Title
    area = "area"
    school = "school"
    since = "awarded_on"
    until = "revoked_on"
    fulfils = Titles
    policy = CITY_KEEPS
    new_rows = AWARDED
    fields = (
        F("name", LIST | FILTER | PUBLIC, headings=("荣誉名称",), by=AWARDED),
        F("called", LIST | SEARCH | PUBLIC, headings=("荣誉全称",), by=AWARDED),
        F("level", LIST | FILTER | PUBLIC, headings=("称号级别",), by=AWARDED),
        F("batch", PUBLIC, headings=("批",), by=AWARDED),
        F("area", LIST | FILTER | PUBLIC, headings=("区划",)),
        F("school", LIST | SEARCH | PUBLIC, headings=("学校标识码", "学校名称")),
        F("group", LIST | PUBLIC, headings=("集团编号", "集团名称")),
        F("certificate", headings=("证书号",)),
        F("awarded_on", LIST | PUBLIC, headings=("授予日期",), by=AWARDED),
        F("revoked_on", PUBLIC, headings=("撤销日期",), by=AWARDED),
    )


@register
class GrantRegister(Register[Grant]):
    """奖补资金。一行是随一个称号下达的一笔奖补。"""

    slug = "grants"
    chapter = "layout"
    model = Grant
    area = "area"
    school = "title__school"
    fulfils = Grants
    policy = CITY_KEEPS
    fields = (
        F("title", LIST),
        F("area", LIST | FILTER, headings=("区划",)),
        F("amount_fen", LIST, headings=("奖补金额（分）",), by=FUNDED),
        F("granted_on", LIST, headings=("下达日期",)),
        F("paid_on", LIST, headings=("拨付日期",)),
    )
