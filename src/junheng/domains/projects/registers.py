"""Which fields of plans and projects show where; a project is accepted or cancelled by actions only."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.projects import PlanItems, Plans, Projects
from junheng.domains.projects.models import (
    Milestone,
    Plan,
    PlanItem,
    Project,
    ProjectAcceptance,
    ProjectPayment,
)
from junheng.domains.projects.policies import OFFICES, WITH_PLACES
from junheng.platform.registers import (
    CITY_KEEPS,
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

BUDGETED = Policy(Owner.COUNTY, Level.CITY, why=_("概算和计划工期的调整须市局发展规划科核定。"))


@register
class PlanRegister(Register[Plan]):
    """规划与计划。一行是一个规划的一个版本；修订时旧版写失效日，新版另起一行。"""

    slug = "plans"
    chapter = "layout"
    model = Plan
    area = "area"
    since = "since"
    until = "until"
    fulfils = Plans
    found_anywhere = True
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("计划编号",)),
        F("title", LIST | SEARCH, headings=("规划名称", "计划名称")),
        F("kind", LIST | FILTER),
        F("area", LIST | FILTER, headings=("区划", "编制单位")),
        F("from_year", headings=("起始年",)),
        F("to_year", LIST, headings=("目标年",)),
        F("since", KEY | LIST, headings=("生效日期",)),
        F("until", LIST, headings=("失效日期",)),
    )


@register
class PlanItemRegister(Register[PlanItem]):
    """规划项目清单。一行是一个规划清单上的一所学校。"""

    slug = "planitems"
    chapter = "layout"
    title = "规划项目清单"
    model = PlanItem
    area = "area"
    school = "school"
    writers = OFFICES
    fulfils = PlanItems
    policy = CITY_KEEPS
    fields = (
        F("plan", LIST | FILTER, headings=("规划编号", "规划名称")),
        F("school", LIST | SEARCH, headings=("学校标识码", "学校名称")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("due_on", LIST, headings=("计划竣工日期", "完成期限"), by=BUDGETED),
    )


@register
class ProjectRegister(Register[Project]):
    """建设项目。一行是一个项目；竣工验收才算完成，由县（市、区）教育局「竣工验收」办理，不能直接填写；学校用「上报进展」报告。"""

    slug = "projects"
    chapter = "layout"
    model = Project
    area = "area"
    school = "school"
    kindergarten = "kindergarten"
    writers = OFFICES
    fulfils = Projects
    found_anywhere = True
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("项目代码",)),
        F("name", LIST | SEARCH | PUBLIC, headings=("项目",)),
        F("area", LIST | FILTER | PUBLIC, headings=("区划", "县（市、区）")),
        F("programme", LIST | FILTER | PUBLIC, headings=("专项名称", "资金专项")),
        F("kind", LIST | FILTER | PUBLIC, headings=("建设类型",)),
        F("kindergarten", FILTER | PUBLIC, headings=("幼儿园名称", "园名")),
        F("school", FILTER | PUBLIC, headings=("学校名称", "校名")),
        F("budget_fen", headings=("投资概算（分）",), by=BUDGETED),
        F("started_on", PUBLIC, headings=("开工日期",)),
        F("accepted_on", LIST | FIXED | PUBLIC, headings=("竣工日期", "验收日期")),
        F("cancelled_on", FIXED | PUBLIC, headings=("取消日期",)),
        F("places_before", PUBLIC, headings=("原有学位",)),
        F("places_after", LIST | PUBLIC, headings=("建成后学位",), by=BUDGETED),
    )


@register
class MilestoneRegister(Register[Milestone]):
    """项目节点。一行是一个项目的一个节点：计划日、完成日和依据文号；计划日调整须写原因，最初计划日保留。"""

    slug = "milestones"
    chapter = "layout"
    model = Milestone
    area = "area"
    school = "project__school"
    kindergarten = "project__kindergarten"
    writers = WITH_PLACES
    policy = COUNTY_KEEPS
    fields = (
        F("project", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("step", LIST | FILTER | FIXED),
        F("first_on", FIXED),
        F("planned_on", LIST | FILTER | FIXED),
        F("reached_on", LIST | FILTER | FIXED),
        F("number", LIST | FIXED),
        F("reached_by", FIXED),
        F("held_by", FILTER | FIXED),
        F("held_words", FIXED),
        F("reported_on", FIXED),
        F("reported_words", FIXED),
    )


@register
class ProjectAcceptanceRegister(Register[ProjectAcceptance]):
    """项目验收记录。一行是一个项目的验收：文号、验收单位、班数和每班学位；运动场还有材料检测报告。"""

    slug = "projectacceptances"
    chapter = "layout"
    model = ProjectAcceptance
    area = "area"
    school = "project__school"
    kindergarten = "project__kindergarten"
    writers = OFFICES
    policy = COUNTY_KEEPS
    fields = (
        F("project", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("number", LIST | SEARCH | FIXED),
        F("accepted_on", LIST | FILTER | FIXED),
        F("acceptors", FIXED),
        F("classes", FIXED),
        F("per_class", FIXED),
        F("places", LIST | FIXED),
        F("difference", FIXED),
        F("report_number", FIXED),
        F("report_verdict", LIST | FILTER | FIXED),
    )


@register
class ProjectPaymentRegister(Register[ProjectPayment]):
    """项目拨付。一行是按一个文号给一个项目拨付的一笔钱；只在系统内看，不公开。"""

    slug = "projectpayments"
    chapter = "layout"
    model = ProjectPayment
    area = "area"
    school = "project__school"
    kindergarten = "project__kindergarten"
    writers = OFFICES
    policy = COUNTY_KEEPS
    fields = (
        F("project", KEY | LIST | FILTER, headings=("项目编号", "项目代码")),
        F("area", LIST | FILTER, headings=("区划",)),
        F("number", KEY | LIST | SEARCH, headings=("文号", "拨付文件")),
        F("paid_on", LIST | FILTER, headings=("拨付日期",)),
        F("amount_fen", LIST, headings=("拨付（元）", "金额（元）")),
    )
