"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolsConfig(AppConfig):
    """学校与班级。"""

    name = "junheng.domains.schools"
    label = "schools"
    verbose_name = _("学校")
    default_auto_field = "django.db.models.BigAutoField"
