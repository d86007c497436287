"""义务教育·建设 — schools planned and built, weak-link and repair projects, sports grounds."""

from typing import Any

from junheng.content.datasets.places import Schools
from junheng.content.datasets.projects import PlanItems, Plans, Projects
from junheng.content.indicators.cards import chapter
from junheng.content.indicators.preschool import BUILDING
from junheng.kernel.indicators import Count, Kind, Measure, Share, Window

_building = chapter("compulsory", author="发展规划科", checker="办公室")

COMPULSORY = ("primary", "junior", "nine_year", "twelve_year")


def accepted(projects: Any, programme: str, at: Any, within: bool = True) -> Any:
    """Accepted, not cancelled projects of a programme: in the window, or on any day up to the day asked for."""
    done = projects.filter((projects.programme == programme) & projects.cancelled_on.isnull())
    return done.filter(at.within(done.accepted_on) if within else done.accepted_on <= at.as_of)


def built_schools(projects: Any, at: Any, within: bool = True) -> Any:
    """School building projects of the kinds new, rebuild and extend that were accepted."""
    done = accepted(projects, "school_building", at, within)
    return done.filter(done.kind.isin(BUILDING))


def planned(items: Any, plans: Any, at: Any) -> Any:
    """The list of the school building plan that is valid on the day."""
    valid = at.holds(plans.filter(plans.kind == "school_building"))
    return items.filter(items.plan.isin(valid.id))


@_building(
    "schools-planned-90",
    title="“十四五”规划新建改扩建中小学数",
    title_en="Schools planned in the 14th five-year plan",
    why="规划是一份名单，每一所都可以问起。",
    kind=Kind.COUNT,
    word="所",
    window=Window.AS_OF,
    reads=(Schools, PlanItems, Plans),
    definition="统计时点有效的“十四五”新建改扩建中小学规划清单中的学校数。",
    definition_en="Distinct schools on the list of the valid school building plan.",
)
def schools_planned(schools: Any, items: Any, plans: Any, *, at: Any, rule: Any) -> Measure:
    """A plan is a list of names, so that each can be asked for."""
    return Count(schools.filter(schools.id.isin(planned(items, plans, at).school)), of="schools")


@_building(
    "schools-done-82",
    title="完成新建改扩建中小学项目数",
    title_en="Schools built, rebuilt or extended",
    why="验收了才算完成；手工填的“完成”不算。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Schools, Projects),
    definition="统计区间内通过竣工验收的中小学新建、改建、扩建项目所在学校数；同校多项目只计一次。",
    definition_en="Distinct schools with an accepted building project in the window.",
)
def schools_done(schools: Any, projects: Any, *, at: Any, rule: Any) -> Measure:
    """Done is what was accepted; a typed “done” does not count."""
    return Count(schools.filter(schools.id.isin(built_schools(projects, at).school)), of="schools")


@_building(
    "schools-open-8",
    title="规划内尚未完成的学校数",
    title_en="Planned schools not yet done",
    why="没有人印这个数；要干的正是这些。",
    kind=Kind.COUNT,
    word="所",
    window=Window.AS_OF,
    reads=(Schools, PlanItems, Plans, Projects),
    definition="规划清单中截至统计时点尚无竣工验收项目的学校数。",
    definition_en="Schools on the valid list without an accepted project up to the day.",
)
def schools_open(schools: Any, items: Any, plans: Any, projects: Any, *, at: Any, rule: Any) -> Measure:
    """Nobody prints this number; it is the one to work on."""
    done = built_schools(projects, at, within=False).school
    listed = schools.id.isin(planned(items, plans, at).school)
    return Count(schools.filter(listed & schools.id.notin(done)), of="schools")


@_building(
    "schools-done-rate",
    title="“十四五”学校建设规划完成率",
    title_en="Share of planned schools that are done",
    why="只数名单上的学校：名单外建的再多，规划也没有完成得更多。",
    kind=Kind.SHARE,
    word="%",
    window=Window.AS_OF,
    reads=(PlanItems, Plans, Projects),
    definition="规划清单中截至统计时点已竣工验收的学校数 ÷ 规划学校数。",
    definition_en="Schools on the list with an accepted project, out of all on the list.",
)
def schools_done_rate(items: Any, plans: Any, projects: Any, *, at: Any, rule: Any) -> Measure:
    """Only schools of the list count: what was built besides does not make the plan more done."""
    done = built_schools(projects, at, within=False).school
    listed = planned(items, plans, at)
    return Share(listed.mutate(part=listed.school.isin(done)), of="planitems", part="part")


@_building(
    "weaklink-412",
    title="义务教育薄弱环节改善与能力提升项目数",
    title_en="Weak-link improvement projects completed",
    why="数的是项目，不是学校。",
    kind=Kind.COUNT,
    word="个",
    window=Window.TWO_YEARS,
    reads=(Projects,),
    definition="统计区间内完成的薄弱环节改善与能力提升项目数（按项目计，一校可有多个）。",
    definition_en="Projects of the programme accepted in the window; a school may have several.",
)
def weak_link(projects: Any, *, at: Any, rule: Any) -> Measure:
    """Projects, not schools."""
    return Count(accepted(projects, "weak_link", at), of="projects")


@_building(
    "rural-repair-124",
    title="农村义务教育学校校舍维修改造项目数",
    title_en="Repairs at rural compulsory schools completed",
    why="城里学校的维修是好事，但不算在这个数里。",
    kind=Kind.COUNT,
    word="个",
    window=Window.TWO_YEARS,
    reads=(Projects, Schools),
    readings=("rural", "with_towns"),
    definition="统计区间内完成的、位于乡村的义务教育阶段学校校舍维修改造项目数。口径“含镇区学校”含镇区。",
    definition_en="Accepted repair projects at compulsory schools in rural places; the other reading adds towns.",
)
def rural_repair(projects: Any, schools: Any, *, at: Any, rule: Any, reading: str) -> Measure:
    """A repair at a city school is good work, but it is not this number."""
    places = ("rural",) if reading == "rural" else ("rural", "town")
    there = schools.filter(schools.location.isin(places) & schools.kind.isin(COMPULSORY))
    done = accepted(projects, "rural_repair", at)
    return Count(done.filter(done.school.isin(there.id)), of="projects")


@_building(
    "playgrounds-72",
    title="升级改造中小学运动场的学校数",
    title_en="Schools with renewed sports grounds",
    why="“所”数的是学校，一所学校的两块场地算一所。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Schools, Projects),
    definition="统计区间内完成运动场升级改造的学校数；一校多个运动场只计一次。",
    definition_en="Distinct schools with an accepted sports-ground project in the window.",
)
def playgrounds(schools: Any, projects: Any, *, at: Any, rule: Any) -> Measure:
    """所 counts schools, so two grounds at one school are one."""
    return Count(
        schools.filter(schools.id.isin(accepted(projects, "sports_ground", at).school)), of="schools"
    )
