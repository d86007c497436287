"""Which fields of award money show where."""

from django.utils.translation import gettext_lazy as _

from junheng.domains.awardfunds.models import AwardNotice, AwardPayment, AwardRecovery, AwardUse
from junheng.platform.registers import (
    CITY_KEEPS,
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    LIST,
    PUBLIC,
    SCHOOL_KEEPS,
    SEARCH,
    F,
    Register,
    register,
)


@register
class AwardNoticeRegister(Register[AwardNotice]):
    """奖补下达文件。一行是一个文件按标准给一类称号下达的奖补；总额等于称号数乘标准。"""

    slug = "awardnotices"
    chapter = "layout"
    model = AwardNotice
    area = "area"
    policy = CITY_KEEPS
    fields = (
        F("code", LIST | SEARCH | FIXED),
        F("issuer", LIST | FIXED),
        F("title", LIST | FILTER | FIXED),
        F("level", LIST | FIXED),
        F("area", FIXED),
        F("issued_on", LIST | FIXED),
        F("titles", LIST | FIXED),
        F("rate_fen", LIST | FIXED),
        F("total_fen", LIST | FIXED),
        F("clause", FIXED),
    )


@register
class AwardPaymentRegister(Register[AwardPayment]):
    """奖补拨付。一行是一笔奖补的一次拨付；到账由收款学校自己确认。"""

    slug = "awardpayments"
    chapter = "layout"
    model = AwardPayment
    area = "area"
    school = "school"
    policy = COUNTY_KEEPS
    joins = ("grant__title__school", "grant__title__group", "grant__title__area")
    fields = (
        F("grant", LIST | FIXED),
        F("school", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("code", LIST | SEARCH | FIXED),
        F("amount_fen", LIST | FIXED),
        F("paid_on", LIST | FIXED),
        F("received_on", LIST | FIXED),
        F("received_by", FIXED),
    )


@register
class AwardUseRegister(Register[AwardUse]):
    """奖补使用公示。一行是一所学校用奖补资金的一项支出和凭证；合计不超过已到账的金额，不得用于人员经费、基本建设和偿还债务。"""

    slug = "awarduses"
    chapter = "layout"
    title = _("奖补使用公示")
    model = AwardUse
    area = "area"
    school = "school"
    policy = SCHOOL_KEEPS
    fields = (
        F("school", LIST | FILTER | PUBLIC, headings=("学校标识码", "学校名称")),
        F("area", FILTER | PUBLIC, headings=("区划",)),
        F("item", LIST | SEARCH | PUBLIC, headings=("项目",)),
        F("kind", LIST | FILTER | PUBLIC),
        F("amount_fen", LIST | PUBLIC, headings=("支出（元）",)),
        F("proof", PUBLIC, headings=("凭证号",)),
        F("spent_on", LIST | PUBLIC, headings=("支出日期",)),
        F("published_on", LIST | PUBLIC, headings=("公示日期",)),
    )


@register
class AwardRecoveryRegister(Register[AwardRecovery]):
    """撤销称号的奖补处理。一行是称号撤销后对一笔奖补的处理：收回多少、依据哪个文件、何时收回。"""

    slug = "awardrecoveries"
    chapter = "layout"
    model = AwardRecovery
    area = "area"
    school = "grant__title__school"
    policy = CITY_KEEPS
    joins = ("grant__title__school", "grant__title__group", "grant__title__area")
    fields = (
        F("grant", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("verdict", LIST | FILTER | FIXED),
        F("amount_fen", LIST | FIXED),
        F("document", LIST | FIXED),
        F("decided_on", LIST | FIXED),
        F("returned_on", LIST | FIXED),
    )
