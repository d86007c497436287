"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    """外勤记录。"""

    name = "junheng.domains.fieldwork"
    label = "fieldwork"
    verbose_name = _("外勤记录")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.fieldwork import tasks  # noqa: F401, PLC0415 — it needs the models
