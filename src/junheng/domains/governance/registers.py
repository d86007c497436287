"""Which fields of cases show where; a case is decided and closed by actions only."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.governance import Cases
from junheng.domains.governance.models import Case
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    SEARCH,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

FILED = Policy(Owner.COUNTY, Level.CITY, why=_("案件类别决定查处口径，须市局校外监管科核定。"))


@register
class CaseRegister(Register[Case]):
    """校外培训案件。一行是一件案件；同一地点同一经营者用同一个查处对象编号，不论门上挂什么名字。"""

    slug = "cases"
    chapter = "compulsory"
    model = Case
    area = "area"
    fulfils = Cases
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("案号",)),
        F("site", LIST | SEARCH, headings=("对象编号",)),
        F("title", LIST | SEARCH, headings=("名称", "机构名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("kind", LIST | FILTER, headings=("案件类别",), by=FILED),
        F("state", LIST | FILTER | FIXED, headings=("案件状态",)),
        F("opened_on", LIST, headings=("立案日期",)),
        F("decided_on", LIST | FIXED, headings=("决定日期",)),
        F("note", headings=("备注",)),
    )
