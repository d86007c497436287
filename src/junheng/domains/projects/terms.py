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
