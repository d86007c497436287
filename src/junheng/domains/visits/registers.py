"""Which fields of inspectors and of visits show where. A visit is in its register from arrival on, and not before."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from junheng.domains.visits.models import Inspector, SiteVisit
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    CITY_KEEPS,
    COUNTY_KEEPS,
    FILTER,
    FIXED,
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

LIBRARY = frozenset(
    {Role.CITY_SECTION, Role.CITY_OFFICE, Role.CITY_LEADER, Role.COUNTY_OFFICER, Role.AUDITOR}
)
"""Who knows the inspectors by name: never those who are visited."""
LINKED = Policy(
    Owner.CITY, Level.CITY, why=_("登录名决定谁能看到未公开的检查任务，须由市局核定，县里不能自行更改。")
)


@register
class InspectorRegister(Register[Inspector]):
    """督学和检查人员库。一行是一名检查人员；检查组从在库人员中随机抽取，有回避关系的不抽。"""

    slug = "inspectors"
    chapter = "safety"
    model = Inspector
    area = "area"
    since = "since"
    until = "until"
    readers = LIBRARY
    writers = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("人员编号",)),
        F("name", LIST | SEARCH, headings=("检查人员姓名",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("post", LIST, headings=("职务",)),
        F("login", by=LINKED),
        F("most", LIST, headings=("最多检查次数",)),
        F("since", LIST, headings=("入库日期",)),
        F("until", headings=("出库日期",)),
    )


@register
class SiteVisitRegister(Register[SiteVisit]):
    """现场检查。一行是一次已经到达现场的检查；到达之前不在任何名录里。结果按规定期限公布。"""

    slug = "sitevisits"
    chapter = "safety"
    model = SiteVisit
    area = "area"
    school = "school"
    writers = frozenset()
    policy = CITY_KEEPS
    order = ("-arrived_on",)
    fields = (
        F("unit", LIST | SEARCH | PUBLIC | FIXED),
        F("code", KEY | SEARCH | FIXED, headings=("检查编号",)),
        F("kind", LIST | FILTER | PUBLIC | FIXED),
        F("school", FIXED),
        F("institution", FIXED),
        F("area", LIST | FILTER | PUBLIC | FIXED),
        F("by_area", FIXED),
        F("purpose", FIXED),
        F("team", FIXED),
        F("arrived_on", LIST | PUBLIC | FIXED),
        F("arrived_at", FIXED),
        F("place", FIXED),
        F("state", LIST | FILTER | FIXED),
        F("findings", LIST | PUBLIC | FIXED),
        F("breach", LIST | FILTER | PUBLIC | FIXED),
        F("note", PUBLIC | FIXED),
        F("doubt", FIXED),
        F("closed_at", FIXED),
        F("published_on", PUBLIC | FIXED),
    )

    def public_rows(self, queryset: "QuerySet[SiteVisit]") -> "QuerySet[SiteVisit]":
        return queryset.filter(published_on__isnull=False)
