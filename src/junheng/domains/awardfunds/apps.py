"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardFundsConfig(AppConfig):
    """奖补资金的下达、拨付、到账和使用。"""

    name = "junheng.domains.awardfunds"
    label = "awardfunds"
    verbose_name = _("奖补资金")
    default_auto_field = "django.db.models.BigAutoField"
