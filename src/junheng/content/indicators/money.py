"""布局与经费 — layout plan, rates, fee documents, aid, loans, admission of the year."""

from typing import Any

from junheng.content.datasets.governance import Annexes, Documents
from junheng.content.datasets.money import Eligibilities, Loans, Payments, Waivers
from junheng.content.datasets.projects import Plans
from junheng.content.datasets.pupils import Entrants
from junheng.content.indicators.cards import chapter
from junheng.kernel.indicators import Count, Kind, Measure, Period, Share, Window

_layout = chapter("layout", author="发展规划科", checker="财务科")
_funds = chapter("layout", author="财务科", checker="审计人员")
_aid = chapter("layout", author="资助中心", checker="财务科")
_admission = chapter("layout", author="招办", checker="基础教育科")

AID_KEYS = ("pupil", "scheme", "term")


@_layout(
    "plan-2021-2035",
    title="布局专项规划年限",
    title_en="Years of the layout plan",
    why="规划要看到现在出生的孩子上学的时候。",
    kind=Kind.SPAN,
    word="年",
    window=Window.AS_OF,
    reads=(Plans,),
    definition="统计时点有效的中小学幼儿园布局专项规划的年限：目标年份 − 起始年份 + 1。",
    definition_en="Target year minus first year plus one, of the layout plan that holds on the day.",
)
def layout_plan(plans: Any, *, at: Any, rule: Any) -> Measure:
    """The plan looks as far as children now being born go to school."""
    held = at.holds(plans.filter((plans.kind == "layout") & (plans.area == "4108")))
    return Period(held, of="plans", first="from_year", last="to_year")


@_funds(
    "three-work-plans",
    title="教育收费专项治理工作方案数",
    title_en="Work plans annexed to the fee notice",
    why="标题说三个，附件就得有三个。",
    kind=Kind.COUNT,
    word="个",
    window=Window.AS_OF,
    reads=(Annexes, Documents),
    definition="教育收费专项治理通知所附的工作方案数。",
    definition_en="Annexes of kind work plan of the notice on fees.",
)
def work_plans(annexes: Any, documents: Any, *, at: Any, rule: Any) -> Measure:
    """The title says three; the annexes must be there."""
    notice = documents.filter((documents.topic == "fees") & (documents.issued_on <= at.as_of))
    return Count(
        annexes.filter(annexes.document.isin(notice.id) & (annexes.kind == "work_plan")), of="annexes"
    )


def paid(payments: Any, at: Any) -> Any:
    """Payments of the year that were not returned."""
    rows = payments.filter(at.within(payments.paid_on))
    return rows.filter(rows.returned_on.isnull() | (rows.returned_on > at.as_of))


def first_of(rows: Any, keys: tuple[str, ...]) -> Any:
    """One row, the first, for each combination of the keys."""
    first = rows.group_by(*keys).aggregate(id=rows.id.min())
    return rows.filter(rows.id.isin(first.id))


@_aid(
    "aid-170000",
    title="资助学生人次",
    title_en="Person-times of student aid",
    why="人次是学生×项目×学期；分两次发放算一人次。",
    kind=Kind.COUNT,
    word="人次",
    window=Window.YEAR,
    reads=(Payments,),
    definition="统计年度内发放且未退回的资助人次（学生 × 项目 × 学期，分次发放只计一次；不含助学贷款）。",
    definition_en="Pupil × scheme × term with a payment in the year that was not returned; loans are not included.",
)
def aid_person_times(payments: Any, *, at: Any, rule: Any) -> Measure:
    """人次 are pupil × scheme × term; two instalments are one."""
    return Count(first_of(paid(payments, at), AID_KEYS), of="payments")


def entitled_in_year(eligibilities: Any, at: Any) -> Any:
    """Entitlements of the two terms of the year: spring and autumn."""
    year = at.year.cast("string")
    return eligibilities.filter(eligibilities.term.isin([year + "S", year + "A"]))


