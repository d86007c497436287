"""Which fields of titles and grants show where."""

from junheng.content.datasets.governance import Grants, Titles
from junheng.domains.titles.models import Grant, Title
from junheng.platform.registers import FILTER, LIST, PUBLIC, SEARCH, F, Register, register


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
    fields = (
        F("name", LIST | FILTER | PUBLIC, headings=("荣誉名称",)),
        F("level", LIST | FILTER | PUBLIC, headings=("称号级别",)),
        F("batch", PUBLIC, headings=("批",)),
        F("area", LIST | FILTER | PUBLIC, headings=("区划",)),
        F("school", LIST | SEARCH | PUBLIC, headings=("学校标识码", "学校名称")),
        F("group", LIST | PUBLIC, headings=("集团编号", "集团名称")),
        F("certificate", headings=("证书号",)),
        F("awarded_on", LIST | PUBLIC, headings=("授予日期",)),
        F("revoked_on", PUBLIC, headings=("撤销日期",)),
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
    fields = (
        F("title", LIST),
        F("area", LIST | FILTER, headings=("区划",)),
        F("amount_fen", LIST, headings=("奖补金额（分）",)),
        F("granted_on", LIST, headings=("下达日期",)),
        F("paid_on", LIST, headings=("拨付日期",)),
    )
