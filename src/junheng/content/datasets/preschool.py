"""Kindergartens, their nature in time, their recognition and their children."""

from junheng.kernel.datasets import Column, Table


class Kindergartens(Table, name="kindergartens", label="幼儿园名录"):
    """One row is one kindergarten while it is open; who runs it is said, by time, in ``natures``."""

    code = Column("string", "学校标识码")
    name = Column("string", "园名")
    area = Column("string", "所在区划")
    location = Column("string", "城乡分类", one_of=("urban", "town", "rural"))
    capacity = Column("int64", "核定学位")
    since = Column("date", "设立日")
    until = Column("date", "停办日", null=True)


class Natures(Table, name="natures", label="办园性质"):
    """One row says that a kindergarten was public or private from one day to another."""

    kindergarten = Column("int64", "幼儿园")
    area = Column("string", "所在区划")
    nature = Column("string", "性质", one_of=("public", "private"))
    since = Column("date", "起始日")
    until = Column("date", "终止日", null=True)


class Recognitions(Table, name="recognitions", label="普惠性民办园认定"):
    """One row is one application for recognition as inclusive, and while it holds if it was recognised."""

    kindergarten = Column("int64", "幼儿园")
    area = Column("string", "所在区划")
    kind = Column("string", "类别", one_of=("first", "renewal"))
    decision = Column("string", "决定", one_of=("pending", "recognised", "rejected"))
    applied_on = Column("date", "申报日")
    decided_on = Column("date", "决定日", null=True)
    since = Column("date", "生效日", null=True)
    until = Column("date", "失效日", null=True)
    ended_by = Column("string", "终止原因", null=True, one_of=("renewed", "withdrawn", "closed", "converted"))


class Children(Table, name="children", label="在园幼儿"):
    """One row is one child in one kindergarten from one day to another."""

    kindergarten = Column("int64", "幼儿园")
    area = Column("string", "所在区划")
    grade = Column("string", "班级类型", one_of=("small", "middle", "big"))
    since = Column("date", "入园日")
    until = Column("date", "离园日", null=True)


class Censuses(Table, name="censuses", label="幼儿园年度统计"):
    """One row is what one kindergarten reported at the statistics date of one year, frozen then."""

    kindergarten = Column("int64", "幼儿园")
    area = Column("string", "所在区划")
    year = Column("int64", "统计年度")
    counted_on = Column("date", "统计时点")
    nature = Column("string", "性质", one_of=("public", "private"))
    inclusive = Column("bool", "普惠性民办")
    children = Column("int64", "在园幼儿数")


class Subsidies(Table, name="subsidies", label="普惠园生均补助发放"):
    """One row is one subsidy owed to one kindergarten for one year, and what was paid of it."""

    kindergarten = Column("int64", "幼儿园")
    area = Column("string", "所在区划")
    year = Column("int64", "年度")
    heads = Column("int64", "享受人数")
    owed_fen = Column("int64", "应补金额（分）")
    paid_fen = Column("int64", "已补金额（分）")
    paid_on = Column("date", "拨付日", null=True)
