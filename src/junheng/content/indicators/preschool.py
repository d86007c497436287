"""学前教育 — kindergartens built, places added, shares of children, recognition, subsidy."""

from typing import Any

from junheng.content.datasets.governance import Documents, Issuers
from junheng.content.datasets.places import Areas
from junheng.content.datasets.preschool import Censuses, Children, Kindergartens, Natures, Recognitions
from junheng.content.datasets.projects import Plans, Projects
from junheng.content.indicators.cards import chapter
from junheng.kernel.indicators import Count, Kind, Measure, Rising, RuleValue, Share, Total, Uniform, Window

_preschool = chapter("preschool", author="学前教育科", checker="办公室")

BUILDING = ("new", "rebuild", "extend")


def done_projects(projects: Any, natures: Any, at: Any, reading: str) -> Any:
    """Accepted kindergarten projects of the window at kindergartens that were public on the day of acceptance."""
    kinds = BUILDING if reading == "built" else (*BUILDING, "reclaim")
    done = projects.filter(
        (projects.programme == "kg_building") & projects.kind.isin(kinds) & projects.cancelled_on.isnull()
    )
    done = done.filter(at.within(done.accepted_on))
    public = natures.filter(natures.nature == "public").select("kindergarten", "since", "until")
    return done.semi_join(
        public,
        [
            done.kindergarten == public.kindergarten,
            public.since <= done.accepted_on,
            public.until.isnull() | (public.until > done.accepted_on),
        ],
    )


def public_ids(natures: Any, at: Any, on: Any = None) -> Any:
    """The kindergartens that are public on a day."""
    now = at.holds(natures, on)
    return now.filter(now.nature == "public").kindergarten


def recognised(recognitions: Any, at: Any, on: Any = None) -> Any:
    """Recognitions that hold on a day."""
    held = recognitions.filter(recognitions.decision == "recognised")
    return at.holds(held, on)


@_preschool(
    "kg-public-70",
    title="新建改扩建公办幼儿园数",
    title_en="Public kindergartens built, rebuilt or extended",
    why="家长要的是家门口的公办园；项目验收才算，宣布不算。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Kindergartens, Projects, Natures),
    readings=("built", "with_reclaimed"),
    definition="统计区间内通过竣工验收的新建、改建、扩建项目所在的公办幼儿园数；同一幼儿园多个项目只计一次。口径“含收回转公办”另计回收转公的幼儿园。",
    definition_en="Distinct kindergartens, public on the day of acceptance, with an accepted project of kind new, rebuild or extend in the window.",
)
def kg_public(
    kindergartens: Any, projects: Any, natures: Any, *, at: Any, rule: Any, reading: str
) -> Measure:
    """Parents need a public kindergarten nearby; a project counts when it is accepted, not when it is announced."""
    done = done_projects(projects, natures, at, reading)
    return Count(kindergartens.filter(kindergartens.id.isin(done.kindergarten)), of="kindergartens")


@_preschool(
    "kg-places-13000",
    title="新增公办学位数",
    title_en="Public kindergarten places added",
    why="房子不等于学位：数的是能多收多少孩子。",
    kind=Kind.COUNT,
    word="个",
    window=Window.TWO_YEARS,
    reads=(Projects, Natures),
    readings=("built", "with_reclaimed"),
    definition="上述项目建设后学位数减建设前学位数之和。",
    definition_en="Sum of places after minus places before over the same projects.",
)
def kg_places(projects: Any, natures: Any, *, at: Any, rule: Any, reading: str) -> Measure:
    """A building is not a place: what counts is how many more children can come."""
    done = done_projects(projects, natures, at, reading)
    return Total(done.mutate(gain=done.places_after - done.places_before), of="projects", amount="gain")


