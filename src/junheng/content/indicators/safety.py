"""校园安全 — committee members, counselling, waters, home visits, inspections, safe campuses."""

from typing import Any

from junheng.content.datasets.governance import Strands, Titles
from junheng.content.datasets.places import Classes, People, Schools
from junheng.content.datasets.pupils import Households
from junheng.content.datasets.safety import Assignments, Rounds, Waters
from junheng.content.datasets.school_life import CareCases, CarePlans, Committee, Sessions, Visits
from junheng.content.indicators.balance import won
from junheng.content.indicators.cards import chapter
from junheng.kernel.indicators import Count, Kind, Measure, RuleValue, Share, Total, Uniform, Window

_safety = chapter("safety", author="安全科", checker="办公室")

SCHOOLS = ("primary", "junior", "nine_year", "twelve_year", "senior")


def active_schools(schools: Any, at: Any) -> Any:
    """中小学校 that exist on the day; vocational and special schools are other kinds."""
    return at.holds(schools.filter(schools.kind.isin(SCHOOLS)))


def wardens(people: Any, assignments: Any, waters: Any, level: str, at: Any) -> Any:
    """Persons in office who have the charge of a high-risk water on the day."""
    charged = at.holds(assignments.filter(assignments.level == level))
    charged = charged.filter(charged.water.isin(high_risk(waters, at).id))
    return at.holds(people.filter(people.id.isin(charged.person)))


def high_risk(waters: Any, at: Any) -> Any:
    """Waters of high risk that are listed on the day."""
    return at.holds(waters.filter(waters.risk == "high"))


@_safety(
    "psy-schools-871",
    title="中小学校数",
    title_en="Primary and secondary schools",
    why="学校名录是其他大多数数字的根。",
    kind=Kind.COUNT,
    word="所",
    window=Window.AS_OF,
    reads=(Schools,),
    definition="统计时点在册的小学、初中、九年一贯制、十二年一贯制和普通高中数；幼儿园、中职、特教不计。",
    definition_en="Primary, junior, nine-year, twelve-year and senior schools that exist on the day.",
)
def schools_count(schools: Any, *, at: Any, rule: Any) -> Measure:
    """The register of schools is the ground of most other numbers."""
    return Count(active_schools(schools, at), of="schools")


@_safety(
    "psy-members-20600",
    title="心理委员数",
    title_en="Class committee members for mental health",
    why="学生离开班级，聘任就终止。",
    kind=Kind.COUNT,
    word="名",
    window=Window.AS_OF,
    reads=(Committee,),
    definition="统计时点聘任有效的班级心理委员数。",
    definition_en="Appointments that hold on the day.",
)
def committee_members(committee: Any, *, at: Any, rule: Any) -> Measure:
    """An appointment ends when the pupil leaves the class."""
    return Count(at.holds(committee), of="committee")


@_safety(
    "psy-class-coverage-100",
    title="班级心理委员覆盖率",
    title_en="Coverage of classes by committee members",
    why="11400 个班级中有 11399 个，不是全覆盖。",
    kind=Kind.UNIVERSAL,
    word="",
    window=Window.AS_OF,
    reads=(Classes, Committee, Schools),
    definition="统计时点至少有一名心理委员的中小学班级数 ÷ 中小学班级数；恰为 1 才是全覆盖。",
    definition_en="Classes with at least one member, out of all classes of the schools counted above.",
)
def class_coverage(classes: Any, committee: Any, schools: Any, *, at: Any, rule: Any) -> Measure:
    """11,399 of 11,400 is not full coverage."""
    there = at.holds(classes)
    there = there.filter(there.school.isin(active_schools(schools, at).id))
    return Share(
        there.mutate(part=there.id.isin(at.holds(committee).school_class)), of="classes", part="part"
    )


@_safety(
    "counselling-1757",
    title="团体心理辅导场次",
    title_en="Group counselling sessions",
    why="个别谈话的数目一概不公开。",
    kind=Kind.COUNT,
    word="次",
    window=Window.TWO_YEARS,
    reads=(Sessions,),
    definition="统计区间内举办的团体心理辅导次数；个别辅导不计。",
    definition_en="Group sessions held in the window; individual ones do not count.",
)
def counselling(sessions: Any, *, at: Any, rule: Any) -> Measure:
    """Of individual talks nothing is counted in public."""
    return Count(sessions.filter((sessions.kind == "group") & at.within(sessions.held_on)), of="sessions")


