"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """责任人。"""

    name = "junheng.domains.people"
    label = "people"
    verbose_name = _("责任人")
    default_auto_field = "django.db.models.BigAutoField"
