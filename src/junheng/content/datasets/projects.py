"""Plans and building projects."""

from junheng.kernel.datasets import Column, Table

PROGRAMMES = ("kg_building", "school_building", "weak_link", "rural_repair", "sports_ground")
PROJECT_KINDS = ("new", "rebuild", "extend", "reclaim", "repair", "equip", "upgrade")


class Plans(Table, name="plans", label="规划与计划"):
    """One row is one version of one plan of the city or of a county."""

    code = Column("string", "规划编号")
    title = Column("string", "名称")
    kind = Column("string", "类别", one_of=("school_building", "county_preschool", "county_groups", "layout"))
    area = Column("string", "编制单位区划")
    from_year = Column("int64", "起始年份")
    to_year = Column("int64", "目标年份")
    since = Column("date", "生效日")
    until = Column("date", "失效日", null=True)


class PlanItems(Table, name="planitems", label="规划项目清单"):
    """One row is one school on the list of one plan."""

    plan = Column("int64", "规划")
    school = Column("int64", "学校")
    area = Column("string", "所在区划")
    due_on = Column("date", "计划完成日")


class Projects(Table, name="projects", label="建设项目"):
    """One row is one project. Done means accepted: ``accepted_on`` is the day of the acceptance record."""

    code = Column("string", "项目编号")
    name = Column("string", "项目名称")
    area = Column("string", "所在区划")
    programme = Column("string", "专项", one_of=PROGRAMMES)
    kind = Column("string", "建设性质", one_of=PROJECT_KINDS)
    kindergarten = Column("int64", "幼儿园", null=True)
    school = Column("int64", "学校", null=True)
    started_on = Column("date", "开工日", null=True)
    accepted_on = Column("date", "竣工验收日", null=True)
    cancelled_on = Column("date", "取消日", null=True)
    places_before = Column("int64", "建设前学位")
    places_after = Column("int64", "建设后学位")
