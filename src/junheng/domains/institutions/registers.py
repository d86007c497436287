"""Which fields of training institutions show where."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.governance import Institutions
from junheng.domains.institutions.models import Institution
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
    KEY,
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

LICENSED = Policy(Owner.OUTSIDE, Level.CITY, why=_("以办学许可证记载为准，公众可查，改动须市局核定。"))


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
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("办学许可证号", "许可证号"), by=LICENSED),
        F("name", LIST | SEARCH | PUBLIC, headings=("培训机构", "名称")),
        F("area", LIST | FILTER | PUBLIC, headings=("区划", "县（市、区）")),
        F("kind", LIST | FILTER | PUBLIC, headings=("机构类别",), by=LICENSED),
        F("since", KEY | LIST | PUBLIC, headings=("生效日期",)),
        F("until", LIST | PUBLIC, headings=("失效日期",)),
    )
