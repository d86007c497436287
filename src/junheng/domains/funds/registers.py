"""Which fields of money per head show where."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.money import Entitlements
from junheng.content.datasets.preschool import Subsidies
from junheng.domains.funds.models import Entitlement, Subsidy
from junheng.platform.registers import (
    CITY_KEEPS,
    COUNTY_KEEPS,
    FILTER,
    LIST,
    SEARCH,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

RATED = Policy(
    Owner.CITY,
    Level.CITY,
    why=_("按标准和人数核定的金额，由市局财务科核定；县（市、区）和学校有异议可以提出。"),
)


@register
class SubsidyRegister(Register[Subsidy]):
    """普惠园生均补助。一行是一所幼儿园一个年度应补和已补的金额，以分为单位。"""

    slug = "subsidies"
    chapter = "layout"
    model = Subsidy
    area = "area"
    fulfils = Subsidies
    policy = COUNTY_KEEPS
    fields = (
        F("kindergarten", LIST | SEARCH, headings=("学校标识码", "幼儿园名称", "园名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("year", LIST, headings=("补助年度",)),
        F("heads", LIST, headings=("人数",)),
        F("owed_fen", LIST, headings=("应补（分）",), by=RATED),
        F("paid_fen", LIST, headings=("已补（分）",)),
        F("paid_on", headings=("拨付日期",)),
    )


@register
class EntitlementRegister(Register[Entitlement]):
    """生均公用经费核定。一行是一所学校一个学段一个学期应得的公用经费，按冻结的学生数和当期标准核定。"""

    slug = "entitlements"
    chapter = "layout"
    model = Entitlement
    area = "area"
    school = "school"
    fulfils = Entitlements
    policy = CITY_KEEPS
    fields = (
        F("school", LIST | SEARCH, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("stage", LIST | FILTER),
        F("term", LIST),
        F("heads", LIST, headings=("人数",), by=RATED),
        F("boarders", LIST, headings=("寄宿生",), by=RATED),
        F("amount_fen", LIST, headings=("金额",), by=RATED),
    )
