"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """规划、清单与建设项目。"""

    name = "junheng.domains.projects"
    label = "projects"
    verbose_name = _("规划与项目")
    default_auto_field = "django.db.models.BigAutoField"
