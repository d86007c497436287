"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """安全事件：报告、复盘、措施、教训。"""

    name = "junheng.domains.incidents"
    label = "incidents"
    verbose_name = _("安全事件")
    default_auto_field = "django.db.models.BigAutoField"
