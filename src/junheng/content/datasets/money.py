"""Student aid, loans and per-pupil funds."""

from junheng.content.datasets.places import STAGES
from junheng.kernel.datasets import Column, Table

AID_SCHEMES = ("living", "senior_grant", "fee_waiver", "preschool", "nutrition")


class Eligibilities(Table, name="eligibilities", label="资助对象认定"):
    """One row says that one pupil is entitled to one scheme in one term."""

    pupil = Column("int64", "学生")
    area = Column("string", "学校所在区划")
    scheme = Column("string", "资助项目", one_of=AID_SCHEMES)
    term = Column("string", "学期")
    found_on = Column("date", "认定日")


class Waivers(Table, name="waivers", label="自愿放弃资助"):
    """One row is one signed waiver of one family for one scheme and term."""

    pupil = Column("int64", "学生")
    area = Column("string", "学校所在区划")
    scheme = Column("string", "资助项目", one_of=AID_SCHEMES)
    term = Column("string", "学期")
    signed_on = Column("date", "签字日")


class Payments(Table, name="payments", label="资助发放"):
    """One row is one payment of one scheme to one pupil for one term."""

    pupil = Column("int64", "学生")
    area = Column("string", "学校所在区划")
    scheme = Column("string", "资助项目", one_of=AID_SCHEMES)
    term = Column("string", "学期")
    amount_fen = Column("int64", "金额（分）")
    paid_on = Column("date", "发放日")
    returned_on = Column("date", "退回日", null=True)


class Loans(Table, name="loans", label="信用助学贷款合同"):
    """One row is one loan contract; a renewal is a contract of its own."""

    code = Column("string", "合同编号")
    area = Column("string", "受理区划")
    kind = Column("string", "类别", one_of=("first", "renewal"))
    amount_fen = Column("int64", "金额（分）")
    signed_on = Column("date", "签订日")
    cancelled_on = Column("date", "作废日", null=True)


class Entitlements(Table, name="entitlements", label="生均公用经费核定"):
    """One row is what one school is due for one stage and term, from the frozen roll and the rates of that term."""

    school = Column("int64", "学校")
    area = Column("string", "所在区划")
    stage = Column("string", "学段", one_of=STAGES)
    term = Column("string", "学期")
    heads = Column("int64", "学生数")
    boarders = Column("int64", "寄宿生数")
    amount_fen = Column("int64", "核定金额（分）")
