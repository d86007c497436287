"""Which fields of training institutions show where."""

from junheng.content.datasets.governance import Institutions
from junheng.domains.institutions.models import Institution
from junheng.platform.registers import FILTER, KEY, LIST, PUBLIC, SEARCH, F, Register, register


@register
class InstitutionRegister(Register[Institution]):
    """校外培训机构。一行是一家有许可证的机构，从许可生效到失效；公众可查。"""

    slug = "institutions"
    chapter = "compulsory"
    model = Institution
    area = "area"
    since = "since"
    until = "until"
    fulfils = Institutions
    found_anywhere = True
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("办学许可证号", "许可证号")),
        F("name", LIST | SEARCH | PUBLIC, headings=("培训机构", "名称")),
        F("area", LIST | FILTER | PUBLIC, headings=("区划", "县（市、区）")),
        F("kind", LIST | FILTER | PUBLIC, headings=("机构类别",)),
        F("since", KEY | LIST | PUBLIC, headings=("生效日期",)),
        F("until", LIST | PUBLIC, headings=("失效日期",)),
    )
