"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeesConfig(AppConfig):
    """收费公示。"""

    name = "junheng.domains.fees"
    label = "fees"
    verbose_name = _("收费公示")
    default_auto_field = "django.db.models.BigAutoField"
