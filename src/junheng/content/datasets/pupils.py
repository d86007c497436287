"""Households and pupils: personal data stay in the register; the contract holds what figures need."""

from junheng.content.datasets.places import STAGES
from junheng.kernel.datasets import Column, Table


class Households(Table, name="households", label="学生家庭"):
    """One row is one household with at least one pupil or child."""

    area = Column("string", "户籍区划")


class Pupils(Table, name="pupils", label="在校学生"):
    """One row is one pupil on the roll of one school and class from one day to another."""

    household = Column("int64", "家庭")
    school = Column("int64", "学校")
    school_class = Column("int64", "班级")
    area = Column("string", "学校所在区划")
    home_area = Column("string", "户籍区划")
    stage = Column("string", "学段", one_of=STAGES)
    grade = Column("int64", "年级（1–12）")
    boarder = Column("bool", "寄宿")
    since = Column("date", "入学日")
    until = Column("date", "离校日", null=True)


class Entrants(Table, name="entrants", label="新生录取"):
    """One row is one child admitted to grade 1 or 7 (or moved in): who, where from, why there."""

    school = Column("int64", "录取学校")
    area = Column("string", "学校所在区划")
    home_area = Column("string", "户籍区划")
    stage = Column("string", "学段", one_of=STAGES)
    grade = Column("int64", "年级")
    term = Column("string", "学期（2023A 秋季 / 2023S 春季）")
    kind = Column("string", "类别", one_of=("new", "transfer"))
    migrant = Column("bool", "随迁子女（材料齐备）")
    admitted_on = Column("date", "录取日")
    arrived = Column("bool", "已报到")
    exception = Column(
        "string", "跨县域合法情形", null=True, one_of=("migrant", "soldier", "moved", "special_school")
    )
    corrected_on = Column("date", "违规纠正日", null=True)
