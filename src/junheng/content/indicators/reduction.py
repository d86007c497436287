"""义务教育·双减与招生 — after-class service, training institutions, five managements, cross-county admission."""

from typing import Any

from junheng.content.datasets.governance import Cases, Institutions, Strands
from junheng.content.datasets.pupils import Entrants, Pupils
from junheng.content.datasets.school_life import Enrolments, Needs
from junheng.content.indicators.cards import chapter
from junheng.kernel.indicators import Count, Kind, Measure, Share, Window

_reduction = chapter("compulsory", author="基础教育科", checker="校外监管科")

COMPULSORY_STAGES = ("primary", "junior")


def served(enrolments: Any, at: Any, stages: tuple[str, ...]) -> Any:
    """Course enrolments of the last autumn term that had begun and not ended within it."""
    rows = enrolments.filter((enrolments.term == at.autumn) & enrolments.stage.isin(stages))
    return rows.filter(rows.since <= at.as_of)


@_reduction(
    "afterclass-322600",
    title="课后服务受益学生数",
    title_en="Pupils served after class",
    why="数的是人，不是报名：上两门课的学生算一人。",
    kind=Kind.COUNT,
    word="人",
    window=Window.TERM,
    reads=(Pupils, Enrolments),
    readings=("compulsory", "all_stages"),
    definition="统计时点前最近一个秋季学期参加课后服务的义务教育阶段学生数（按人去重，不是报名人次）。",
    definition_en="Distinct compulsory pupils in at least one course of the last autumn term.",
)
def afterclass(pupils: Any, enrolments: Any, *, at: Any, rule: Any, reading: str) -> Measure:
    """Persons, not enrolments: a pupil in two courses is one pupil."""
    stages = COMPULSORY_STAGES if reading == "compulsory" else (*COMPULSORY_STAGES, "senior")
    return Count(pupils.filter(pupils.id.isin(served(enrolments, at, stages).pupil)), of="pupils")


@_reduction(
    "afterclass-need-coverage",
    title="有需求学生课后服务覆盖率",
    title_en="Coverage of pupils who need after-class service",
    why="需求必须问过并记下，否则这句话是空的；没有回答不等于没有需求。",
    kind=Kind.UNIVERSAL,
    word="",
    window=Window.TERM,
    reads=(Needs, Enrolments),
    definition="义务教育阶段登记有需求且已参加课后服务的学生数 ÷ 登记有需求的学生数；恰为 1 才是全覆盖。",
    definition_en="Pupils with a stated need who are served, out of all with a stated need; exactly 1 or not full.",
)
def afterclass_coverage(needs: Any, enrolments: Any, *, at: Any, rule: Any) -> Measure:
    """Need must be asked and stored, otherwise the sentence is empty; silence is not an answer."""
    wanted = needs.filter((needs.term == at.autumn) & needs.wanted & needs.stage.isin(COMPULSORY_STAGES))
    part = wanted.pupil.isin(served(enrolments, at, COMPULSORY_STAGES).pupil)
    return Share(wanted.mutate(part=part), of="needs", part="part")


@_reduction(
    "unlicensed-198",
    title="查处无证校外培训机构数",
    title_en="Unlicensed training institutions dealt with",
    why="举报不是立案，立案不是处罚决定。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Cases,),
    definition="统计区间内作出处理决定的无证培训案件所涉机构数；同一地点同一经营者只计一次，未查实和未处理的不计。",
    definition_en="Distinct sites with an unlicensed case decided in the window; open and unfounded ones do not count.",
)
def unlicensed(cases: Any, *, at: Any, rule: Any) -> Measure:
    """A tip is not a case and a case is not a decision."""
    dealt = cases.filter((cases.kind == "unlicensed") & cases.state.isin(("decided", "closed")))
    dealt = dealt.filter(at.within(dealt.decided_on))
    first = dealt.group_by("site").aggregate(id=dealt.id.min())
    return Count(dealt.filter(dealt.id.isin(first.id)), of="cases")


@_reduction(
    "subject-47",
    title="学科类校外培训机构数",
    title_en="Licensed subject training institutions",
    why="“压减到”：名录记得原来更高的数。",
    kind=Kind.COUNT,
    word="家",
    window=Window.AS_OF,
    reads=(Institutions,),
    definition="统计时点许可有效的学科类校外培训机构数。",
    definition_en="Subject institutions whose licence holds on the day.",
)
def subject_institutions(institutions: Any, *, at: Any, rule: Any) -> Measure:
    """“Reduced to”: the register remembers the higher number before."""
    return Count(at.holds(institutions.filter(institutions.kind == "subject")), of="institutions")


@_reduction(
    "double-reduction-4",
    title="“双减”工作任务项数",
    title_en="Strands of the double-reduction work",
    why="校内行为、课后服务、培训治理、家校协同四项。",
    kind=Kind.COUNT,
    word="汉字 项",
    window=Window.AS_OF,
    reads=(Strands,),
    definition="统计时点有效的“双减”工作任务分项数。",
    definition_en="Strands of the programme that hold on the day.",
)
def double_reduction(strands: Any, *, at: Any, rule: Any) -> Measure:
    """School conduct, after-class service, training governance, home and school."""
    return Count(at.holds(strands.filter(strands.programme == "double_reduction")), of="strands")


@_reduction(
    "five-managements-n",
    title="“五项管理”项数",
    title_en="Items of the five managements",
    why="名单和它的数目必须一致。",
    kind=Kind.COUNT,
    word="汉字 项",
    window=Window.AS_OF,
    reads=(Strands,),
    definition="统计时点有效的“五项管理”分项数（作业、睡眠、手机、读物、体质）。",
    definition_en="Items that hold on the day: homework, sleep, phones, reading matter, physique.",
)
def five_managements(strands: Any, *, at: Any, rule: Any) -> Measure:
    """The list and its count must agree."""
    return Count(at.holds(strands.filter(strands.programme == "five_managements")), of="strands")


def cross_county(entrants: Any, at: Any) -> Any:
    """Admissions of the window outside the home county, without a legal exception, not corrected on the day."""
    rows = entrants.filter(at.within(entrants.admitted_on) & entrants.stage.isin(COMPULSORY_STAGES))
    rows = rows.filter(rows.home_area.substr(0, 6) != rows.area.substr(0, 6))
    return rows.filter(
        rows.exception.isnull() & (rows.corrected_on.isnull() | (rows.corrected_on > at.as_of))
    )


@_reduction(
    "cross-county-zero",
    title="未纠正的跨县域违规招生数",
    title_en="Cross-county violations left open",
    why="禁令靠一张空名单证明，合法的例外列在旁边。",
    kind=Kind.COUNT,
    word="起",
    window=Window.YEAR,
    reads=(Entrants,),
    definition="统计年度内户籍县与录取学校所在县不同、无合法情形、且未纠正的义务教育阶段录取数，应为 0。",
    definition_en="Admissions across county lines in the year without a legal exception and not corrected: none.",
)
def cross_county_open(entrants: Any, *, at: Any, rule: Any) -> Measure:
    """A ban is proved by an empty list, with the legal exceptions standing beside it."""
    return Count(cross_county(entrants, at), of="entrants")
