"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatrolsConfig(AppConfig):
    """水域暗访检查。"""

    name = "junheng.domains.patrols"
    label = "patrols"
    verbose_name = _("水域巡查")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.patrols import tasks  # noqa: F401, PLC0415 — it needs the models
