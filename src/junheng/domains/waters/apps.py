"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WatersConfig(AppConfig):
    """风险水域与责任分工。"""

    name = "junheng.domains.waters"
    label = "waters"
    verbose_name = _("水域")
    default_auto_field = "django.db.models.BigAutoField"
