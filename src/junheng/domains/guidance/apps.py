"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidanceConfig(AppConfig):
    """一人一策台账与方案。"""

    name = "junheng.domains.guidance"
    label = "guidance"
    verbose_name = _("一人一策")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.guidance import tasks  # noqa: F401, PLC0415 — it needs the models
