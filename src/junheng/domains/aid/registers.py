"""Which fields of aid show where: to aid officers only, because poverty is nobody else's business."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.money import Eligibilities, Loans, Payments, Waivers
from junheng.domains.aid.models import AidRequest, Eligibility, Loan, Payment, SchoolCheck, Waiver
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
    FIXED,
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
WITH_SCHOOLS = AID_OFFICERS | {Role.PRINCIPAL}
"""What a school has a part in: an application made to it, a question put to it."""

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
        F("amount_fen", headings=("应发金额（分）",), by=GRANTED),
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
        F("signed_by", SENSITIVE),
        F("reason", SENSITIVE),
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
        F("document", headings=("文号",)),
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
        F("borrower_id", SEARCH | SENSITIVE, headings=("身份证号", "借款人身份证号")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("kind", LIST | FILTER, headings=("合同类别",)),
        F("amount_fen", LIST, headings=("合同金额（分）",), by=GRANTED),
        F("signed_on", LIST, headings=("签订日期",)),
        F("cancelled_on", headings=("作废日期",)),
        F("graduates_on", headings=("预计毕业日期", "毕业日期", "毕业时间")),
        F("settled_on", headings=("结清日期", "还清日期")),
        F("contact", SENSITIVE, headings=("手机号", "手机号码", "联系方式", "借款人联系电话")),
    )


@register
class AidRequestRegister(Register[AidRequest]):
    """资助申请。一行是一个家庭本学年的一份书面申请；学校认定、校内公示后由县级确认，只能办理，不能直接修改。"""

    slug = "aidrequests"
    chapter = "layout"
    model = AidRequest
    area = "area"
    school = "school"
    readers = WITH_SCHOOLS
    writers = WITH_SCHOOLS
    policy = COUNTY_KEEPS
    fields = (
        F("receipt", KEY | LIST | SEARCH | FIXED),
        F("pupil", LIST | SENSITIVE | FIXED),
        F("area", FILTER | FIXED),
        F("school", LIST | FILTER | FIXED),
        F("school_class", FIXED),
        F("year", LIST | FILTER | FIXED),
        F("stage", LIST | FILTER | FIXED),
        F("words", SENSITIVE | FIXED),
        F("promised_by", SENSITIVE | FIXED),
        F("asked_on", LIST | FIXED),
        F("band", LIST | FIXED),
        F("shown_on", FIXED),
        F("shown_until", FIXED),
        F("objection", SENSITIVE | FIXED),
        F("answer", SENSITIVE | FIXED),
        F("answered_on", FIXED),
        F("ended_on", FIXED),
        F("ended_words", SENSITIVE | FIXED),
    )


@register
class SchoolCheckRegister(Register[SchoolCheck]):
    """学校核实。一行是县级就一名学生问学校的一个问题，学校只答是或否；为什么问，不告诉学校。"""

    slug = "schoolchecks"
    chapter = "layout"
    model = SchoolCheck
    area = "area"
    school = "school"
    readers = WITH_SCHOOLS
    writers = WITH_SCHOOLS
    policy = COUNTY_KEEPS
    fields = (
        F("pupil", LIST | SENSITIVE | FIXED),
        F("school", LIST | FILTER | FIXED),
        F("area", FILTER | FIXED),
        F("question", LIST | FILTER | FIXED),
        F("asked_on", LIST | FIXED),
        F("answer", LIST | FILTER | FIXED),
        F("answered_on", LIST | FIXED),
    )
