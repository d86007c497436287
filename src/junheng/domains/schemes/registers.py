"""Which fields of schemes, applications, lists and certificates show where. What deeds write nobody edits."""

from django.db.models import QuerySet

from junheng.domains.schemes.models import (
    AwardScheme,
    Certificate,
    ClassVote,
    Publicity,
    SchemeApplication,
    SchemeCategory,
    SchemeCriterion,
    SchemeObjection,
    SchemeQuota,
)
from junheng.domains.schemes.terms import SchemeState
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
    Register,
    register,
)

OFFICES = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
"""Who makes schemes and decides."""
OVERSEEING = frozenset({Role.CITY_LEADER, Role.CITY_OFFICE, Role.AUDITOR})
TAKE_PART = OFFICES | OVERSEEING | {Role.PRINCIPAL}


@register
class SchemeRegister(Register[AwardScheme]):
    """评选认定方案。一行是一年的一个方案：对象、条件、名额、天数都写明依据；发布后封存，不再改动。"""

    slug = "schemes"
    model = AwardScheme
    area = "area"
    writers = OFFICES
    policy = CITY_KEEPS
    order = ("-year",)
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("方案",)),
        F("title", LIST | SEARCH | PUBLIC, headings=("方案名称",)),
        F("area", LIST | FILTER | PUBLIC, headings=("区划",)),
        F("year", LIST | PUBLIC),
        F("subject", LIST | FILTER | PUBLIC, headings=("对象",)),
        F("effect", FILTER | PUBLIC),
        F("decider", FILTER | PUBLIC),
        F("awards", PUBLIC, headings=("称号",)),
        F("applies_from", PUBLIC, headings=("申报起",)),
        F("applies_until", LIST | PUBLIC, headings=("申报止",)),
        F("school_days", PUBLIC, headings=("校内公示天数",)),
        F("visitors", PUBLIC),
        F("jurors", PUBLIC),
        F("blind", PUBLIC),
        F("publicity_days", PUBLIC, headings=("公示天数",)),
        F("valid_years", PUBLIC, headings=("有效期（年）",)),
        F("checked_yearly", PUBLIC),
        F("order_text", PUBLIC),
        F("basis", PUBLIC, headings=("文件依据",)),
        F("certain", FILTER | PUBLIC),
        F("state", LIST | FILTER | PUBLIC | FIXED),
        F("digest", PUBLIC | FIXED),
        F("opened_on", PUBLIC | FIXED),
    )

    def public_rows(self, queryset: "QuerySet[AwardScheme]") -> "QuerySet[AwardScheme]":
        """A scheme that is being written is nobody's business yet."""
        return queryset.exclude(state=SchemeState.DRAFT)


@register
class SchemeCategoryRegister(Register[SchemeCategory]):
    """评选类别。一行是一个方案里的一个类别和它的名额；名额可按学校数或学生数分到各县（市、区）。"""

    slug = "schemecategories"
    model = SchemeCategory
    area = "area"
    writers = OFFICES
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("类别编号",)),
        F("scheme", LIST | FILTER | PUBLIC),
        F("name", LIST | SEARCH | PUBLIC, headings=("类别名称",)),
        F("area", FILTER | PUBLIC, headings=("区划",)),
        F("places", LIST | PUBLIC),
        F("weigh", LIST | PUBLIC),
        F("graduating_most", PUBLIC),
    )

    def public_rows(self, queryset: "QuerySet[SchemeCategory]") -> "QuerySet[SchemeCategory]":
        """Those of schemes that are published."""
        return queryset.exclude(scheme__state=SchemeState.DRAFT)


@register
class SchemeCriterionRegister(Register[SchemeCriterion]):
    """评选条件。一行是一个方案的一项条件；台账里有的由台账核对，不用填报，核对项只能来自允许的台账。"""

    slug = "schemecriteria"
    model = SchemeCriterion
    area = "area"
    readers = TAKE_PART - {Role.PRINCIPAL}
    writers = OFFICES
    policy = CITY_KEEPS
    fields = (
        F("scheme", LIST | FILTER),
        F("number", LIST),
        F("words", LIST | SEARCH),
        F("area", FILTER, headings=("区划",)),
        F("asked", LIST | FILTER),
        F("check_slug", LIST),
        F("limit", LIST),
        F("needed", LIST),
        F("points"),
        F("basis"),
    )


