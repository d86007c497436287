"""Which fields of cases and their files show where; cases are decided and closed by actions only."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.governance import Cases
from junheng.domains.governance.models import (
    Case,
    CaseDeadline,
    CaseExtension,
    CaseFile,
    CasePartner,
    CaseStep,
    Custody,
    Enforcer,
    Exhibit,
    FeeCharge,
    Recusal,
    Refund,
    SiteMatch,
)
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


@register
class EnforcerRegister(Register[Enforcer]):
    """执法人员。一行是一名持证执法人员；办案、取证、复查的人从这里选。"""

    slug = "enforcers"
    chapter = "compulsory"
    model = Enforcer
    area = "area"
    since, until = "since", "until"
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("执法证件号",)),
        F("name", LIST | SEARCH),
        F("area", LIST | FILTER),
        F("login"),
        F("since", LIST),
        F("until", LIST),
    )


@register
class CaseFileRegister(Register[CaseFile]):
    """案卷。一行是一件案件的案卷：地点、举办者、线索来源；有案卷的案件按办案步骤办理。"""

    slug = "casefiles"
    chapter = "compulsory"
    model = CaseFile
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("place", LIST | SEARCH),
        F("operator", LIST | SEARCH),
        F("source", LIST | FIXED),
        F("source_row", FIXED),
        F("grave", LIST | FILTER),
        F("handed_to", LIST | FIXED),
        F("nothing_owed", FIXED),
    )


@register
class CaseStepRegister(Register[CaseStep]):
    """办案步骤。一行是一件案件的一个步骤：何时、由谁、结果如何；只增不改。"""

    slug = "casesteps"
    chapter = "compulsory"
    model = CaseStep
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("step", LIST | FILTER | FIXED),
        F("on", LIST | FIXED),
        F("first", LIST | FIXED),
        F("second", LIST | FIXED),
        F("outcome", LIST | FILTER | FIXED),
        F("document", FIXED),
        F("fine_fen", FIXED),
        F("words", FIXED),
        F("done_by", FIXED),
        F("done_at", FIXED),
    )


@register
class CaseDeadlineRegister(Register[CaseDeadline]):
    """办案期限。一行是一件案件的一个期限；逾期的留在这里，后来办了也看得出晚了几天。"""

    slug = "casedeadlines"
    chapter = "compulsory"
    model = CaseDeadline
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("what", LIST | FILTER | FIXED),
        F("since", LIST | FIXED),
        F("due_on", LIST | FIXED),
        F("rule", FIXED),
        F("statutory", LIST | FILTER | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("met_on", LIST | FIXED),
        F("escalated_on", LIST | FIXED),
    )


@register
class ExhibitRegister(Register[Exhibit]):
    """案件证据。一行是一件证据：谁在何时何地取得、现在由谁保管；照片和文件加密保存，摘要证明没有改动。"""

    slug = "exhibits"
    chapter = "compulsory"
    model = Exhibit
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("number", LIST | FIXED),
        F("kind", LIST | FILTER | FIXED),
        F("title", LIST | FIXED),
        F("taken_on", LIST | FIXED),
        F("place", FIXED),
        F("first", FIXED),
        F("second", FIXED),
        F("holder", LIST | FIXED),
        F("digest", FIXED),
        F("stored", FIXED),
        F("size", FIXED),
        F("media", FIXED),
    )


@register
class CustodyRegister(Register[Custody]):
    """证据交接。一行是一件证据的一次交接；移交人不是上一个接收人的，链条缺一环。"""

    slug = "custodies"
    chapter = "compulsory"
    model = Custody
    area = "area"
    policy = COUNTY_KEEPS
    joins = ("exhibit__case",)
    fields = (
        F("exhibit", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("number", LIST | FIXED),
        F("on", LIST | FIXED),
        F("giver", LIST | FIXED),
        F("receiver", LIST | FIXED),
        F("purpose", LIST | FIXED),
    )


@register
class RefundRegister(Register[Refund]):
    """案件退费。一行是一件案件中的一户家庭：应退多少、已退多少、凭证号；只记序号，不记姓名。"""

    slug = "refunds"
    chapter = "compulsory"
    model = Refund
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("family", LIST | FIXED),
        F("owed_fen", LIST | FIXED),
        F("repaid_fen", LIST | FIXED),
        F("repaid_on", LIST | FIXED),
        F("proof", LIST | FIXED),
    )


@register
class CasePartnerRegister(Register[CasePartner]):
    """联合办案单位。一行是参加一件案件的一个其他部门和它的分工。"""

    slug = "casepartners"
    chapter = "compulsory"
    model = CasePartner
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("office", LIST | SEARCH | FIXED),
        F("since", LIST | FIXED),
        F("part", LIST | FIXED),
    )


@register
class RecusalRegister(Register[Recusal]):
    """办案回避。一行是一名执法人员对一件案件的回避。"""

    slug = "recusals"
    chapter = "compulsory"
    model = Recusal
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("enforcer", LIST | FIXED),
        F("kind", LIST | FILTER | FIXED),
        F("on", LIST | FIXED),
        F("reason", LIST | FIXED),
    )


@register
class CaseExtensionRegister(Register[CaseExtension]):
    """办案延期。一行是一件案件的一次延长：原截止日、延长后的截止日、批准文书号和理由；由不办理本案的人批准。"""

    slug = "caseextensions"
    chapter = "compulsory"
    model = CaseExtension
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("what", LIST | FIXED),
        F("was_due_on", LIST | FIXED),
        F("due_on", LIST | FIXED),
        F("on", LIST | FIXED),
        F("document", LIST | FIXED),
        F("reason", LIST | FIXED),
        F("rule", FIXED),
        F("statutory", FIXED),
        F("approved_by", LIST | FIXED),
    )


@register
class SiteMatchRegister(Register[SiteMatch]):
    """同一对象认定。一行是两件案件是否同一地点同一举办者的认定；同一对象只计一所。"""

    slug = "sitematches"
    chapter = "compulsory"
    model = SiteMatch
    area = "area"
    policy = COUNTY_KEEPS
    fields = (
        F("case", LIST | FIXED),
        F("other", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("verdict", LIST | FILTER | FIXED),
        F("reason", LIST | FIXED),
        F("on", LIST | FIXED),
    )


@register
class FeeChargeRegister(Register[FeeCharge]):
    """学校违规收费。一行是一所学校目录外或超标准的一项收费：应退多少、已退多少；没有退清和凭证的，检查发现不能销号。"""

    slug = "feecharges"
    chapter = "layout"
    model = FeeCharge
    area = "area"
    school = "school"
    policy = COUNTY_KEEPS
    fields = (
        F("finding", LIST | FIXED),
        F("school", LIST | FILTER | FIXED),
        F("area", FILTER | FIXED),
        F("item", LIST | SEARCH | FIXED),
        F("charged_fen", FIXED),
        F("allowed_fen", FIXED),
        F("charged_on", LIST | FIXED),
        F("basis", LIST | FIXED),
        F("families", LIST | FIXED),
        F("owed_fen", LIST | FIXED),
        F("repaid_fen", LIST | FIXED),
        F("repaid_families", FIXED),
        F("repaid_on", LIST | FIXED),
        F("proof", FIXED),
    )
