"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuotaPlacesConfig(AppConfig):
    """分配生。"""

    name = "junheng.domains.quotaplaces"
    label = "quotaplaces"
    verbose_name = _("分配生")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.quotaplaces.policies import FrozenRounds  # noqa: PLC0415 — models are loaded only now
        from junheng.platform.registers.gates import gate  # noqa: PLC0415 — the same

        gate(FrozenRounds())
