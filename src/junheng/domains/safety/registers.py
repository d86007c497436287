"""Which fields of rounds, inspections and levels show where."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.safety import Inspections, Rounds
from junheng.domains.safety.models import Acceptance, Inspection, Round
from junheng.domains.safety.terms import AcceptanceState
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

if TYPE_CHECKING:
    from django.db.models import QuerySet

INSPECTED = Policy(
    Owner.COUNTY, Level.COUNTY, why=_("问题由检查方认定，被检查的学校不能自行改少；有异议可以提出。")
)


@register
class RoundRegister(Register[Round]):
    """督导检查轮次。一行是市里发起的一轮督导检查。"""

    slug = "rounds"
    chapter = "safety"
    model = Round
    area = "area"
    fulfils = Rounds
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("轮次",)),
        F("title", LIST | SEARCH, headings=("轮次名称",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("opened_on", LIST, headings=("启动日期",)),
        F("closed_on", LIST, headings=("结束日期",)),
    )


@register
class InspectionRegister(Register[Inspection]):
    """督导检查记录。一行是一轮中对一所学校的一次检查：学校自查、县区排查或市级抽查；抽签值随抽查留存。"""

    slug = "inspections"
    chapter = "safety"
    model = Inspection
    area = "area"
    school = "school"
    fulfils = Inspections
    policy = COUNTY_KEEPS
    fields = (
        F("round", LIST | FILTER, headings=("轮次编号",)),
        F("school", LIST | SEARCH, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("level", LIST | FILTER, headings=("检查层级",)),
        F("by_area", headings=("检查方",)),
        F("draw", FIXED, headings=("抽签号",)),
        F("done_on", LIST, headings=("检查日期",), by=INSPECTED),
        F("findings", LIST, headings=("问题数",), by=INSPECTED),
        F("remedied", LIST, headings=("整改数",)),
    )


@register
class AcceptanceRegister(Register[Acceptance]):
    """安全标准化验收。一行是一所学校按一轮检查办理的一次验收：学校自评申请，县（市、区）验收，市局认定等级；对外只公开等级和有效期。"""

    slug = "acceptances"
    chapter = "safety"
    model = Acceptance
    area = "area"
    school = "school"
    writers = frozenset({Role.PRINCIPAL, Role.COUNTY_OFFICER, Role.CITY_SECTION})
    goes_with_unit = False
    policy = CITY_KEEPS
    fields = (
        F("school", LIST | SEARCH | FIXED | PUBLIC),
        F("area", LIST | FILTER | FIXED | PUBLIC),
        F("level", LIST | FILTER | FIXED | PUBLIC),
        F("since", LIST | FIXED | PUBLIC),
        F("until", LIST | FIXED | PUBLIC),
        F("state", LIST | FILTER | FIXED),
        F("round", FILTER | FIXED),
        F("number", FIXED),
        F("own_met", FIXED),
        F("own_of", FIXED),
        F("own_level", FIXED),
        F("asked_on", FIXED),
        F("asked_by", FIXED),
        F("county_met", FIXED),
        F("county_of", FIXED),
        F("county_level", FIXED),
        F("county_on", FIXED),
        F("county_by", FIXED),
        F("county_words", FIXED),
        F("decided_by", FIXED),
        F("ended_on", FIXED),
        F("ended_by", FIXED),
        F("ended_why", FIXED),
    )

    def public_rows(self, queryset: "QuerySet[Acceptance]") -> "QuerySet[Acceptance]":
        """Levels that hold: what was asked for, suspended or withdrawn is between the bureau and the school."""
        return queryset.filter(state=AcceptanceState.GRANTED)
