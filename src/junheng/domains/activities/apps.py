"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    """学校活动。"""

    name = "junheng.domains.activities"
    label = "activities"
    verbose_name = _("学校活动")
    default_auto_field = "django.db.models.BigAutoField"
