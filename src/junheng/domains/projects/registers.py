"""Which fields of plans and projects show where; a project is accepted or cancelled by actions only."""

from django.utils.translation import gettext_lazy as _

from junheng.content.datasets.projects import PlanItems, Plans, Projects
from junheng.domains.projects.models import Plan, PlanItem, Project
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
    """建设项目。一行是一个项目；竣工验收才算完成，由「竣工验收」办理，不能直接填写。"""

    slug = "projects"
    chapter = "layout"
    model = Project
    area = "area"
    school = "school"
    fulfils = Projects
    found_anywhere = True
    policy = COUNTY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | PUBLIC, headings=("项目代码",)),
        F("name", LIST | SEARCH | PUBLIC, headings=("项目",)),
        F("area", LIST | FILTER | PUBLIC, headings=("区划", "县（市、区）")),
        F("programme", LIST | FILTER | PUBLIC, headings=("专项名称", "资金专项")),
        F("kind", LIST | FILTER | PUBLIC, headings=("建设类型",)),
        F("kindergarten", PUBLIC, headings=("幼儿园名称", "园名")),
        F("school", PUBLIC, headings=("学校名称", "校名")),
        F("budget_fen", headings=("投资概算（分）",), by=BUDGETED),
        F("started_on", PUBLIC, headings=("开工日期",)),
        F("accepted_on", LIST | FIXED | PUBLIC, headings=("竣工日期", "验收日期")),
        F("cancelled_on", FIXED | PUBLIC, headings=("取消日期",)),
        F("places_before", PUBLIC, headings=("原有学位",)),
        F("places_after", LIST | PUBLIC, headings=("建成后学位",), by=BUDGETED),
    )
