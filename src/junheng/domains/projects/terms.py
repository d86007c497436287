"""Words of plans and building projects."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanKind(TextChoices):
    """What a plan is about."""

    SCHOOL_BUILDING = "school_building", _("中小学校建设")
    COUNTY_PRESCHOOL = "county_preschool", _("学前教育一县一策")
    COUNTY_GROUPS = "county_groups", _("集团化办学一县一策")
    LAYOUT = "layout", _("学校布局规划")


class Programme(TextChoices):
    """专项: the programme that pays for a project; their registers do not overlap."""

    KG_BUILDING = "kg_building", _("公办幼儿园建设")
    SCHOOL_BUILDING = "school_building", _("中小学校建设")
    WEAK_LINK = "weak_link", _("义务教育薄弱环节改善与能力提升")
    RURAL_REPAIR = "rural_repair", _("农村校舍维修")
    SPORTS_GROUND = "sports_ground", _("运动场地建设")


class ProjectKind(TextChoices):
    """建设性质. Only the first three add places by building."""

    NEW = "new", _("新建")
    REBUILD = "rebuild", _("改建")
    EXTEND = "extend", _("扩建")
    RECLAIM = "reclaim", _("收回")
    REPAIR = "repair", _("维修")
    EQUIP = "equip", _("设备购置")
    UPGRADE = "upgrade", _("改造提升")


PLACE_GIVING = (ProjectKind.NEW, ProjectKind.REBUILD, ProjectKind.EXTEND)


class Step(TextChoices):
    """节点: what a project goes through, in this order."""

    INITIATED = "initiated", _("立项")
    LAND = "land", _("用地")
    TENDER = "tender", _("招标")
    BEGUN = "begun", _("开工")
    STRUCTURE = "structure", _("主体")
    COMPLETED = "completed", _("竣工")
    ACCEPTED = "accepted", _("验收")
    OPENED = "opened", _("投用")


ORDER = {step: place for place, step in enumerate(Step)}
STEPS = {
    ProjectKind.NEW: tuple(Step),
    ProjectKind.REBUILD: tuple(step for step in Step if step is not Step.LAND),
    ProjectKind.EXTEND: tuple(step for step in Step if step is not Step.LAND),
    ProjectKind.RECLAIM: (Step.INITIATED, Step.ACCEPTED, Step.OPENED),
    ProjectKind.REPAIR: (Step.INITIATED, Step.TENDER, Step.BEGUN, Step.COMPLETED, Step.ACCEPTED),
    ProjectKind.EQUIP: (Step.INITIATED, Step.TENDER, Step.ACCEPTED, Step.OPENED),
    ProjectKind.UPGRADE: (Step.INITIATED, Step.TENDER, Step.BEGUN, Step.COMPLETED, Step.ACCEPTED, Step.OPENED),
}  # fmt: skip
"""The steps of a kind of project; one that does not apply is left out of its plan, but never the acceptance."""


class HeldBy(TextChoices):
    """未完成原因: what keeps a step from being reached."""

    LAND = "land", _("用地未落实")
    PERMIT = "permit", _("审批手续未办结")
    MONEY = "money", _("资金未到位")
    TENDER = "tender", _("招标流标或质疑")
    BUILDER = "builder", _("施工单位原因")
    DESIGN = "design", _("设计变更")
    WEATHER = "weather", _("天气或管控停工")
    REMEDY = "remedy", _("验收问题整改中")
    PLAN = "plan", _("规划调整")
    OTHER = "other", _("其他原因")


class ReportVerdict(TextChoices):
    """检测结论: what the test of a sports ground's material says."""

    FIT = "fit", _("合格")
    UNFIT = "unfit", _("不合格")


class ProjectState(TextChoices):
    """Where a project stands: what is accepted, given up, or still open, and what of it is late or has no plan."""

    LATE = "late", _("逾期")
    UNPLANNED = "unplanned", _("没有节点计划")
    OPEN = "open", _("未完成")
    ACCEPTED = "accepted", _("已竣工验收")
    CANCELLED = "cancelled", _("已取消")
