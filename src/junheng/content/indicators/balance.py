"""义务教育·均衡 — groups, pairs, weak schools and titles."""

from typing import Any

from junheng.content.datasets.governance import Grants, Titles
from junheng.content.datasets.groups import Groups, Members, Pairs, WeakSchools
from junheng.content.datasets.places import Areas
from junheng.content.indicators.cards import chapter
from junheng.kernel.indicators import Count, Kind, Measure, Share, Total, Window

_balance = chapter("compulsory", author="基础教育科", checker="办公室")


def active_groups(groups: Any, at: Any) -> Any:
    """Compulsory groups that exist on the day."""
    return at.holds(groups.filter(groups.kind == "compulsory"))


def supported(groups: Any, members: Any, pairs: Any, at: Any) -> Any:
    """The schools that a group or a helper supports on the day, one column ``school``."""
    helped = at.holds(pairs).select(school="helped")
    inside = at.holds(members.filter(members.role == "member"))
    inside = inside.filter(inside.group.isin(active_groups(groups, at).id)).select("school")
    return inside.union(helped, distinct=True)


def won(titles: Any, name: str, level: str, at: Any) -> Any:
    """Titles of a name and level, awarded in the window and not revoked on the day."""
    rows = titles.filter((titles.name == name) & (titles.level == level) & at.within(titles.awarded_on))
    return rows.filter(rows.revoked_on.isnull() | (rows.revoked_on > at.as_of))


@_balance(
    "groups-77",
    title="义务教育集团数",
    title_en="Compulsory school groups",
    why="数的是合并后的存量，不是新增。",
    kind=Kind.COUNT,
    word="个",
    window=Window.AS_OF,
    reads=(Groups,),
    definition="统计时点存续的义务教育阶段教育集团数；已并入其他集团的不计，幼儿园集团不计。",
    definition_en="Compulsory groups that exist on the day; merged ones and kindergarten groups do not count.",
)
def school_groups(groups: Any, *, at: Any, rule: Any) -> Measure:
    """Stock after merging, not new ones."""
    return Count(active_groups(groups, at), of="groups")


@_balance(
    "pairs-35",
    title="结对帮扶学校对数",
    title_en="Pairs of helping and helped schools",
    why="一所帮扶校和一所受帮扶校是一对。",
    kind=Kind.COUNT,
    word="对",
    window=Window.AS_OF,
    reads=(Pairs,),
    definition="统计时点有效的结对帮扶关系数。",
    definition_en="Pairs that hold on the day.",
)
def school_pairs(pairs: Any, *, at: Any, rule: Any) -> Measure:
    """One helper and one helped school are one pair."""
    return Count(at.holds(pairs), of="pairs")


@_balance(
    "weak-255",
    title="获得帮扶的薄弱学校数",
    title_en="Weak schools that are helped",
    why="按学校去重：既在集团内又有结对的，只算一所。",
    kind=Kind.COUNT,
    word="所",
    window=Window.AS_OF,
    reads=(WeakSchools, Groups, Members, Pairs),
    definition="统计时点在薄弱学校清单上、且是集团成员校或结对受援校的学校数（去重）。",
    definition_en="Distinct weak schools that are a member of a group or the helped school of a pair.",
)
def weak_helped(weak: Any, groups: Any, members: Any, pairs: Any, *, at: Any, rule: Any) -> Measure:
    """Distinct: a school helped by a group and by a pair is one school."""
    listed = at.holds(weak)
    return Count(
        listed.filter(listed.school.isin(supported(groups, members, pairs, at).school)), of="weakschools"
    )


@_balance(
    "weak-coverage",
    title="薄弱学校帮扶覆盖率",
    title_en="Coverage of weak schools by support",
    why="只要有一所没有得到帮扶，这句话就不成立。",
    kind=Kind.UNIVERSAL,
    word="",
    window=Window.AS_OF,
    reads=(WeakSchools, Groups, Members, Pairs),
    definition="获得帮扶的薄弱学校数 ÷ 薄弱学校数；恰为 1 才是全覆盖，不进位。",
    definition_en="Helped weak schools out of all weak schools; full coverage is exactly 1, never rounded up.",
)
def weak_coverage(weak: Any, groups: Any, members: Any, pairs: Any, *, at: Any, rule: Any) -> Measure:
    """One school without help and the sentence is not true."""
    listed = at.holds(weak)
    part = listed.school.isin(supported(groups, members, pairs, at).school)
    return Share(listed.mutate(part=part), of="weakschools", part="part")


