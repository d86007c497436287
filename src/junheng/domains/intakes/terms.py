"""Words of an admission plan."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IntakeState(TextChoices):
    """How far an admission is. Days open and close it; what was frozen is never open again."""

    DRAFT = "draft", _("编制中")
    PUBLISHED = "published", _("已公布")
    CLOSED = "closed", _("已截止并封存名单")
    DRAWN = "drawn", _("已产生派位号")
    COMPUTED = "computed", _("已计算待发布")
    RELEASED = "released", _("已发布结果")


class VersionState(TextChoices):
    """How far a version of a plan is."""

    DRAFT = "draft", _("起草中")
    PUBLISHED = "published", _("现行")
    SUPERSEDED = "superseded", _("已被新版本取代")


class Hash(TextChoices):
    """杂凑算法 of lists and draws."""

    SM3 = "sm3", "SM3"
    SHA256 = "sha256", "SHA-256"


class Circumstance(TextChoices):
    """What a family states about a child, and has to show evidence of (``standards.md`` 3.2 and 3.3)."""

    HOUSEHOLD = "household", _("户籍在片区内")
    PROPERTY = "property", _("房产在片区内")
    HOUSEHOLD_OF_KIN = "kin", _("户主与产权人为父母或祖（外祖）父母")
    NO_TRANSFER = "no_transfer", _("有房但户口因客观原因不能迁入")
    RESIDENCE = "residence", _("在片区内实际居住")
    PERMIT = "permit", _("父母持有居住证")
    WORK = "work", _("父母在本地务工或经商")
    PREFERRED = "preferred", _("政策优待对象")
    SIBLING = "sibling", _("哥哥姐姐在该校就读")
    DIRECT = "direct", _("在该校小学部就读（直升）")
    TWINS = "twins", _("双（多）胞胎同校")


class Who(TextChoices):
    """Who may take a seat of a group."""

    ANYBODY = "anybody", _("全体报名儿童")
    CATCHMENT = "catchment", _("片区内儿童")
    MIGRANT = "migrant", _("随迁子女")
    PREFERRED = "preferred", _("政策优待对象")
    SIBLING = "sibling", _("哥哥姐姐在校的儿童")
    DIRECT = "direct", _("本校直升")


class Ties(TextChoices):
    """What a group does with children of equal rank who do not all fit; as in ``kernel.matching``."""

    STRICT = "strict", _("严格按派位号")
    ADMIT = "admit", _("末位并列全部录取（捆绑多胞胎同时录取）")
    REJECT = "reject", _("末位并列均不录取")


class Parity(TextChoices):
    """Which house numbers of a street."""

    ALL = "all", _("全部门牌")
    ODD = "odd", _("单号")
    EVEN = "even", _("双号")
