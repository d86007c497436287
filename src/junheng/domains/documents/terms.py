"""Words of documents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    """What a document is about."""

    PRESCHOOL = "preschool", _("学前教育")
    SCHOOL_BUILDING = "school_building", _("学校建设")
    MENTAL_HEALTH = "mental_health", _("心理健康")
    SAFETY = "safety", _("校园安全")
    LAYOUT = "layout", _("学校布局")
    FEES = "fees", _("教育收费")
    WARNING = "warning", _("警示告诫")
    OTHER = "other", _("其他")


class AnnexKind(TextChoices):
    """What an annex is."""

    WORK_PLAN = "work_plan", _("工作方案")
    FORM = "form", _("表格")
    LIST = "list", _("清单")


class PublisherLevel(TextChoices):
    """How high up the publisher stands."""

    PROVINCE = "province", _("省级")
    NATION = "nation", _("国家级")
    CITY = "city", _("市级")


class Work(TextChoices):
    """The pieces of work that are divided into strands."""

    DOUBLE_REDUCTION = "double_reduction", _("双减")
    FIVE_MANAGEMENTS = "five_managements", _("五项管理")
    INSPECTION_LEVELS = "inspection_levels", _("三级督导检查")
