"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TipsConfig(AppConfig):
    """举报受理。"""

    name = "junheng.domains.tips"
    label = "tips"
    verbose_name = _("举报受理")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.tips import tasks  # noqa: F401, PLC0415 — it needs the models
