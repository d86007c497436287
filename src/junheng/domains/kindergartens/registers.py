"""Which fields of kindergartens show where; what recognition means is moved by actions only."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.preschool import Censuses, Kindergartens, Natures, Recognitions
from junheng.domains.kindergartens.models import (
    Census,
    Kindergarten,
    KindergartenFee,
    KindergartenQuestion,
    KindergartenSupport,
    Nature,
    Recognition,
)
from junheng.domains.kindergartens.terms import Decision
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    PUBLIC,
    SEARCH,
    SENSITIVE,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

CODED = Policy(
    Owner.OUTSIDE,
    Level.CITY,
    why=_("标识码由国家学校（机构）代码系统统一赋码；改码会使历年数据接不上，须市局核定。"),
)
NAMED = Policy(Owner.COUNTY, Level.COUNTY, why=_("以审批机关的批复为准，由县（市、区）教育局核准。"))
SURVEYED = Policy(Owner.OUTSIDE, Level.CITY, why=_("以统计部门的城乡划分为准，须市局核定。"))
PRICED = Policy(
    Owner.OUTSIDE,
    Level.COUNTY,
    why=_("以价格主管部门的批复或备案为准；幼儿园提出，县（市、区）教育局核准。"),
)
PLACED = Policy(Owner.COUNTY, Level.COUNTY, why=_("以办学许可证为准，由县（市、区）教育局核准。"))
RATED = Policy(
    Owner.COUNTY, Level.CITY, why=_("决定公办、民办、普惠的占比和补助：县（市、区）提出，市局核定。")
)
OFFICES = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
WITH_OWNERS = OFFICES | {Role.KINDERGARTEN}
"""A kindergarten writes about itself what is its own; what decides about money and recognition it does not."""


@register
class KindergartenRegister(Register[Kindergarten]):
    """幼儿园名录。一行是一所幼儿园；由谁举办见「办园性质」，是否普惠见「普惠性民办园认定」。"""

    slug = "kindergartens"
    chapter = "preschool"
    model = Kindergarten
    area = "area"
    kindergarten = "self"
    writers = WITH_OWNERS
    since = "since"
    until = "until"
    fulfils = Kindergartens
    found_anywhere = True
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("学校代码", "幼儿园代码", "标识码"), by=CODED),
        F("name", LIST | SEARCH | PUBLIC, headings=("幼儿园名称", "幼儿园", "学校名称"), by=NAMED),
        F("area", LIST | FILTER | PUBLIC, headings=("区划", "县（市、区）", "属地"), by=PLACED),
        F("location", LIST | FILTER | PUBLIC, headings=("城乡类型", "所在地城乡类型"), by=SURVEYED),
        F("capacity", LIST | PUBLIC, headings=("学位数", "核定学位数"), by=NAMED),
        F("fee_fen", PUBLIC, headings=("保教费（分/月）",), by=PRICED),
        F("phone", SENSITIVE, headings=("电话", "办公电话")),
        F("since", LIST | PUBLIC, headings=("设立日期", "办园日期"), by=PLACED),
        F("until", PUBLIC, headings=("停办日期",), by=PLACED),
    )


@register
class NatureRegister(Register[Nature]):
    """办园性质。一行说明一所幼儿园在一段时间里是公办还是民办；转制时旧行终止、新行开始。"""

    slug = "natures"
    chapter = "preschool"
    model = Nature
    area = "area"
    kindergarten = "kindergarten"
    writers = OFFICES
    since = "since"
    until = "until"
    fulfils = Natures
    policy = COUNTY_KEEPS
    fields = (
        F("kindergarten", LIST | SEARCH, headings=("学校标识码", "幼儿园名称", "园名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("nature", LIST | FILTER, headings=("办园性质",), by=RATED),
        F("since", LIST, headings=("起始日期",)),
        F("until", LIST, headings=("终止日期",)),
    )


@register
class RecognitionRegister(Register[Recognition]):
    """普惠性民办园认定。一行是一次申报；首次认定计入新增，复核延续不计；有效的才是存量。

    决定、生效和终止由「认定」「撤销」办理，不能直接修改。经评选认定的由方案登记；这里只补登书面决定。
    """

    slug = "recognitions"
    chapter = "preschool"
    model = Recognition
    area = "area"
    kindergarten = "kindergarten"
    writers = OFFICES
    since = "since"
    until = "until"
    fulfils = Recognitions
    policy = COUNTY_KEEPS
    fields = (
        F("kindergarten", LIST | SEARCH | PUBLIC, headings=("学校标识码", "幼儿园名称", "园名")),
        F("area", LIST | FILTER | PUBLIC, headings=("区划",)),
        F("number", FIXED | PUBLIC, headings=("文号", "认定文件")),
        F("kind", LIST | FILTER | PUBLIC, headings=("认定类别",), by=RATED),
        F("decision", LIST | FILTER | FIXED, headings=("认定结果",)),
        F("applied_on", headings=("申报日期",)),
        F("decided_on", LIST | FIXED, headings=("认定日期", "决定日期")),
        F("since", LIST | FIXED | PUBLIC, headings=("生效日期",)),
        F("until", LIST | FIXED | PUBLIC, headings=("失效日期",)),
        F("ended_by", FILTER | FIXED, headings=("终止方式",)),
    )

    def public_rows(self, queryset: "QuerySet[Recognition]") -> "QuerySet[Recognition]":
        """What was recognised: an application that failed is between the bureau and the kindergarten."""
        return queryset.filter(decision=Decision.RECOGNISED)


@register
class CensusRegister(Register[Census]):
    """幼儿园年度统计。一行是一所幼儿园在统计时点上报的数；更正须写事由并留痕。"""

    slug = "censuses"
    chapter = "preschool"
    model = Census
    area = "area"
    kindergarten = "kindergarten"
    writers = OFFICES
    fulfils = Censuses
    policy = COUNTY_KEEPS
    fields = (
        F("kindergarten", LIST | SEARCH, headings=("学校标识码", "幼儿园名称", "园名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("year", LIST, headings=("年度",)),
        F("counted_on", headings=("统计日期",)),
        F("nature", LIST | FILTER, headings=("办园性质",), by=RATED),
        F("inclusive", LIST | FILTER, headings=("是否普惠性民办",), by=RATED),
        F("children", LIST, headings=("在园人数", "幼儿数")),
    )


@register
class KindergartenFeeRegister(Register[KindergartenFee]):
    """保教费标准。一行是一所幼儿园从某日起的月保教费；幼儿园提出，县（市、区）教育局核准，到执行日公开页面才显示。"""

    slug = "kindergartenfees"
    chapter = "preschool"
    model = KindergartenFee
    area = "area"
    kindergarten = "kindergarten"
    writers = WITH_OWNERS
    new_rows = PRICED
    since = "since"
    policy = COUNTY_KEEPS
    order = ("-since",)
    fields = (
        F("kindergarten", LIST | SEARCH, headings=("学校标识码", "幼儿园名称", "园名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("fee_fen", LIST, headings=("保教费（分/月）",), by=PRICED),
        F("since", LIST, headings=("执行日期",), by=PRICED),
        F("basis", LIST, headings=("文件依据",), by=PRICED),
    )


@register
class KindergartenQuestionRegister(Register[KindergartenQuestion]):
    """幼儿园询问。一行是教育局向一所幼儿园提出的一个问题：何时前答复、答复了什么、怎么处理。"""

    slug = "kindergartenquestions"
    chapter = "preschool"
    model = KindergartenQuestion
    area = "area"
    kindergarten = "kindergarten"
    writers = WITH_OWNERS
    policy = COUNTY_KEEPS
    order = ("-asked_on",)
    fields = (
        F("kindergarten", LIST | SEARCH | FIXED),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("about", LIST | FILTER | FIXED),
        F("words", FIXED),
        F("asked_on", LIST | FIXED),
        F("asked_by", FIXED),
        F("answer_by", LIST | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("answer", FIXED),
        F("answered_on", FIXED),
        F("answered_by", FIXED),
        F("outcome", FIXED),
        F("settled_on", FIXED),
        F("settled_by", FIXED),
    )


@register
class KindergartenSupportRegister(Register[KindergartenSupport]):
    """幼儿园扶持记录。一行是给一所幼儿园的一项扶持：派驻教师、培训、教研指导、教玩具等；生均补助另见「普惠园生均补助」。

    由县（市、区）教育局登记，幼儿园看得到自己的。不登记教师姓名。
    """

    slug = "kgsupports"
    chapter = "preschool"
    model = KindergartenSupport
    area = "area"
    kindergarten = "kindergarten"
    writers = OFFICES
    policy = COUNTY_KEEPS
    order = ("-begun_on",)
    fields = (
        F("kindergarten", LIST | SEARCH, headings=("学校标识码", "幼儿园名称", "园名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("kind", LIST | FILTER, headings=("扶持类别",)),
        F("what", headings=("内容",)),
        F("begun_on", LIST | FILTER, headings=("起始日期", "开始日期")),
        F("ended_on", LIST, headings=("结束日期",)),
        F("people", LIST, headings=("教师人数",)),
        F("hours", headings=("学时数",)),
        F("provider", LIST, headings=("提供方",)),
        F("number", headings=("文件依据",)),
    )