@_preschool(
    "kg-public-share",
    title="公办幼儿园在园幼儿占比",
    title_en="Share of children in public kindergartens",
    why="国家的要求是不低于全部在园幼儿的一半（教督〔2020〕1号）。",
    kind=Kind.SHARE,
    word="%",
    window=Window.AS_OF,
    reads=(Children, Natures),
    definition="统计时点在公办幼儿园的幼儿数 ÷ 全部在园幼儿数。按幼儿计，不按园计。",
    definition_en="Children in kindergartens that are public on the day, out of all children in kindergartens.",
)
def kg_public_share(children: Any, natures: Any, *, at: Any, rule: Any) -> Measure:
    """The national line is half of all children (教督〔2020〕1号)."""
    there = at.holds(children)
    return Share(
        there.mutate(part=there.kindergarten.isin(public_ids(natures, at))), of="children", part="part"
    )


@_preschool(
    "kg-recognised-71",
    title="新认定普惠性民办幼儿园数",
    title_en="Private kindergartens newly recognised as inclusive",
    why="这是新增，不是存量，不能与普惠性幼儿园数相加。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Kindergartens, Recognitions),
    readings=("first", "any"),
    definition="统计区间内首次获得认定的民办幼儿园数；续认不计。口径“含续认”含续认。",
    definition_en="Distinct kindergartens whose first positive decision lies in the window; renewals do not count.",
)
def kg_recognised(kindergartens: Any, recognitions: Any, *, at: Any, rule: Any, reading: str) -> Measure:
    """Flow, not stock: it must never be added to the number of inclusive kindergartens."""
    positive = recognitions.filter(recognitions.decision == "recognised")
    if reading == "any":
        decided = positive.filter(at.within(positive.decided_on)).kindergarten
    else:
        first = positive.group_by("kindergarten").aggregate(decided_on=positive.decided_on.min())
        decided = first.filter(at.within(first.decided_on)).kindergarten
    return Count(kindergartens.filter(kindergartens.id.isin(decided)), of="kindergartens")


@_preschool(
    "kg-inclusive-434",
    title="普惠性民办幼儿园数",
    title_en="Inclusive private kindergartens",
    why="统计时点名录的存量：期初加认定，减退出、停办、转公办。",
    kind=Kind.COUNT,
    word="所",
    window=Window.AS_OF,
    reads=(Kindergartens, Recognitions),
    definition="统计时点认定有效的民办幼儿园数。",
    definition_en="Kindergartens with a recognition that holds on the day.",
)
def kg_inclusive(kindergartens: Any, recognitions: Any, *, at: Any, rule: Any) -> Measure:
    """Stock of the register on the day: start + recognised − withdrawn − closed − converted."""
    held = recognised(recognitions, at)
    return Count(kindergartens.filter(kindergartens.id.isin(held.kindergarten)), of="kindergartens")


@_preschool(
    "kg-inclusive-share-rising",
    title="普惠性民办幼儿园占比逐年提高",
    title_en="Share of inclusive private kindergartens rises every year",
    why="原文没有说是“谁的占比”，所以三种口径都算。",
    kind=Kind.TREND,
    word="",
    window=Window.TWO_YEARS,
    reads=(Censuses,),
    readings=("children", "kindergartens", "private"),
    definition="截至统计时点最近三个统计年度，普惠性民办园占比逐年严格上升。口径：按幼儿数、按全部园数、按民办园数。",
    definition_en="The share rises strictly over the last three yearly statistics, by children, by kindergartens or among private ones.",
)
def kg_inclusive_rising(censuses: Any, *, at: Any, rule: Any, reading: str) -> Measure:
    """“Share of what” is not said, so all three readings are computed."""
    last = at.last.year()
    years = censuses.filter((censuses.year <= last) & (censuses.year > last - 3))
    if reading == "private":
        years = years.filter(years.nature == "private")
    return Rising(
        years,
        of="censuses",
        year="year",
        part="inclusive",
        weight="children" if reading == "children" else None,
    )


