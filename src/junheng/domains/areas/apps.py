"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AreasConfig(AppConfig):
    """行政区划。"""

    name = "junheng.domains.areas"
    label = "areas"
    verbose_name = _("行政区划")
    default_auto_field = "django.db.models.BigAutoField"
