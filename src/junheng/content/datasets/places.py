"""Areas, people and schools: the registers everything else points at."""

from junheng.kernel.datasets import Column, Table


class Areas(Table, name="areas", label="行政区划"):
    """One row is one unit: the city (4108), a county-level unit (6 digits) or a township or street (9 digits)."""

    code = Column("string", "区划代码")
    name = Column("string", "名称")
    kind = Column("string", "层级", one_of=("city", "county", "township"))
    city_centre = Column("bool", "中心城区")


class People(Table, name="people", label="责任人名册"):
    """One row is one official with duties: never a pupil, never a parent."""

    code = Column("string", "人员编号")
    area = Column("string", "所属区划")
    post = Column("string", "职务")
    since = Column("date", "任职日")
    until = Column("date", "离任日", null=True)


STAGES = ("primary", "junior", "senior")
SCHOOL_KINDS = ("primary", "junior", "nine_year", "twelve_year", "senior", "vocational", "special")


class Schools(Table, name="schools", label="学校名录"):
    """One row is one school. 中小学校 are the kinds primary, junior, nine_year, twelve_year and senior."""

    code = Column("string", "学校标识码")
    name = Column("string", "校名")
    area = Column("string", "所在区划")
    kind = Column("string", "办学类型", one_of=SCHOOL_KINDS)
    nature = Column("string", "办学性质", one_of=("public", "private"))
    location = Column("string", "城乡分类", one_of=("urban", "town", "rural"))
    boarding = Column("bool", "寄宿制")
    since = Column("date", "设立日")
    until = Column("date", "撤销日", null=True)


class Classes(Table, name="classes", label="班级"):
    """One row is one teaching class of one school while it exists."""

    school = Column("int64", "学校")
    area = Column("string", "所在区划")
    stage = Column("string", "学段", one_of=STAGES)
    grade = Column("int64", "年级（1–12）")
    number = Column("int64", "班号")
    since = Column("date", "开班日")
    until = Column("date", "结班日", null=True)