@register
class SchemeQuotaRegister(Register[SchemeQuota]):
    """评选名额表。一行是一个县（市、区）或一所学校在一个类别的名额，由最大余额法算出，附按比例应得的准确数。"""

    slug = "schemequotas"
    model = SchemeQuota
    area = "area"
    school = "school"
    readers = TAKE_PART
    writers = OFFICES
    policy = CITY_KEEPS
    fields = (
        F("category", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("school", LIST | FIXED),
        F("weight", LIST | FIXED),
        F("places", LIST | FIXED),
        F("exact", LIST | FIXED),
        F("raised", FIXED),
    )


@register
class SchemeApplicationRegister(Register[SchemeApplication]):
    """评选申报。一行是一份申报：台账里有的自动核对，其余提交时填写；提交后由上级审核，内容不再改动。"""

    slug = "schemeapplications"
    model = SchemeApplication
    area = "area"
    school = "school"
    kindergarten = "kindergarten"
    readers = TAKE_PART | {Role.KINDERGARTEN}
    writers = OFFICES | {Role.PRINCIPAL, Role.KINDERGARTEN}
    policy = SCHOOL_KEEPS
    joins = ("category__scheme",)
    fields = (
        F("number", LIST | SEARCH | FIXED),
        F("category", LIST | FILTER, headings=("评选类别",)),
        F("school", LIST, headings=("学校标识码", "学校名称")),
        F("kindergarten", LIST, headings=("幼儿园名称", "园名")),
        F("statement"),
        F("teacher"),
        F("pupil", SENSITIVE),
        F("school_class"),
        F("group"),
        F("named"),
        F("area", LIST | FILTER, headings=("区划",)),
        F("stage", LIST | FILTER | FIXED),
        F("submitted_on", LIST | FIXED),
        F("submitted_by", FIXED),
        F("turn", FIXED),
        F("twin", FIXED),
        F("points", FIXED),
    )


@register
class PublicityRegister(Register[Publicity]):
    """评选公示。一行是一次公示：名单封存，公示若干工作日，异议办结后才能作出决定；校内公示期满后由学校报送。"""

    slug = "publicities"
    model = Publicity
    area = "area"
    school = "school"
    readers = TAKE_PART
    writers = OFFICES | {Role.PRINCIPAL}
    policy = CITY_KEEPS
    order = ("-opened_on",)
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("scheme", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("school", LIST | FIXED),
        F("opened_on", LIST | FIXED),
        F("until", LIST | FIXED),
        F("certain", FIXED),
        F("digest", FIXED),
        F("opened_by", FIXED),
        F("decided_on", LIST | FIXED),
        F("decision", LIST | FIXED),
    )


@register
class SchemeObjectionRegister(Register[SchemeObjection]):
    """公示异议。一行是公众在公示期内提出的一条异议；由没有经手的人核查，答复凭回执号可查。"""

    slug = "schemeobjections"
    model = SchemeObjection
    area = "area"
    joins = ("application__category__scheme",)
    readers = TAKE_PART - {Role.PRINCIPAL}
    writers = OFFICES
    policy = COUNTY_KEEPS
    fields = (
        F("receipt", KEY | LIST | SEARCH | FIXED),
        F("publicity", LIST | FILTER | FIXED),
        F("application", LIST | FIXED),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("words", LIST | FIXED),
        F("raised_at", FIXED),
        F("state", LIST | FILTER | FIXED),
        F("answer", FIXED),
        F("answered_on", FIXED),
        F("answered_by", FIXED),
    )


@register
class CertificateRegister(Register[Certificate]):
    """认定证书。一行是一张证书；编号可在公开页面核验，撤销写明原因和日期。"""

    slug = "certificates"
    model = Certificate
    area = "area"
    school = "school"
    kindergarten = "application__kindergarten"
    readers = TAKE_PART | {Role.KINDERGARTEN}
    writers = OFFICES
    policy = CITY_KEEPS
    joins = ("application__category__scheme",)
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("application", FIXED),
        F("awards", LIST | SEARCH | FIXED),
        F("holder", LIST | SEARCH | FIXED),
        F("person", LIST | FIXED),
        F("school", FIXED),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("level", LIST | FILTER | FIXED),
        F("decision", FIXED),
        F("awarded_on", LIST | FIXED),
        F("valid_until", LIST | FIXED),
        F("recognition", FIXED),
        F("checked_on", FIXED),
        F("revoked_on", LIST | FIXED),
        F("revoked_why", FIXED),
        F("digest", FIXED),
    )


@register
class ClassVoteRegister(Register[ClassVote]):
    """班级投票。一行是一个班对一名学生的一次投票：到会、得票、计票和监票。申报直接引用，公开页面不显示。"""

    slug = "classvotes"
    model = ClassVote
    area = "area"
    school = "school"
    school_class = "school_class"
    readers = OFFICES | {Role.AUDITOR, Role.PRINCIPAL, Role.CLASS_TEACHER}
    writers = frozenset({Role.PRINCIPAL, Role.CLASS_TEACHER})
    policy = SCHOOL_KEEPS
    joins = ("category__scheme",)
    fields = (
        F("category", LIST | FILTER, headings=("评选类别",)),
        F("school", LIST, headings=("学校标识码", "学校名称")),
        F("school_class", LIST, headings=("班级编号",)),
        F("pupil", LIST | SENSITIVE, headings=("学籍号码",)),
        F("area", FILTER, headings=("区划",)),
        F("held_on", LIST),
        F("present", LIST),
        F("votes", LIST),
        F("counted_by"),
        F("checked_by"),
    )
