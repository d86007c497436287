"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AidConfig(AppConfig):
    """资助认定、放弃、发放与助学贷款。"""

    name = "junheng.domains.aid"
    label = "aid"
    verbose_name = _("学生资助")
    default_auto_field = "django.db.models.BigAutoField"
