"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    """心理委员与心理辅导。"""

    name = "junheng.domains.care"
    label = "care"
    verbose_name = _("心理关怀")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.care import tasks  # noqa: F401, PLC0415 — it needs the models