@_preschool(
    "kg-coverage",
    title="普惠性幼儿园覆盖率",
    title_en="Inclusive coverage",
    why="国家的要求是幼儿的 80%；按园数算是另一个数。",
    kind=Kind.SHARE,
    word="%",
    window=Window.AS_OF,
    reads=(Children, Natures, Recognitions, Kindergartens),
    readings=("children", "kindergartens"),
    definition="统计时点在公办园和普惠性民办园的幼儿数 ÷ 全部在园幼儿数（教督〔2020〕1号，按幼儿计）。口径“按园数”按园数计。",
    definition_en="Children in public and in recognised inclusive private kindergartens, out of all children in kindergartens.",
)
def kg_coverage(
    children: Any, natures: Any, recognitions: Any, kindergartens: Any, *, at: Any, rule: Any, reading: str
) -> Measure:
    """The national line is 80 % of children. By kindergartens the number is another one."""
    public = public_ids(natures, at)
    inclusive = recognised(recognitions, at).kindergarten
    if reading == "kindergartens":
        open_ = at.holds(kindergartens)
        return Share(
            open_.mutate(part=open_.id.isin(public) | open_.id.isin(inclusive)),
            of="kindergartens",
            part="part",
        )
    there = at.holds(children)
    part = there.kindergarten.isin(public) | there.kindergarten.isin(inclusive)
    return Share(there.mutate(part=part), of="children", part="part")


@_preschool(
    "nine-departments",
    title="学前教育行动计划联合印发部门数",
    title_en="Departments that issued the preschool action plan",
    why="九个部门会签的计划，用地、经费、编制才跟得上。",
    kind=Kind.COUNT,
    word="汉字 部门",
    window=Window.AS_OF,
    reads=(Issuers, Documents),
    definition="学前教育发展提升行动计划实施方案的联合印发单位数。",
    definition_en="Issuers of the preschool action plan.",
)
def nine_departments(issuers: Any, documents: Any, *, at: Any, rule: Any) -> Measure:
    """A plan that nine departments sign is a plan that land, money and posts follow."""
    plan = documents.filter((documents.topic == "preschool") & (documents.issued_on <= at.as_of))
    return Count(issuers.filter(issuers.document.isin(plan.id)), of="issuers")


@_preschool(
    "kg-subsidy-rate",
    title="普惠性幼儿园生均补助标准",
    title_en="Subsidy per child in an inclusive kindergarten",
    why="财政为每名幼儿负担的钱，好让收费不高。",
    kind=Kind.RATE,
    word="元",
    window=Window.AS_OF,
    reads=(),
    definition="统计时点执行的普惠性幼儿园生均补助标准（推定为每年）。",
    definition_en="The rate in force on the day (presumed to be a year's).",
)
def kg_subsidy_rate(*, at: Any, rule: Any) -> Measure:
    """What the bureau pays for each child so that fees stay low."""
    return RuleValue("funding.kindergarten")


@_preschool(
    "one-county-one-plan-n",
    title="一县一策：每个县（市、区）的有效方案数",
    title_en="Valid preschool plans per county-level unit",
    why="两份有效方案和没有一样：谁也不知道哪个目标算数。",
    kind=Kind.NORM,
    word="汉字 策",
    window=Window.AS_OF,
    reads=(Areas, Plans),
    definition="统计时点每个县级单位有效的学前教育“一县一策”方案数，应恰为 1。",
    definition_en="Valid county preschool plans of each county-level unit on the day: exactly one.",
)
def one_county_one_plan(areas: Any, plans: Any, *, at: Any, rule: Any) -> Measure:
    """Two valid plans are as bad as none: nobody knows which target holds."""
    held = at.holds(plans.filter(plans.kind == "county_preschool"))
    number = held.group_by(county=held.area).aggregate(number=held.count())
    counties = areas.filter(areas.kind == "county").select("id", county="code")
    joined = counties.left_join(number, "county")
    rows = joined.select("id", area="county", number=joined.number.fill_null(0))
    return Uniform(rows, of="areas", amount="number")
