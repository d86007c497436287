"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakesConfig(AppConfig):
    """招生计划。"""

    name = "junheng.domains.intakes"
    label = "intakes"
    verbose_name = _("招生计划")
    default_auto_field = "django.db.models.BigAutoField"
