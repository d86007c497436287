"""The published page: article, versions and sign-off."""

from junheng.kernel.datasets import Column, Table


class Articles(Table, name="articles", label="发布稿件"):
    """One row is one article as published on the bureau's page."""

    title = Column("string", "标题")
    area = Column("string", "区划")
    updated_at = Column("datetime", "更新时间")
    state = Column("string", "状态", one_of=("draft", "published", "withdrawn"))


class Renderings(Table, name="renderings", label="稿件版式"):
    """One row is one rendering (web, print, phone) of one article with the digest of its text."""

    article = Column("int64", "稿件")
    area = Column("string", "区划")
    medium = Column("string", "版式", one_of=("web", "print", "phone"))
    digest = Column("string", "正文摘要")


class SignOffs(Table, name="signoffs", label="签发记录"):
    """One row is one person's sign-off of one version of one article in one role."""

    article = Column("int64", "稿件")
    area = Column("string", "区划")
    role = Column(
        "string",
        "岗位",
        one_of=("duty_chief", "planner", "managing_editor", "reviewer", "editor", "proofreader"),
    )
    person = Column("int64", "签发人")
    digest = Column("string", "签发版本摘要")
    signed_at = Column("datetime", "签发时间")
