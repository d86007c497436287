"""Waters, their wardens and checks; inspections in three levels."""

from junheng.kernel.datasets import Column, Table

LEVELS = ("township", "county")


class Waters(Table, name="waters", label="风险水域"):
    """One row is one water near which children could drown."""

    code = Column("string", "水域编号")
    name = Column("string", "名称")
    area = Column("string", "所在乡镇")
    risk = Column("string", "风险等级", one_of=("high", "medium", "low"))
    since = Column("date", "列入日")
    until = Column("date", "移出日", null=True)


class Assignments(Table, name="assignments", label="水域责任分工"):
    """One row gives one person of one level the charge of one water."""

    water = Column("int64", "水域")
    person = Column("int64", "责任人")
    area = Column("string", "所在乡镇")
    level = Column("string", "责任层级", one_of=LEVELS)
    since = Column("date", "起始日")
    until = Column("date", "终止日", null=True)


class Checks(Table, name="checks", label="水域暗访检查"):
    """One row is one unannounced check of one water by one person."""

    water = Column("int64", "水域")
    person = Column("int64", "检查人")
    area = Column("string", "所在乡镇")
    level = Column("string", "责任层级", one_of=LEVELS)
    checked_at = Column("datetime", "检查时间")
    hazard = Column("string", "发现问题", null=True)


class Rounds(Table, name="rounds", label="督导检查轮次"):
    """One row is one round of safety inspection opened by the city."""

    code = Column("string", "轮次编号")
    title = Column("string", "名称")
    area = Column("string", "发起区划")
    opened_on = Column("date", "启动日")
    closed_on = Column("date", "结束日", null=True)


class Inspections(Table, name="inspections", label="督导检查记录"):
    """One row is one inspection of one school in one round at one of three levels."""

    round = Column("int64", "轮次")
    school = Column("int64", "学校")
    area = Column("string", "学校所在区划")
    level = Column("string", "层级", one_of=("self", "county", "city"))
    by_area = Column("string", "检查方区划", null=True)
    done_on = Column("date", "检查日")
    findings = Column("int64", "发现问题数")
    remedied = Column("int64", "已整改数")
