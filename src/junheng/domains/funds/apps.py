"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    """生均公用经费与普惠园补助。"""

    name = "junheng.domains.funds"
    label = "funds"
    verbose_name = _("教育经费")
    default_auto_field = "django.db.models.BigAutoField"
