"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TitlesConfig(AppConfig):
    """荣誉称号与奖补资金。"""

    name = "junheng.domains.titles"
    label = "titles"
    verbose_name = _("荣誉称号")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.titles import actions, queries  # noqa: F401, PLC0415 — they need the models
