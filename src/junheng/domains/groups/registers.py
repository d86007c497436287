"""Which fields of groups, pairs and what was done in them show where. The list of weak schools is for county and city sections only."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.groups import Groups, Members, Pairs, WeakSchools
from junheng.domains.groups.models import (
    GroupMember,
    HelpAction,
    KindergartenMember,
    Pair,
    SchoolGroup,
    WeakProgress,
    WeakSchool,
)
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
LISTED = Policy(Owner.COUNTY, Level.CITY, why=_("列入或移出薄弱学校清单：县（市、区）提出，市局核定。"))
OFFICES = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
"""Who sees the list of weak schools at all: not the schools, and nobody without a login."""


@register
class SchoolGroupRegister(Register[SchoolGroup]):
    """教育集团。一行是一个集团；合并、拆分、解散由相应业务办理，原集团和成员的历史都保留。"""

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
        F("split_from", FIXED | PUBLIC, headings=("分出自集团编号",)),
        F("end_number", FIXED | PUBLIC),
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
    new_rows = AGREED
    fields = (
        F("group", LIST | FILTER, headings=("集团编号", "集团名称")),
        F("school", LIST | SEARCH | FILTER, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("role", LIST | FILTER, headings=("成员角色",), by=AGREED),
        F("mode", FILTER, headings=("模式",), by=AGREED),
        F("reason", FILTER, by=AGREED),
        F("since", LIST, headings=("加入日期",), by=AGREED),
        F("until", LIST, headings=("退出日期",), by=AGREED),
    )


@register
class KindergartenMemberRegister(Register[KindergartenMember]):
    """集团成员园。一行是一所幼儿园在一个幼儿园集团里的一段时间，由集团页面的「幼儿园加入」登记，退出时写明退出日。"""

    slug = "kindergartenmembers"
    chapter = "preschool"
    model = KindergartenMember
    area = "area"
    kindergarten = "kindergarten"
    since = "since"
    until = "until"
    writers = OFFICES
    policy = COUNTY_KEEPS
    fields = (
        F("group", LIST | FILTER | FIXED),
        F("kindergarten", LIST | SEARCH | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("role", LIST | FILTER | FIXED),
        F("mode", LIST | FILTER | FIXED),
        F("reason", FILTER | FIXED),
        F("since", LIST | FIXED),
        F("until", LIST | FIXED),
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
    new_rows = AGREED
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("协议编号",)),
        F(
            "helper",
            LIST | SEARCH | FILTER,
            headings=("帮扶学校标识码", "帮扶学校名称", "支援学校"),
            by=AGREED,
        ),
        F("helped", LIST | SEARCH | FILTER, headings=("受援学校标识码", "受援学校名称"), by=AGREED),
        F("area", LIST | FILTER, headings=("区划",)),
        F("mode", FILTER, headings=("帮扶模式",), by=AGREED),
        F("reason", FILTER, by=AGREED),
        F("since", LIST, headings=("结对日期",), by=AGREED),
        F("until", LIST, headings=("终止日期",), by=AGREED),
    )


@register
class WeakSchoolRegister(Register[WeakSchool]):
    """薄弱学校清单。一行是一所学校列入清单的一段时间，只用于安排帮扶；不公开，也不向学校公布。列入和移出由县（市、区）提出、市局核定。"""

    slug = "weakschools"
    chapter = "compulsory"
    title = "薄弱学校清单"
    model = WeakSchool
    area = "area"
    school = None
    since = "since"
    until = "until"
    readers = OFFICES
    writers = OFFICES
    fulfils = WeakSchools
    policy = COUNTY_KEEPS
    new_rows = LISTED
    fields = (
        F("school", LIST | SEARCH | FILTER, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("short_of_teachers", FILTER, by=LISTED),
        F("losing_pupils", FILTER, by=LISTED),
        F("poor_equipment", FILTER, by=LISTED),
        F("poor_teaching", FILTER, by=LISTED),
        F("poor_management", FILTER, by=LISTED),
        F("reason", headings=("原因",), by=LISTED),
        F("since", LIST, headings=("列入日期",), by=LISTED),
        F("until", LIST, headings=("移出日期",), by=LISTED),
    )


@register
class WeakProgressRegister(Register[WeakProgress]):
    """薄弱学校进展。一行是一所学校一个学期就一条列入标准做了什么、是否改善；在清单的页面上登记，与清单一样不公开。"""

    slug = "weakprogress"
    chapter = "compulsory"
    model = WeakProgress
    area = "area"
    readers = OFFICES
    writers = OFFICES
    policy = COUNTY_KEEPS
    joins = ("weak__school",)
    fields = (
        F("weak", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("term", LIST | FIXED),
        F("criterion", LIST | FILTER | FIXED),
        F("what", LIST | FIXED),
        F("mended", LIST | FILTER | FIXED),
        F("noted_on", FIXED),
    )


@register
class HelpActionRegister(Register[HelpAction]):
    """帮扶行动。一行是一所学校为结对或同集团的另一所学校做的一件事；帮扶学校登记，受援学校确认或提出异议，确认后才算数。"""

    slug = "helpactions"
    chapter = "compulsory"
    model = HelpAction
    area = "area"
    school = "taker"
    goes_with_unit = False
    policy = COUNTY_KEEPS
    order = ("-on",)
    joins = ("member__group", "member__school", "pair__helper", "pair__helped")
    fields = (
        F("giver", LIST | FILTER | FIXED),
        F("taker", LIST | SEARCH | FILTER | FIXED),
        F("area", FILTER | FIXED),
        F("kind", LIST | FILTER | FIXED),
        F("on", LIST | FILTER | FIXED),
        F("people", LIST | FIXED),
        F("what", FIXED),
        F("state", LIST | FILTER | FIXED),
        F("pair", FIXED),
        F("member", FIXED),
        F("written_on", FIXED),
        F("written_by", FIXED),
        F("answer_by", FIXED),
        F("answered_on", FIXED),
        F("answered_by", FIXED),
        F("answer", FIXED),
    )
