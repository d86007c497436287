"""Training institutions, unlicensed ones, documents, programmes and titles."""

from junheng.kernel.datasets import Column, Table


class Institutions(Table, name="institutions", label="校外培训机构"):
    """One row is one licensed institution while its licence holds."""

    code = Column("string", "许可证编号")
    name = Column("string", "机构名称")
    area = Column("string", "所在区划")
    kind = Column("string", "类别", one_of=("subject", "non_subject"))
    since = Column("date", "许可生效日")
    until = Column("date", "许可失效日", null=True)


class Cases(Table, name="cases", label="校外培训案件"):
    """One row is one case. ``site`` is the same for the same place and operator, whatever the name on the door."""

    code = Column("string", "案件编号")
    site = Column("string", "查处对象编号")
    area = Column("string", "所在区划")
    kind = Column("string", "案由", one_of=("unlicensed", "overtime", "fees"))
    state = Column("string", "状态", one_of=("tip", "investigating", "decided", "closed", "unfounded"))
    opened_on = Column("date", "立案日")
    decided_on = Column("date", "处理决定日", null=True)


class Documents(Table, name="documents", label="文件"):
    """One row is one document of the bureau, the city or above."""

    code = Column("string", "文件编号")
    title = Column("string", "标题")
    area = Column("string", "制发区划")
    topic = Column(
        "string",
        "主题",
        one_of=(
            "preschool",
            "school_building",
            "mental_health",
            "safety",
            "layout",
            "fees",
            "warning",
            "other",
        ),
    )
    issued_on = Column("date", "印发日")


class Issuers(Table, name="issuers", label="联合印发单位"):
    """One row is one department that issued one document."""

    document = Column("int64", "文件")
    area = Column("string", "区划")
    position = Column("int64", "序号")
    department = Column("string", "部门")


class Annexes(Table, name="annexes", label="文件附件"):
    """One row is one annex of one document."""

    document = Column("int64", "文件")
    area = Column("string", "区划")
    position = Column("int64", "序号")
    title = Column("string", "标题")
    kind = Column("string", "类别", one_of=("work_plan", "form", "list"))


class Promotions(Table, name="promotions", label="上级推广"):
    """One row is one occasion on which somebody above made the bureau's practice known."""

    area = Column("string", "区划")
    publisher = Column("string", "推广单位")
    level = Column("string", "级别", one_of=("province", "nation", "city"))
    published_on = Column("date", "发布日")


class Strands(Table, name="strands", label="工作任务分项"):
    """One row is one strand of a programme of work, such as one of the five managements."""

    area = Column("string", "区划")
    programme = Column("string", "工作", one_of=("double_reduction", "five_managements", "inspection_levels"))
    position = Column("int64", "序号")
    name = Column("string", "名称")
    since = Column("date", "生效日")
    until = Column("date", "失效日", null=True)


TITLE_NAMES = (
    "demonstration_school",
    "feature_school",
    "quality_group",
    "group_reform_pilot",
    "safe_campus",
    "civilised_campus",
    "other",
)


class Titles(Table, name="titles", label="荣誉称号"):
    """One row is one title held by one school, one group (through it) or one county."""

    name = Column("string", "称号", one_of=TITLE_NAMES)
    level = Column("string", "级别", one_of=("province", "city", "county"))
    batch = Column("int64", "批次")
    area = Column("string", "所在区划")
    school = Column("int64", "学校", null=True)
    group = Column("int64", "集团", null=True)
    awarded_on = Column("date", "授予日")
    revoked_on = Column("date", "撤销日", null=True)


class Grants(Table, name="grants", label="奖补资金"):
    """One row is one grant that came with one title."""

    title = Column("int64", "称号")
    area = Column("string", "所在区划")
    amount_fen = Column("int64", "金额（分）")
    granted_on = Column("date", "下达日")
    paid_on = Column("date", "拨付日", null=True)
