"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    """督导检查轮次与记录。"""

    name = "junheng.domains.safety"
    label = "safety"
    verbose_name = _("校园安全")
    default_auto_field = "django.db.models.BigAutoField"
