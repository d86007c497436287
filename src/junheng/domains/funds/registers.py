"""Which fields of money per head show where."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.money import Entitlements
from junheng.content.datasets.preschool import Subsidies
from junheng.domains.funds.models import (
    BedAssignment,
    BudgetLine,
    Derivation,
    DifferenceNote,
    Dormitory,
    Entitlement,
    FundBasis,
    FundBudget,
    FundPayment,
    FundUse,
    Instalment,
    RollFreeze,
    Subsidy,
)
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    CITY_KEEPS,
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    PUBLIC,
    SCHOOL_KEEPS,
    SEARCH,
    SENSITIVE,
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

KNOW_BEDS = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER, Role.PRINCIPAL})
"""Who may see which pupil sleeps where: the school, and those who check what is paid for it."""

CONFIRMED = Policy(
    Owner.SCHOOL,
    Level.COUNTY,
    why=_("床位和随班就读人数决定经费，由学校提出，县（市、区）教育局核准。"),
)


@register
class SubsidyRegister(Register[Subsidy]):
    """普惠园生均补助。一行是一所幼儿园一个年度应补和已补的金额，以分为单位。"""

    slug = "subsidies"
    chapter = "layout"
    model = Subsidy
    area = "area"
    kindergarten = "kindergarten"
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


@register
class FundBasisRegister(Register[FundBasis]):
    """经费基础数据。一行是一所学校一段时间内的学生床位数和随班就读人数；只有人数，没有学生姓名。没有床位的寄宿生不享受寄宿生补助。"""

    slug = "fundbases"
    chapter = "layout"
    model = FundBasis
    area = "area"
    school = "school"
    since = "since"
    until = "until"
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称")),
        F("area", FILTER, headings=("区划",)),
        F("beds", LIST, headings=("床位",), by=CONFIRMED),
        F("care_primary", LIST, by=CONFIRMED),
        F("care_junior", LIST, by=CONFIRMED),
        F("since", LIST),
        F("until", LIST),
    )


@register
class DormitoryRegister(Register[Dormitory]):
    """学生宿舍。一行是一所学校一间男生或女生宿舍和它的床位数。安排到人的学校，寄宿生补助按有床位的学生计算。"""

    slug = "dormitories"
    chapter = "layout"
    model = Dormitory
    area = "area"
    school = "school"
    since = "since"
    until = "until"
    readers = KNOW_BEDS
    policy = SCHOOL_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("宿舍代码",)),
        F("name", LIST | SEARCH, headings=("宿舍名称", "寝室")),
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称")),
        F("area", FILTER, headings=("区划",)),
        F("sex", LIST | FILTER, headings=("宿舍性别",)),
        F("beds", LIST, headings=("床位",)),
        F("since", LIST),
        F("until", LIST),
    )


@register
class BedAssignmentRegister(Register[BedAssignment]):
    """床位安排。一行是一名寄宿生从入住到退宿的一张床；一人一床，一床一人。学生姓名默认遮盖，查看留痕。"""

    slug = "bedassignments"
    chapter = "layout"
    model = BedAssignment
    area = "area"
    school = "dormitory__school"
    since = "since"
    until = "until"
    readers = KNOW_BEDS
    policy = SCHOOL_KEEPS
    joins = ("pupil", "dormitory")
    fields = (
        F("pupil", LIST | SENSITIVE, headings=("学籍号",)),
        F("dormitory", LIST | FILTER, headings=("宿舍编号", "宿舍名称", "寝室")),
        F("bed", LIST, headings=("床位号",)),
        F("area", FILTER, headings=("区划",)),
        F("since", LIST, headings=("入住日期",)),
        F("until", LIST, headings=("退宿日期",)),
    )


@register
class RollFreezeRegister(Register[RollFreeze]):
    """冻结名册。一行是一个学期的名册在某一天的一次冻结；学籍更正后再次冻结，编号递增，旧的保留。"""

    slug = "rollfreezes"
    chapter = "layout"
    model = RollFreeze
    area = "area"
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("term", LIST | FIXED),
        F("number", LIST | FIXED),
        F("area", FIXED),
        F("day", LIST | FIXED),
        F("heads", LIST | FIXED),
        F("held", LIST | FIXED),
        F("without_bed", LIST | FIXED),
        F("digest", FIXED),
        F("frozen_at", LIST | FIXED),
        F("frozen_by", FIXED),
    )


@register
class DerivationRegister(Register[Derivation]):
    """公用经费核定批次。一行是按一份名册和一个学期的标准对全市学校的一次核定；再次核定的差额逐行说明，随结算学期结清。"""

    slug = "derivations"
    chapter = "layout"
    model = Derivation
    area = "area"
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("term", LIST | FIXED),
        F("number", LIST | FIXED),
        F("roll", LIST | FIXED),
        F("previous", FIXED),
        F("area", FIXED),
        F("total_fen", LIST | FIXED),
        F("difference_fen", LIST | FIXED),
        F("settle_term", LIST | FIXED),
        F("derived_at", LIST | FIXED),
        F("derived_by", FIXED),
    )


@register
class DifferenceNoteRegister(Register[DifferenceNote]):
    """差额通知。一行是一所学校因名册更正或标准变化多得或少得的公用经费，随结算学期补拨或扣回。"""

    slug = "differencenotes"
    chapter = "layout"
    model = DifferenceNote
    area = "area"
    school = "school"
    policy = CITY_KEEPS
    fields = (
        F("derivation", LIST | FILTER | FIXED),
        F("school", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("term", LIST | FIXED),
        F("settle_term", LIST | FIXED),
        F("by_count_fen", LIST | FIXED),
        F("by_rate_fen", LIST | FIXED),
        F("amount_fen", LIST | FIXED),
    )


@register
class InstalmentRegister(Register[Instalment]):
    """公用经费拨付批次。一行是一个县（市、区）按一个文号为一个学期拨付的一笔款，按各校尚欠的金额分配。"""

    slug = "instalments"
    chapter = "layout"
    model = Instalment
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("code", LIST | SEARCH | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("term", LIST | FIXED),
        F("paid_on", LIST | FIXED),
        F("schools", LIST | FIXED),
        F("total_fen", LIST | FIXED),
    )


@register
class FundPaymentRegister(Register[FundPayment]):
    """公用经费拨付。一行是一所学校在一个拨付批次中得到的金额。"""

    slug = "fundpayments"
    chapter = "layout"
    model = FundPayment
    area = "area"
    school = "school"
    policy = COUNTY_KEEPS
    fields = (
        F("instalment", LIST | FIXED),
        F("school", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("term", LIST | FIXED),
        F("amount_fen", LIST | FIXED),
    )


@register
class FundUseRegister(Register[FundUse]):
    """公用经费使用公示。一行是一所学校一个年度一项用途的支出；不得用于人员经费、基本建设和偿还债务，合计不超过当年收到的金额。"""

    slug = "funduses"
    chapter = "layout"
    model = FundUse
    area = "area"
    school = "school"
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER | PUBLIC, headings=("学校标识码", "学校名称")),
        F("area", FILTER | PUBLIC, headings=("区划",)),
        F("year", LIST | PUBLIC),
        F("kind", LIST | FILTER | PUBLIC),
        F("amount_fen", LIST | PUBLIC, headings=("支出（元）",)),
        F("published_on", LIST | PUBLIC),
    )


@register
class FundBudgetRegister(Register[FundBudget]):
    """公用经费年度预算。一行是一所学校一个年度一项用途的预算；教师培训一般不低于总额的 5%，低于的会被问到。"""

    slug = "fundbudgets"
    chapter = "layout"
    model = FundBudget
    area = "area"
    school = "school"
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER, headings=("学校标识码", "学校名称")),
        F("area", FILTER, headings=("区划",)),
        F("year", LIST),
        F("kind", LIST | FILTER),
        F("amount_fen", LIST, headings=("预算（元）",)),
    )


@register
class BudgetLineRegister(Register[BudgetLine]):
    """公用经费预算指标。一行是一个县（市、区）为一次核定安排的一个指标；首次核定对应应拨总额，再次核定对应差额，可以为负。"""

    slug = "budgetlines"
    chapter = "layout"
    model = BudgetLine
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("derivation", LIST | FILTER, headings=("核定编号",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("code", LIST | SEARCH, headings=("文号",)),
        F("amount_fen", LIST, headings=("指标（元）",)),
    )
