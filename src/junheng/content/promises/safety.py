"""校园安全的承诺 — every class has its member, every water its wardens and checks, every finding is put right."""

from typing import Any

from junheng.content.datasets.places import Classes, People, Schools
from junheng.content.datasets.safety import Assignments, Checks, Inspections, Rounds, Waters
from junheng.content.datasets.school_life import CareCases, CarePlans, Committee
from junheng.content.indicators.safety import active_schools, high_risk
from junheng.content.promises.weeks import person_weeks, short_weeks
from junheng.kernel.promises import Against, Sentence, all_covered, all_put_right, exactly_one, promise


@promise(
    "class-has-member",
    title="每个班级都有心理委员",
    title_en="Every class has a committee member",
    chapter="safety",
    kind=Sentence.ALL_COVERED,
    sentence="实现中小学校班级心理委员全覆盖",
    otherwise="除 {exceptions} 个班级外，{among} 个班级均已设置心理委员",
    owner="德育科",
    reads=(Classes, Committee, Schools),
    figures=("psy-class-coverage-100", "psy-members-20600"),
)
def class_has_member(classes: Any, committee: Any, schools: Any, *, at: Any, rule: Any) -> Against:
    """中小学校的每个班级，在统计时点至少有一名聘任有效的心理委员。"""
    there = at.holds(classes)
    there = there.filter(there.school.isin(active_schools(schools, at).id))
    return all_covered(there, at.holds(committee), "school_class", of="classes", note="没有心理委员")


@promise(
    "water-has-wardens",
    title="每处高风险水域都有两级责任人",
    title_en="Every dangerous water has wardens of both levels",
    chapter="safety",
    kind=Sentence.ALL_COVERED,
    sentence="风险隐患较大水域两级责任人全覆盖",
    otherwise="除 {exceptions} 处外，{among} 处水域均有两级责任人",
    owner="安全科",
    reads=(Waters, Assignments),
    figures=("waters-174", "town-persons-123", "county-persons-74"),
)
def water_has_wardens(waters: Any, assignments: Any, *, at: Any, rule: Any) -> Against:
    """每处在册高风险水域，在统计时点既有乡镇（街道）责任人，也有县（市、区）责任人。"""
    charged = at.holds(assignments)
    town = charged.filter(charged.level == "township")
    county = charged.filter(charged.level == "county")
    both = town.filter(town.water.isin(county.water))
    return all_covered(high_risk(waters, at), both, "water", of="waters", note="缺少一级或两级责任人")


@promise(
    "township-checks",
    title="乡镇（街道）责任人每周至少暗访 2 次",
    title_en="Township wardens check at least twice a week",
    chapter="safety",
    kind=Sentence.AT_LEAST,
    sentence="乡镇（街道）责任人每周至少2次到水域开展暗访检查",
    otherwise="{among} 个人周中有 {exceptions} 个未达到每周最少暗访次数",
    owner="安全科",
    reads=(People, Assignments, Waters, Checks),
    norm="town-weekly-2",
    figures=("town-weekly-2", "weekly-min-320"),
)
def township_checks(
    people: Any, assignments: Any, waters: Any, checks: Any, *, at: Any, rule: Any
) -> Against:
    """统计年度内每个完整的周（周一至周日），该周每天都在任并负责高风险水域的每名乡镇责任人（含此后离任的）的暗访次数不少于规定。"""
    units = person_weeks(people, assignments, waters, "township", at)
    return short_weeks(units, checks, "township", rule("duties.township_checks"))


@promise(
    "county-checks",
    title="县（市、区）责任人每周至少暗访 1 次",
    title_en="County wardens check at least once a week",
    chapter="safety",
    kind=Sentence.AT_LEAST,
    sentence="县（市、区）责任人每周至少1次到水域开展暗访检查",
    otherwise="{among} 个人周中有 {exceptions} 个未达到每周最少暗访次数",
    owner="安全科",
    reads=(People, Assignments, Waters, Checks),
    norm="county-weekly-1",
    figures=("county-weekly-1", "weekly-min-320"),
)
def county_checks(people: Any, assignments: Any, waters: Any, checks: Any, *, at: Any, rule: Any) -> Against:
    """统计年度内每个完整的周（周一至周日），该周每天都在任并负责高风险水域的每名县级责任人（含此后离任的）的暗访次数不少于规定。"""
    units = person_weeks(people, assignments, waters, "county", at)
    return short_weeks(units, checks, "county", rule("duties.county_checks"))


@promise(
    "findings-put-right",
    title="督导检查发现的问题整改到位",
    title_en="What inspections found is put right",
    chapter="safety",
    kind=Sentence.PUT_RIGHT,
    sentence="督导检查发现的问题全部整改到位",
    otherwise="{among} 次发现问题的检查中有 {exceptions} 次尚未整改到位",
    owner="安全科",
    reads=(Inspections,),
    figures=("three-levels-n", "rounds-n"),
)
def findings_put_right(inspections: Any, *, at: Any, rule: Any) -> Against:
    """截至统计时点发现过问题的每次检查，已整改数等于发现问题数。"""
    found = inspections.filter((inspections.findings > 0) & (inspections.done_on <= at.as_of))
    return all_put_right(
        found, found.remedied < found.findings, since="done_on", of="inspections", note="有问题尚未整改到位"
    )


@promise(
    "schools-self-checked",
    title="每轮检查学校自查全覆盖",
    title_en="Every school checks itself in the latest round",
    chapter="safety",
    kind=Sentence.ALL_COVERED,
    sentence="学校自查全覆盖",
    otherwise="除 {exceptions} 所外，{among} 所学校均已完成本轮自查",
    owner="安全科",
    reads=(Schools, Inspections, Rounds),
    figures=("psy-schools-871", "three-levels-n"),
)
def schools_self_checked(schools: Any, inspections: Any, rounds: Any, *, at: Any, rule: Any) -> Against:
    """最近一轮已结束的督导检查中，每所在册中小学校都有自查记录。"""
    ended = rounds.filter(rounds.closed_on <= at.as_of)
    latest = ended.filter(ended.closed_on == ended.closed_on.max().as_scalar())
    own = inspections.filter((inspections.level == "self") & inspections.round.isin(latest.id))
    return all_covered(active_schools(schools, at), own, "school", of="schools", note="最近一轮没有自查记录")


@promise(
    "one-person-one-plan",
    title="一人一策",
    title_en="One plan for each person",
    chapter="safety",
    kind=Sentence.EXACTLY_ONE,
    sentence="“一人一策”建立动态工作台账",
    otherwise="部分在册人员没有或不止一个有效方案",
    owner="德育科",
    reads=(CareCases, CarePlans),
    figures=("one-person-one-plan-n",),
    sealed=True,
)
def one_person_one_plan(cases: Any, plans: Any, *, at: Any, rule: Any) -> Against:
    """每份未结台账在统计时点恰有一个有效方案。人数与名单不公开。"""
    open_ = cases.filter(
        (cases.opened_on <= at.as_of) & (cases.closed_on.isnull() | (cases.closed_on > at.as_of))
    )
    units = open_.mutate(since=open_.opened_on)
    return exactly_one(units, at.holds(plans), "case", "id", of="carecases", note="有效方案数不是 1")
