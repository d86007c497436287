"""School groups, pairs, and the schools they help."""

from junheng.kernel.datasets import Column, Table


class Groups(Table, name="groups", label="教育集团"):
    """One row is one group of schools (or of kindergartens) while it exists."""

    code = Column("string", "集团编号")
    name = Column("string", "集团名称")
    area = Column("string", "所在区划")
    kind = Column("string", "类别", one_of=("compulsory", "kindergarten"))
    since = Column("date", "成立日")
    until = Column("date", "终止日", null=True)
    merged_into = Column("int64", "并入集团", null=True)


class Members(Table, name="members", label="集团成员"):
    """One row is one school's place in one group."""

    group = Column("int64", "集团")
    school = Column("int64", "学校")
    area = Column("string", "所在区划")
    role = Column("string", "角色", one_of=("lead", "member"))
    since = Column("date", "加入日")
    until = Column("date", "退出日", null=True)


class Pairs(Table, name="pairs", label="结对帮扶"):
    """One row is one helping school and one helped school."""

    helper = Column("int64", "帮扶学校")
    helped = Column("int64", "受援学校")
    area = Column("string", "受援学校区划")
    since = Column("date", "结对日")
    until = Column("date", "终止日", null=True)


class WeakSchools(Table, name="weakschools", label="薄弱学校清单"):
    """One row says that a school is listed as weak from one day to another. The list is never public."""

    school = Column("int64", "学校")
    area = Column("string", "所在区划")
    since = Column("date", "列入日")
    until = Column("date", "移出日", null=True)