@_safety(
    "counselling-122000",
    title="团体心理辅导参与人次",
    title_en="Attendances at group counselling",
    why="人次是到场次数，不是人数。",
    kind=Kind.COUNT,
    word="人次",
    window=Window.TWO_YEARS,
    reads=(Sessions,),
    definition="统计区间内团体心理辅导的参与人次之和；一名学生可计多次。",
    definition_en="Sum of attendance over the same sessions; a pupil may count several times.",
)
def counselling_attendance(sessions: Any, *, at: Any, rule: Any) -> Measure:
    """人次 are attendances, not persons."""
    group = sessions.filter((sessions.kind == "group") & at.within(sessions.held_on))
    return Total(group, of="sessions", amount="attendance")


@_safety(
    "waters-174",
    title="溺亡风险隐患较大水域数",
    title_en="Waters of high drowning risk",
    why="每一处都有主管单位和两级责任人。",
    kind=Kind.COUNT,
    word="处",
    window=Window.AS_OF,
    reads=(Waters,),
    definition="统计时点在册的高风险水域数。",
    definition_en="Waters of high risk listed on the day.",
)
def waters_count(waters: Any, *, at: Any, rule: Any) -> Measure:
    """Each has an owner and two wardens."""
    return Count(high_risk(waters, at), of="waters")


@_safety(
    "town-persons-123",
    title="水域乡镇（街道）责任人数",
    title_en="Township wardens",
    why="名单上有名字、名下没有水域的，不是责任人。",
    kind=Kind.COUNT,
    word="名",
    window=Window.AS_OF,
    reads=(People, Assignments, Waters),
    definition="统计时点负责至少一处高风险水域的乡镇（街道）责任人数（去重）。",
    definition_en="Distinct township persons in charge of a high-risk water on the day.",
)
def town_persons(people: Any, assignments: Any, waters: Any, *, at: Any, rule: Any) -> Measure:
    """A name on a list without a water is not a warden."""
    return Count(wardens(people, assignments, waters, "township", at), of="people")


@_safety(
    "county-persons-74",
    title="水域县（市、区）责任人数",
    title_en="County wardens",
    why="与乡镇级责任人不重复。",
    kind=Kind.COUNT,
    word="名",
    window=Window.AS_OF,
    reads=(People, Assignments, Waters),
    definition="统计时点负责至少一处高风险水域的县（市、区）责任人数（去重）。",
    definition_en="Distinct county persons in charge of a high-risk water on the day.",
)
def county_persons(people: Any, assignments: Any, waters: Any, *, at: Any, rule: Any) -> Measure:
    """Disjoint from the township wardens."""
    return Count(wardens(people, assignments, waters, "county", at), of="people")


@_safety(
    "town-weekly-2",
    title="乡镇（街道）责任人每周最少暗访次数",
    title_en="Least checks a week by a township warden",
    why="是否人人做到，看旁边的承诺。",
    kind=Kind.MINIMUM,
    word="次",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行的每人每周最少暗访次数。",
    definition_en="The rule in force on the day, for one person and week.",
)
def town_weekly(*, at: Any, rule: Any) -> Measure:
    """The promise beside it says whether everybody did."""
    return RuleValue("duties.township_checks")


@_safety(
    "county-weekly-1",
    title="县（市、区）责任人每周最少暗访次数",
    title_en="Least checks a week by a county warden",
    why="是否人人做到，看旁边的承诺。",
    kind=Kind.MINIMUM,
    word="次",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行的每人每周最少暗访次数。",
    definition_en="The rule in force on the day, for one person and week.",
)
def county_weekly(*, at: Any, rule: Any) -> Measure:
    """The promise beside it says whether everybody did."""
    return RuleValue("duties.county_checks")


