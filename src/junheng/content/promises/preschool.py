"""学前教育的承诺 — one plan a county, rising share, subsidies paid."""

from typing import Any

from junheng.content.datasets.places import Areas
from junheng.content.datasets.preschool import Censuses, Subsidies
from junheng.content.datasets.projects import Plans
from junheng.content.indicators.cards import CITY
from junheng.kernel.promises import Against, Sentence, all_put_right, exactly_one, falling_years, promise


@promise(
    "one-county-one-plan",
    title="一县一策",
    title_en="One plan for each county",
    chapter="preschool",
    kind=Sentence.EXACTLY_ONE,
    sentence="“一县一策”明确目标任务",
    otherwise="{among} 个县（市、区）中有 {exceptions} 个没有或不止一个有效方案",
    owner="学前教育科",
    reads=(Areas, Plans),
    figures=("one-county-one-plan-n",),
)
def one_county_one_plan(areas: Any, plans: Any, *, at: Any, rule: Any) -> Against:
    """每个县级单位在统计时点恰有一个有效的学前教育方案，不缺也不重。"""
    counties = areas.filter(areas.kind == "county")
    # the cast makes it another expression: Ibis would give the bare day its column name wherever it stands
    units = counties.mutate(area=counties.code, since=at.as_of.cast("timestamp"))
    held = at.holds(plans.filter(plans.kind == "county_preschool"))
    return exactly_one(units, held, "area", "code", of="areas", note="有效方案数不是 1")


@promise(
    "inclusive-share-rises",
    title="普惠性民办园占比逐年提高",
    title_en="The share of inclusive private kindergartens rises",
    chapter="preschool",
    kind=Sentence.RISING,
    sentence="逐年提高普惠性民办幼儿园占比",
    otherwise="最近 {among} 个统计年度中有 {exceptions} 年未提高",
    owner="学前教育科",
    reads=(Censuses,),
    figures=("kg-inclusive-share-rising",),
)
def inclusive_share_rises(censuses: Any, *, at: Any, rule: Any) -> Against:
    """最近三个统计年度，普惠性民办园在园幼儿占比一年比一年高。"""
    last = at.last.year()
    recent = censuses.filter((censuses.year <= last) & (censuses.year > last - 3))
    part = recent.inclusive.ifelse(recent.children, 0)
    years = (
        recent.mutate(part=part)
        .group_by("year")
        .aggregate(part=lambda rows: rows.part.sum(), whole=lambda rows: rows.children.sum())
    )
    return falling_years(years, note="占比没有高于上一年", area=CITY)


@promise(
    "subsidy-paid",
    title="普惠园生均补助足额到位",
    title_en="Kindergarten subsidies are paid in full",
    chapter="preschool",
    kind=Sentence.PUT_RIGHT,
    sentence="普惠性幼儿园生均补助全部落实到位",
    otherwise="{among} 笔普惠园补助中有 {exceptions} 笔未足额拨付",
    owner="财务科",
    reads=(Subsidies,),
    figures=("kg-subsidy-rate",),
)
def subsidy_paid(subsidies: Any, *, at: Any, rule: Any) -> Against:
    """截至统计年度应补的每一笔都已足额拨付，没有拖欠。"""
    due = subsidies.filter(subsidies.year <= at.year)
    due = due.mutate(since=due.year.cast("string").concat("-12-31").cast("date"))
    short = (due.paid_fen < due.owed_fen) | due.paid_on.isnull() | (due.paid_on > at.as_of)
    return all_put_right(due, short, since="since", of="subsidies", note="未足额拨付")
