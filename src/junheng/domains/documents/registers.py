"""Which fields of documents show where."""

from junheng.content.datasets.governance import Annexes, Documents, Issuers, Promotions, Strands
from junheng.domains.documents.models import Annex, Document, Issuer, Promotion, Strand
from junheng.platform.registers import CITY_KEEPS, FILTER, KEY, LIST, PUBLIC, SEARCH, F, Register, register


@register
class DocumentRegister(Register[Document]):
    """文件。一行是一份市局、市或上级印发的文件。"""

    slug = "documents"
    chapter = "office"
    model = Document
    area = "area"
    fulfils = Documents
    found_anywhere = True
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("编号",)),
        F("number", LIST | SEARCH | PUBLIC, headings=("发文字号",)),
        F("title", LIST | SEARCH | PUBLIC, headings=("文件标题", "文件名称")),
        F("area", FILTER | PUBLIC, headings=("区划",)),
        F("topic", LIST | FILTER | PUBLIC, headings=("文件主题",)),
        F("issued_on", LIST | PUBLIC, headings=("印发日期", "成文日期")),
    )


@register
class IssuerRegister(Register[Issuer]):
    """联合印发单位。一行是一份文件的一个印发单位，按文件上的次序。"""

    slug = "issuers"
    chapter = "office"
    model = Issuer
    area = "area"
    fulfils = Issuers
    order = ("document_id", "position")
    policy = CITY_KEEPS
    fields = (
        F("document", LIST | FILTER | PUBLIC, headings=("文件编号",)),
        F("area", FILTER | PUBLIC),
        F("position", LIST | PUBLIC, headings=("次序",)),
        F("department", LIST | SEARCH | PUBLIC, headings=("印发单位", "单位")),
    )


@register
class AnnexRegister(Register[Annex]):
    """文件附件。一行是一份文件的一个附件。"""

    slug = "annexes"
    chapter = "office"
    model = Annex
    area = "area"
    fulfils = Annexes
    order = ("document_id", "position")
    policy = CITY_KEEPS
    fields = (
        F("document", LIST | FILTER | PUBLIC, headings=("文件编号",)),
        F("area", FILTER | PUBLIC),
        F("position", LIST | PUBLIC, headings=("次序",)),
        F("title", LIST | SEARCH | PUBLIC, headings=("附件名称",)),
        F("kind", LIST | FILTER | PUBLIC, headings=("附件类别",)),
    )


@register
class PromotionRegister(Register[Promotion]):
    """上级推广。一行是上级或媒体一次推广本市做法。"""

    slug = "promotions"
    chapter = "office"
    model = Promotion
    area = "area"
    fulfils = Promotions
    policy = CITY_KEEPS
    fields = (
        F("title", LIST | SEARCH, headings=("内容",)),
        F("area", FILTER),
        F("publisher", LIST | SEARCH, headings=("发布单位",)),
        F("level", LIST | FILTER, headings=("推广级别",)),
        F("published_on", LIST, headings=("发布日期",)),
    )


@register
class StrandRegister(Register[Strand]):
    """工作任务分项。一行是一项工作的一个分项，如「五项管理」之一。"""

    slug = "strands"
    chapter = "office"
    model = Strand
    area = "area"
    since = "since"
    until = "until"
    fulfils = Strands
    policy = CITY_KEEPS
    fields = (
        F("area", FILTER),
        F("programme", LIST | FILTER, headings=("工作名称",)),
        F("position", LIST, headings=("次序",)),
        F("name", LIST | SEARCH, headings=("分项名称",)),
        F("since", LIST, headings=("生效日期",)),
        F("until", headings=("失效日期",)),
    )
