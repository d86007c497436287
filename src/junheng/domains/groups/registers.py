"""Which fields of groups and pairs show where. The list of weak schools is for county and city sections only."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.groups import Groups, Members, Pairs, WeakSchools
from junheng.domains.groups.models import GroupMember, Pair, SchoolGroup, WeakSchool
from junheng.platform.access.roles import Role
from junheng.platform.registers import (
    COUNTY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    PUBLIC,
    SEARCH,
    F,
    Level,
    Owner,
    Policy,
    Register,
    register,
)

AGREED = Policy(
    Owner.COUNTY, Level.COUNTY, why=_("以县（市、区）教育局批准的集团方案和结对协议为准，学校可以提出。")
)
LISTED = Policy(Owner.COUNTY, Level.CITY, why=_("列入或移出薄弱学校清单的理由，须市局核定。"))


@register
class SchoolGroupRegister(Register[SchoolGroup]):
    """教育集团。一行是一个集团；合并由「集团合并」办理，原集团保留并写明并入何处。"""

    slug = "groups"
    chapter = "compulsory"
    model = SchoolGroup
    area = "area"
    school = "groupmember__school"
    since = "since"
    until = "until"
    fulfils = Groups
    found_anywhere = True
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("集团代码",)),
        F("name", LIST | SEARCH | PUBLIC, headings=("教育集团", "集团"), by=AGREED),
        F("area", LIST | FILTER | PUBLIC, headings=("区划", "县（市、区）")),
        F("kind", LIST | FILTER | PUBLIC, headings=("集团类别",), by=AGREED),
        F("mode", FILTER | PUBLIC, headings=("模式",), by=AGREED),
        F("since", LIST | PUBLIC, headings=("成立日期",)),
        F("until", FIXED | PUBLIC, headings=("终止日期",)),
        F("merged_into", FIXED | PUBLIC, headings=("并入集团编号",)),
    )


@register
class GroupMemberRegister(Register[GroupMember]):
    """集团成员。一行是一所学校在一个集团里的一段时间，牵头或成员。"""

    slug = "members"
    chapter = "compulsory"
    model = GroupMember
    area = "area"
    school = "school"
    since = "since"
    until = "until"
    fulfils = Members
    policy = COUNTY_KEEPS
    fields = (
        F("group", LIST | FILTER, headings=("集团编号", "集团名称")),
        F("school", LIST | SEARCH, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("role", LIST | FILTER, headings=("成员角色",), by=AGREED),
        F("since", LIST, headings=("加入日期",)),
        F("until", LIST, headings=("退出日期",), by=AGREED),
    )


@register
class PairRegister(Register[Pair]):
    """结对帮扶。一行是一所帮扶学校与一所受援学校的一段结对。"""

    slug = "pairs"
    chapter = "compulsory"
    model = Pair
    area = "area"
    school = "helped"
    since = "since"
    until = "until"
    fulfils = Pairs
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("协议编号",)),
        F("helper", LIST | SEARCH, headings=("帮扶学校标识码", "帮扶学校名称", "支援学校"), by=AGREED),
        F("helped", LIST | SEARCH, headings=("受援学校标识码", "受援学校名称"), by=AGREED),
        F("area", LIST | FILTER, headings=("区划",)),
        F("mode", FILTER, headings=("帮扶模式",)),
        F("since", LIST, headings=("结对日期",)),
        F("until", LIST, headings=("终止日期",), by=AGREED),
    )


@register
class WeakSchoolRegister(Register[WeakSchool]):
    """薄弱学校清单。一行是一所学校列入清单的一段时间，只用于安排帮扶；不公开，也不向学校公布。"""

    slug = "weakschools"
    chapter = "compulsory"
    title = "薄弱学校清单"
    model = WeakSchool
    area = "area"
    school = None
    since = "since"
    until = "until"
    readers = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
    writers = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
    fulfils = WeakSchools
    policy = COUNTY_KEEPS
    fields = (
        F("school", LIST | SEARCH, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("reason", headings=("原因",), by=LISTED),
        F("since", LIST, headings=("列入日期",)),
        F("until", LIST, headings=("移出日期",)),
    )
