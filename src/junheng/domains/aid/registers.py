"""Which fields of aid show where: to aid officers only, because poverty is nobody else's business."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.money import Eligibilities, Loans, Payments, Waivers
from junheng.domains.aid.models import Eligibility, Loan, Payment, Waiver
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
    KEY,
    LIST,
    SEARCH,
    SENSITIVE,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

AID_OFFICERS = frozenset({Role.AID_OFFICER})

GRANTED = Policy(Owner.COUNTY, Level.CITY, why=_("金额按项目标准核发，改动须市学生资助中心核定。"))


@register
class EligibilityRegister(Register[Eligibility]):
    """资助对象认定。一行是一名学生一个学期一个项目的资格；只有资助专员可见，不公示理由。"""

    slug = "eligibilities"
    chapter = "layout"
    model = Eligibility
    area = "area"
    readers = AID_OFFICERS
    writers = AID_OFFICERS
    fulfils = Eligibilities
    policy = COUNTY_KEEPS
    fields = (
        F("pupil", LIST | SENSITIVE, headings=("学籍号",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("scheme", LIST | FILTER, headings=("项目",)),
        F("term", LIST),
        F("found_on", LIST, headings=("认定日期",)),
    )


@register
class WaiverRegister(Register[Waiver]):
    """自愿放弃资助。一行是一个家庭签字放弃一个学期一个项目；只有资助专员可见。"""

    slug = "waivers"
    chapter = "layout"
    model = Waiver
    area = "area"
    readers = AID_OFFICERS
    writers = AID_OFFICERS
    fulfils = Waivers
    policy = COUNTY_KEEPS
    fields = (
        F("pupil", LIST | SENSITIVE, headings=("学籍号",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("scheme", LIST | FILTER, headings=("项目",)),
        F("term", LIST),
        F("signed_on", LIST, headings=("签字日期",)),
    )


@register
class PaymentRegister(Register[Payment]):
    """资助发放。一行是一笔发给一名学生的资助；退回写明退回日，不删除；只有资助专员可见。"""

    slug = "payments"
    chapter = "layout"
    model = Payment
    area = "area"
    readers = AID_OFFICERS
    writers = AID_OFFICERS
    fulfils = Payments
    policy = COUNTY_KEEPS
    fields = (
        F("pupil", LIST | SENSITIVE, headings=("学籍号",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("scheme", LIST | FILTER, headings=("项目",)),
        F("term", LIST),
        F("amount_fen", LIST, headings=("发放金额（分）",), by=GRANTED),
        F("paid_on", LIST, headings=("发放日期",)),
        F("returned_on", headings=("退回日期",)),
    )


@register
class LoanRegister(Register[Loan]):
    """助学贷款合同。一行是一份合同，续贷另算一份；作废写明作废日；只有资助专员可见。"""

    slug = "loans"
    chapter = "layout"
    model = Loan
    area = "area"
    readers = AID_OFFICERS
    writers = AID_OFFICERS
    fulfils = Loans
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("合同号",)),
        F("borrower", SENSITIVE, headings=("借款人", "学生姓名")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("kind", LIST | FILTER, headings=("合同类别",)),
        F("amount_fen", LIST, headings=("合同金额（分）",), by=GRANTED),
        F("signed_on", LIST, headings=("签订日期",)),
        F("cancelled_on", headings=("作废日期",)),
    )