@_aid(
    "aid-all",
    title="应助尽助率",
    title_en="All who are entitled are aided, and nobody else",
    why="精准：不该助的一个不助；尽助：该助的一个不漏。",
    kind=Kind.UNIVERSAL,
    word="",
    window=Window.YEAR,
    reads=(Eligibilities, Payments, Waivers),
    sensitive=True,
    definition="统计年度两学期内“应助”与“已助或已签字放弃”两个名单的交集 ÷ 并集；恰为 1 才是精准资助、应助尽助。",
    definition_en="Entitled and treated (aided, or waived by signature): intersection over union; exactly 1 or not true.",
)
def aid_all(eligibilities: Any, payments: Any, waivers: Any, *, at: Any, rule: Any) -> Measure:
    """精准: nobody who is not entitled; 尽助: nobody who is left out."""
    keys = list(AID_KEYS)
    entitled = first_of(entitled_in_year(eligibilities, at), AID_KEYS)
    aided = first_of(paid(payments, at), AID_KEYS)
    treated = aided.select(*keys).union(waivers.select(*keys), distinct=True)
    inside = entitled.semi_join(treated, keys).select("id", "area").mutate(part=True)
    missing = entitled.anti_join(treated, keys).select("id", "area").mutate(part=False)
    extra = aided.anti_join(entitled, keys).select("id", "area").mutate(part=False)
    return Share(inside.union(missing).union(extra), of="eligibilities", part="part")


@_aid(
    "loans-27300",
    title="信用助学贷款合同数",
    title_en="Loan contracts signed",
    why="数的是合同，不是借款人。",
    kind=Kind.COUNT,
    word="份",
    window=Window.YEAR,
    reads=(Loans,),
    definition="统计年度内签订且未作废的信用助学贷款合同数；续贷另计一份。",
    definition_en="Contracts signed in the year and not cancelled; a renewal is a contract.",
)
def loan_contracts(loans: Any, *, at: Any, rule: Any) -> Measure:
    """Contracts, not borrowers."""
    signed = loans.filter(at.within(loans.signed_on))
    return Count(signed.filter(signed.cancelled_on.isnull() | (signed.cancelled_on > at.as_of)), of="loans")


def new_entrants(entrants: Any, at: Any) -> Any:
    """Children newly admitted to grades 1 and 7 for the last autumn term that had begun."""
    rows = entrants.filter((entrants.term == at.autumn) & (entrants.kind == "new"))
    return rows.filter(rows.grade.isin((1, 7)) & (rows.admitted_on <= at.as_of))


@_admission(
    "entrants-92000",
    title="小学和初中新生数",
    title_en="New primary and junior high pupils",
    why="公办民办同步招生，所以都算在内。",
    kind=Kind.COUNT,
    word="人",
    window=Window.TERM,
    reads=(Entrants,),
    definition="统计时点前最近一个秋季学期录取的小学一年级和初中七年级新生数，含民办学校；转入的不计。",
    definition_en="New entrants to grades 1 and 7 of the last autumn, private schools included, transfers not.",
)
def entrants_count(entrants: Any, *, at: Any, rule: Any) -> Measure:
    """Public and private schools admit at the same time, so both are in."""
    return Count(new_entrants(entrants, at), of="entrants")


@_admission(
    "migrants-4544",
    title="接收进城务工人员子女数",
    title_en="Children of migrant workers admitted",
    why="是新生数的一部分。",
    kind=Kind.COUNT,
    word="人",
    window=Window.TERM,
    reads=(Entrants,),
    definition="上述新生中材料齐备的进城务工人员随迁子女数。",
    definition_en="Those of the entrants who are migrant workers' children by their papers.",
)
def migrants_count(entrants: Any, *, at: Any, rule: Any) -> Measure:
    """A subset of the entrants."""
    rows = new_entrants(entrants, at)
    return Count(rows.filter(rows.migrant), of="entrants")
