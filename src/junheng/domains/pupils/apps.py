"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PupilsConfig(AppConfig):
    """家庭、学生与在园幼儿。"""

    name = "junheng.domains.pupils"
    label = "pupils"
    verbose_name = _("学生")
    default_auto_field = "django.db.models.BigAutoField"
