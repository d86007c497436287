"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AfterclassConfig(AppConfig):
    """课后服务需求与报名。"""

    name = "junheng.domains.afterclass"
    label = "afterclass"
    verbose_name = _("课后服务")
    default_auto_field = "django.db.models.BigAutoField"
