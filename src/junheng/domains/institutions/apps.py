"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    """校外培训机构。"""

    name = "junheng.domains.institutions"
    label = "institutions"
    verbose_name = _("校外培训机构")
    default_auto_field = "django.db.models.BigAutoField"