@_safety(
    "weekly-min-320",
    title="全市每周最少暗访次数",
    title_en="Least checks a week in the whole city",
    why="“每人”与“每处”每周相差 202 次：说法必须先定。",
    kind=Kind.COUNT,
    word="次",
    window=Window.AS_OF,
    reads=(Assignments, People, Waters),
    readings=("person", "water"),
    definition="各责任人每周最少次数之和。口径“按水域”按水域计：每处水域每级责任人分别达到最少次数。",
    definition_en="Sum of the weekly minimum over all persons, or over all waters and levels in the other reading.",
)
def weekly_minimum(
    assignments: Any, people: Any, waters: Any, *, at: Any, rule: Any, reading: str
) -> Measure:
    """“Per person” and “per water” differ by 202 checks a week: the wording must be settled."""
    charged = at.holds(assignments)
    charged = charged.filter(
        charged.water.isin(high_risk(waters, at).id) & charged.person.isin(at.holds(people).id)
    )
    one = "person" if reading == "person" else "water"
    first = charged.group_by(one, "level").aggregate(id=charged.id.min())
    rows = charged.filter(charged.id.isin(first.id))
    owed = (rows.level == "township").ifelse(rule("duties.township_checks"), rule("duties.county_checks"))
    return Total(rows.mutate(owed=owed), of="assignments", amount="owed")


@_safety(
    "home-visits-153600",
    title="走访学生家庭户数",
    title_en="Households visited",
    why="户是家庭：兄弟姐妹同一户，打电话不算走访。",
    kind=Kind.COUNT,
    word="户",
    window=Window.TWO_YEARS,
    reads=(Households, Visits),
    definition="统计区间内至少有一次上门家访的家庭户数；兄弟姐妹同户只计一次，电话联系和未遇不计。",
    definition_en="Distinct households met in person at least once in the window.",
)
def home_visits(households: Any, visits: Any, *, at: Any, rule: Any) -> Measure:
    """户 are households: brothers and sisters share one, and a phone call is not a visit."""
    met = visits.filter((visits.way == "in_person") & at.within(visits.visited_on))
    return Count(households.filter(households.id.isin(met.household)), of="households")


@_safety(
    "one-person-one-plan-n",
    title="一人一策：每名在册人员的有效方案数",
    title_en="Valid plans per open sealed case",
    why="不印任何数字，应当如此。",
    kind=Kind.NORM,
    word="汉字 策",
    window=Window.AS_OF,
    reads=(CareCases, CarePlans),
    sensitive=True,
    definition="统计时点每份未结台账的有效方案数，应恰为 1；人数不公开。",
    definition_en="Valid plans of each open case on the day: exactly one. The number of cases is never published.",
)
def one_person_one_plan(cases: Any, plans: Any, *, at: Any, rule: Any) -> Measure:
    """No number is printed, rightly."""
    open_ = cases.filter(
        (cases.opened_on <= at.as_of) & (cases.closed_on.isnull() | (cases.closed_on > at.as_of))
    )
    held = at.holds(plans)
    number = held.group_by("case").aggregate(number=held.count())
    joined = open_.left_join(number, open_.id == number.case)
    return Uniform(joined.mutate(number=joined.number.fill_null(0)), of="carecases", amount="number")


@_safety(
    "three-levels-n",
    title="督导检查层级数",
    title_en="Levels of inspection",
    why="学校自查、县级检查、市级抽查。",
    kind=Kind.COUNT,
    word="汉字 级",
    window=Window.AS_OF,
    reads=(Strands,),
    definition="统计时点有效的督导检查层级数（学校自查、县区排查、市级抽查）。",
    definition_en="Levels of the inspection system that hold on the day.",
)
def three_levels(strands: Any, *, at: Any, rule: Any) -> Measure:
    """Self-check, county, city sample."""
    return Count(at.holds(strands.filter(strands.programme == "inspection_levels")), of="strands")


@_safety(
    "rounds-n",
    title="督导检查轮次数",
    title_en="Rounds of inspection",
    why="“多轮”可以核对：至少两轮。",
    kind=Kind.COUNT,
    word="轮",
    window=Window.TWO_YEARS,
    reads=(Rounds,),
    definition="统计区间内启动的市级安全督导检查轮次数；“多轮次”即至少两轮。",
    definition_en="Rounds opened in the window; “several” means at least two.",
)
def rounds(rounds: Any, *, at: Any, rule: Any) -> Measure:
    """“Several” can be checked: at least two."""
    return Count(rounds.filter(at.within(rounds.opened_on)), of="rounds")


@_safety(
    "safe-campus-9",
    title="省级平安校园数",
    title_en="Provincial safe campuses",
    why="由省里认定，不是市里。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Titles,),
    definition="统计区间内获评且未撤销的省级平安校园数。",
    definition_en="Provincial safe-campus titles awarded in the window and not revoked.",
)
def safe_campuses(titles: Any, *, at: Any, rule: Any) -> Measure:
    """Awarded by the province, not by the city."""
    return Count(won(titles, "safe_campus", "province", at), of="titles")
