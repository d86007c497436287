"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomevisitsConfig(AppConfig):
    """家访记录。"""

    name = "junheng.domains.homevisits"
    label = "homevisits"
    verbose_name = _("家访")
    default_auto_field = "django.db.models.BigAutoField"
