"""Which fields of files, rules, works and questions show where. What deeds write nobody edits."""

from junheng.domains.schemes.registers import OFFICES, TAKE_PART
from junheng.domains.works.models import Attachment, AttachmentRule, ContestRule, Likeness, Work
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    CITY_KEEPS,
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    LIST,
    SCHOOL_KEEPS,
    SEARCH,
    F,
    Register,
    register,
)

REVIEWING = TAKE_PART - {Role.PRINCIPAL}


@register
class AttachmentRuleRegister(Register[AttachmentRule]):
    """申报附件要求。一行是一个评选类别要的一种附件：用途、文件形式、至少至多几件；方案发布后封存。"""

    slug = "attachmentrules"
    model = AttachmentRule
    area = "area"
    readers = REVIEWING
    writers = OFFICES
    policy = CITY_KEEPS
    fields = (
        F("category", LIST | FILTER, headings=("评选类别",)),
        F("area", FILTER, headings=("区划",)),
        F("purpose", LIST | FILTER),
        F("form", LIST | FILTER),
        F("least", LIST),
        F("most", LIST),
    )


@register
class ContestRuleRegister(Register[ContestRule]):
    """作品评奖规则。一行是一个类别的奖次数、上报名额和是否公开展示；全部评完后在这里排定名次。"""

    slug = "contestrules"
    model = ContestRule
    area = "area"
    readers = REVIEWING
    writers = OFFICES
    policy = CITY_KEEPS
    joins = ("category__scheme",)
    fields = (
        F("category", LIST | FILTER, headings=("评选类别",)),
        F("area", LIST | FILTER, headings=("区划",)),
        F("first", LIST),
        F("second", LIST),
        F("third", LIST),
        F("forward", LIST),
        F("shown"),
        F("ranked_on", LIST | FIXED),
        F("ranked_by", FIXED),
        F("digest", FIXED),
    )


@register
class AttachmentRegister(Register[Attachment]):
    """申报附件。一行是随申报交来的一个文件，加密保存；查看留痕，保存期满销毁密钥。"""

    slug = "attachments"
    model = Attachment
    area = "area"
    school = "school"
    kindergarten = "application__kindergarten"
    readers = TAKE_PART | {Role.KINDERGARTEN}
    writers = OFFICES | {Role.PRINCIPAL, Role.KINDERGARTEN}
    policy = SCHOOL_KEEPS
    joins = ("application__category__scheme",)
    fields = (
        F("application", LIST | FIXED),
        F("number", LIST | FIXED),
        F("purpose", LIST | FILTER | FIXED),
        F("form", FILTER | FIXED),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("school", FIXED),
        F("media", FIXED),
        F("size", LIST | FIXED),
        F("letters", FIXED),
        F("children", FIXED),
        F("digest", FIXED),
        F("kept_at", LIST | FIXED),
        F("kept_by", FIXED),
    )


@register
class WorkRegister(Register[Work]):
    """参评作品。一行是一件作品：题目、组别、指导教师，评完后有总分、名次和奖次。"""

    slug = "works"
    model = Work
    area = "area"
    school = "school"
    readers = REVIEWING
    writers = OFFICES
    policy = SCHOOL_KEEPS
    joins = ("application__category__scheme",)
    fields = (
        F("application", LIST | FIXED),
        F("title", LIST | SEARCH | FIXED),
        F("age_group", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("school", FIXED),
        F("tutor", FIXED),
        F("total", LIST | FIXED),
        F("place", LIST | FIXED),
        F("prize", LIST | FILTER | FIXED),
        F("drawn", FIXED),
        F("forwarded", LIST | FILTER | FIXED),
    )


@register
class LikenessRegister(Register[Likeness]):
    """作品相似疑问。一行是两件作品的相似之处，只是疑问，不是结论；由审核人员对照后写明情况。"""

    slug = "likenesses"
    model = Likeness
    area = "area"
    readers = REVIEWING
    writers = OFFICES
    policy = COUNTY_KEEPS
    joins = ("one__application__category__scheme", "other__application__category__scheme")
    fields = (
        F("one", LIST | FIXED),
        F("other", LIST | FIXED),
        F("area", LIST | FILTER | FIXED, headings=("区划",)),
        F("alike", LIST | FILTER | FIXED),
        F("letters", LIST | FIXED),
        F("share", FIXED),
        F("signs", FIXED),
        F("found_on", LIST | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("answer", FIXED),
        F("answered_by", FIXED),
        F("answered_on", FIXED),
    )
