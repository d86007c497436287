"""义务教育的承诺 — coverage of weak schools and of need, no admission across county lines, building plan kept."""

from typing import Any

from junheng.content.datasets.groups import Groups, Members, Pairs, WeakSchools
from junheng.content.datasets.projects import PlanItems, Plans, Projects
from junheng.content.datasets.pupils import Entrants
from junheng.content.datasets.school_life import Enrolments, Needs
from junheng.content.indicators.balance import supported
from junheng.content.indicators.building import built_schools, planned
from junheng.content.indicators.reduction import COMPULSORY_STAGES, cross_county, served
from junheng.kernel.promises import Against, Sentence, all_covered, none_of, overdue, promise


@promise(
    "weak-schools-helped",
    title="薄弱学校都有帮扶",
    title_en="Every weak school is helped",
    chapter="compulsory",
    kind=Sentence.ALL_COVERED,
    sentence="实现了义务教育优质学校帮扶薄弱学校全覆盖",
    otherwise="除 {exceptions} 所外，{among} 所薄弱学校均已获得优质学校帮扶",
    owner="基础教育科",
    reads=(WeakSchools, Groups, Members, Pairs),
    figures=("weak-coverage", "weak-255"),
)
def weak_schools_helped(weak: Any, groups: Any, members: Any, pairs: Any, *, at: Any, rule: Any) -> Against:
    """薄弱学校清单上的每所学校，都是某个教育集团的成员校，或某个结对关系的受援校。"""
    listed = at.holds(weak)
    helped = listed.filter(listed.school.isin(supported(groups, members, pairs, at).school))
    return all_covered(listed, helped.select(row="id"), "row", of="weakschools", note="没有集团或结对帮扶")


@promise(
    "need-served",
    title="有需求的学生都参加了课后服务",
    title_en="Every pupil who needs after-class service has it",
    chapter="compulsory",
    kind=Sentence.ALL_COVERED,
    sentence="实现所有义务教育阶段有需求学生课后服务全覆盖",
    otherwise="除 {exceptions} 名学生外，{among} 名有需求学生均已参加课后服务",
    owner="基础教育科",
    reads=(Needs, Enrolments),
    figures=("afterclass-need-coverage", "afterclass-322600"),
)
def need_served(needs: Any, enrolments: Any, *, at: Any, rule: Any) -> Against:
    """本学期登记有需求的义务教育阶段学生，都至少参加一门课后服务课程。未答复不等于无需求。"""
    wanted = needs.filter((needs.term == at.autumn) & needs.wanted & needs.stage.isin(COMPULSORY_STAGES))
    units = wanted.mutate(since=wanted.answered_on)
    enrolled = units.filter(units.pupil.isin(served(enrolments, at, COMPULSORY_STAGES).pupil))
    return all_covered(
        units, enrolled.select(row="id"), "row", of="needs", note="登记有需求，尚未安排课后服务"
    )


@promise(
    "no-cross-county",
    title="没有跨县域违规招生",
    title_en="No admission across county lines",
    chapter="compulsory",
    kind=Sentence.NONE,
    sentence="严禁跨县域违规招生行为",
    otherwise="仍有 {exceptions} 起跨县域违规招生未纠正",
    owner="招办",
    reads=(Entrants,),
    figures=("cross-county-zero",),
)
def no_cross_county(entrants: Any, *, at: Any, rule: Any) -> Against:
    """户籍县与录取学校所在县不同的录取，要么有合法情形，要么已经纠正。"""
    among = entrants.filter(at.within(entrants.admitted_on))
    open_ = cross_county(entrants, at)
    return none_of(
        open_, since="admitted_on", of="entrants", among=among, note="跨县域录取，无合法情形且未纠正"
    )


@promise(
    "building-plan-kept",
    title="学校建设规划按期完成",
    title_en="The school building plan is kept",
    chapter="compulsory",
    kind=Sentence.PLANNED_DONE,
    sentence="规划内到期的中小学建设项目全部完成",
    otherwise="规划内 {among} 所学校中有 {exceptions} 所到期未完成",
    owner="发展规划科",
    reads=(PlanItems, Plans, Projects),
    figures=("schools-planned-90", "schools-done-82", "schools-open-8"),
)
def building_plan_kept(items: Any, plans: Any, projects: Any, *, at: Any, rule: Any) -> Against:
    """规划清单中计划完成日已过的学校，都有通过竣工验收的建设项目。"""
    listed = planned(items, plans, at)
    done = listed.filter(listed.school.isin(built_schools(projects, at, within=False).school))
    return overdue(
        listed, done.select(row="id"), "row", at.as_of, of="planitems", note="计划完成日已过，尚未竣工验收"
    )