@_balance(
    "demo-4",
    title="新增省级标准化管理示范校数",
    title_en="New provincial demonstration schools",
    why="只数省级的；市级的称号另有名单。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Titles,),
    definition="统计区间内授予且未撤销的省级义务教育标准化管理示范校数。",
    definition_en="Provincial titles awarded in the window and not revoked.",
)
def demonstration_schools(titles: Any, *, at: Any, rule: Any) -> Measure:
    """Provincial only; the city's own titles are another list."""
    return Count(won(titles, "demonstration_school", "province", at), of="titles")


@_balance(
    "feature-13",
    title="新增省级标准化管理特色校数",
    title_en="New provincial feature schools",
    why="与示范校不重复计算。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Titles,),
    definition="统计区间内授予且未撤销的省级义务教育标准化管理特色校数。",
    definition_en="Provincial titles awarded in the window and not revoked.",
)
def feature_schools(titles: Any, *, at: Any, rule: Any) -> Measure:
    """Disjoint from the demonstration schools."""
    return Count(won(titles, "feature_school", "province", at), of="titles")


@_balance(
    "award-10.5m",
    title="标准化管理示范校、特色校奖补资金",
    title_en="Award money for demonstration and feature schools",
    why="钱跟着称号走：每笔奖补都写明对应的称号。",
    kind=Kind.MONEY,
    word="元",
    window=Window.TWO_YEARS,
    reads=(Grants, Titles),
    readings=("granted", "paid"),
    definition="上述示范校、特色校称号对应的下达奖补资金合计。口径“按拨付”只计已拨付的。",
    definition_en="Grants that came with these titles; the other reading counts what was paid out.",
)
def award_money(grants: Any, titles: Any, *, at: Any, rule: Any, reading: str) -> Measure:
    """Money follows titles: every grant names the title it came with."""
    names = won(titles, "demonstration_school", "province", at).select("id")
    names = names.union(won(titles, "feature_school", "province", at).select("id"))
    rows = grants.filter(grants.title.isin(names.id))
    rows = rows.filter(at.within(rows.paid_on if reading == "paid" else rows.granted_on))
    return Total(rows, of="grants", amount="amount_fen")


@_balance(
    "quality-groups-6",
    title="省级优质教育集团数",
    title_en="Provincial quality groups",
    why="点名的是牵头学校，称号属于集团。",
    kind=Kind.COUNT,
    word="家",
    window=Window.TWO_YEARS,
    reads=(Titles, Groups),
    definition="统计区间内获评且未撤销的省级义务教育阶段优质教育集团数（牵头单位）。",
    definition_en="Provincial quality-group titles awarded in the window to compulsory groups.",
)
def quality_groups(titles: Any, groups: Any, *, at: Any, rule: Any) -> Measure:
    """The units named are the leads; the holder is the group."""
    rows = won(titles, "quality_group", "province", at)
    return Count(rows.filter(rows.group.isin(active_groups(groups, at).id)), of="titles")


@_balance(
    "pilot-1",
    title="全省首批集团化办学改革先行区数",
    title_en="First-batch pilot areas of group reform",
    why="“首批”是序数：第二批就不是这一批。",
    kind=Kind.COUNT,
    word="个",
    window=Window.TWO_YEARS,
    reads=(Titles, Areas),
    definition="统计区间内获评第一批省级集团化办学改革先行区的县级单位数。",
    definition_en="County-level units with the provincial title of batch 1.",
)
def pilot_areas(titles: Any, areas: Any, *, at: Any, rule: Any) -> Measure:
    """首批 is an ordinal: a second batch would not be this."""
    rows = won(titles, "group_reform_pilot", "province", at)
    counties = areas.filter(areas.kind == "county").code
    return Count(rows.filter((rows.batch == 1) & rows.area.isin(counties)), of="titles")
