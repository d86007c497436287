"""Which fields of a round show where. What is computed only deeds change; scores and choices come by workbook."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from junheng.domains.quotaplaces.models import (
    QuotaCandidate,
    QuotaCell,
    QuotaJunior,
    QuotaObjection,
    QuotaResult,
    QuotaRound,
    QuotaSenior,
)
from junheng.domains.quotaplaces.terms import UNSEEN
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    CITY_KEEPS,
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

EXAMINERS = frozenset({Role.CITY_SECTION})
"""Who enters plans, scores and choices: the section of the bureau that does senior admission (招办)."""

PLANNED = Policy(Owner.CITY, Level.CITY, why=_("高中招生计划由市局下达。"))


@register
class QuotaRoundRegister(Register[QuotaRound]):
    """分配生批次。一行是一个城市一年的分配生工作：比例、控制线和公示日都写明依据，公布后不再改动。"""

    slug = "quotarounds"
    chapter = "compulsory"
    model = QuotaRound
    area = "area"
    writers = EXAMINERS
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("批次",)),
        F("title", LIST | SEARCH | PUBLIC, headings=("批次名称",)),
        F("area", LIST | PUBLIC, headings=("区划",)),
        F("year", LIST | PUBLIC),
        F("share", LIST | PUBLIC, headings=("分配比例",)),
        F("less", PUBLIC, headings=("降分幅度",)),
        F("control", PUBLIC, headings=("控制线",)),
        F("first_only", PUBLIC),
        F("equals", PUBLIC, headings=("同分",)),
        F("order_text", PUBLIC),
        F("roll_on", PUBLIC),
        F("entered_by", PUBLIC),
        F("public_from", PUBLIC, headings=("公示起",)),
        F("public_until", PUBLIC, headings=("公示止",)),
        F("basis", PUBLIC, headings=("文件依据",)),
        F("certain", PUBLIC, headings=("已确认",)),
        F("state", LIST | FILTER | PUBLIC | FIXED),
        F("table_digest", PUBLIC | FIXED),
        F("list_digest", PUBLIC | FIXED),
    )

    def public_rows(self, queryset: "QuerySet[QuotaRound]") -> "QuerySet[QuotaRound]":
        return queryset.exclude(state__in=UNSEEN)


@register
class QuotaSeniorRegister(Register[QuotaSenior]):
    """高中招生计划。一行是一所高中在一个批次的招生计划；分配名额由比例算出。"""

    slug = "quotaseniors"
    chapter = "compulsory"
    model = QuotaSenior
    area = "area"
    writers = EXAMINERS
    policy = CITY_KEEPS
    fields = (
        F("quota_round", LIST | FILTER | PUBLIC, headings=("批次代码",)),
        F("school", LIST | PUBLIC, headings=("学校标识码", "学校名称", "学校")),
        F("area", PUBLIC, headings=("区划",)),
        F("plan", LIST | PUBLIC, headings=("计划", "计划人数"), by=PLANNED),
        F("quota", LIST | PUBLIC | FIXED),
    )

    def public_rows(self, queryset: "QuerySet[QuotaSenior]") -> "QuerySet[QuotaSenior]":
        return queryset.exclude(quota_round__state__in=UNSEEN)


@register
class QuotaJuniorRegister(Register[QuotaJunior]):
    """初中毕业生数。一行是一所初中在学籍统计日的在籍应届毕业生，由学籍数出，不由学校填报。"""

    slug = "quotajuniors"
    chapter = "compulsory"
    model = QuotaJunior
    area = "area"
    school = "school"
    writers = EXAMINERS
    policy = CITY_KEEPS
    fields = (
        F("quota_round", LIST | FILTER | PUBLIC | FIXED),
        F("school", LIST | PUBLIC | FIXED),
        F("area", LIST | FILTER | PUBLIC | FIXED),
        F("graduates", LIST | PUBLIC | FIXED),
    )

    def public_rows(self, queryset: "QuerySet[QuotaJunior]") -> "QuerySet[QuotaJunior]":
        return queryset.exclude(quota_round__state__in=UNSEEN)


@register
class QuotaCellRegister(Register[QuotaCell]):
    """分配名额表。一行是一所高中给一所初中的名额，和它按比例应得的准确数。"""

    slug = "quotatable"
    chapter = "compulsory"
    model = QuotaCell
    area = "area"
    school = "junior"
    writers = EXAMINERS
    policy = CITY_KEEPS
    fields = (
        F("quota_round", LIST | FILTER | PUBLIC | FIXED),
        F("senior", LIST | FILTER | PUBLIC | FIXED),
        F("junior", LIST | FILTER | PUBLIC | FIXED),
        F("area", FILTER | PUBLIC | FIXED),
        F("places", LIST | PUBLIC | FIXED),
        F("exact", LIST | PUBLIC | FIXED),
        F("raised", PUBLIC | FIXED),
    )

    def public_rows(self, queryset: "QuerySet[QuotaCell]") -> "QuerySet[QuotaCell]":
        return queryset.exclude(quota_round__state__in=UNSEEN)


@register
class QuotaCandidateRegister(Register[QuotaCandidate]):
    """分配生资格名单。一行是一名应届毕业生：学籍史说明他是否连续三年在本校；成绩由招办导入，不由学校填写。"""

    slug = "quotacandidates"
    chapter = "compulsory"
    model = QuotaCandidate
    area = "area"
    school = "school"
    writers = EXAMINERS
    policy = CITY_KEEPS
    joins = ("pupil",)
    fields = (
        F("number", KEY | LIST | SEARCH, headings=("准考证号",)),
        F("quota_round", FILTER | FIXED, headings=("批次代码",)),
        F("pupil", LIST | SENSITIVE | FIXED),
        F("school", LIST | FILTER | FIXED),
        F("area", FILTER | FIXED),
        F("found", LIST | FILTER | FIXED),
        F("there_since", LIST | FIXED),
        F("score", SENSITIVE, headings=("总分", "分数")),
        F("subjects", SENSITIVE, headings=("科目次序",)),
        F("first", SENSITIVE, headings=("志愿1", "一志愿")),
        F("second", SENSITIVE, headings=("志愿2", "二志愿")),
        F("third", SENSITIVE, headings=("志愿3", "三志愿")),
        F("fourth", SENSITIVE, headings=("志愿4", "四志愿")),
        F("fifth", SENSITIVE, headings=("志愿5", "五志愿")),
        F("sixth", SENSITIVE, headings=("志愿6", "六志愿")),
    )


@register
class QuotaObjectionRegister(Register[QuotaObjection]):
    """资格异议。一行是公示期内对一名考生资格的一条异议和它的核查结论。"""

    slug = "quotaobjections"
    chapter = "compulsory"
    model = QuotaObjection
    area = "area"
    school = "school"
    writers = EXAMINERS | {Role.COUNTY_OFFICER, Role.PRINCIPAL}
    policy = CITY_KEEPS
    fields = (
        F("candidate", LIST | FIXED),
        F("school", LIST | FILTER | FIXED),
        F("area", FILTER | FIXED),
        F("words", LIST | FIXED),
        F("raised_on", LIST | FIXED),
        F("raised_by", FIXED),
        F("state", LIST | FILTER | FIXED),
        F("answer", FIXED),
        F("decided_on", FIXED),
        F("decided_by", FIXED),
    )


@register
class QuotaResultRegister(Register[QuotaResult]):
    """高中录取结果。一行是一名考生在一次计算中的去向；理由逐个志愿写在考生的页面上。"""

    slug = "quotaresults"
    chapter = "compulsory"
    model = QuotaResult
    area = "area"
    school = "junior"
    writers = EXAMINERS
    policy = CITY_KEEPS
    fields = (
        F("run", LIST | FILTER | FIXED),
        F("candidate", LIST | FIXED),
        F("junior", LIST | FILTER | FIXED),
        F("area", FILTER | FIXED),
        F("school", LIST | FILTER | FIXED),
        F("came", LIST | FILTER | FIXED),
    )
