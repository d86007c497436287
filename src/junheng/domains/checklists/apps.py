"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChecklistsConfig(AppConfig):
    """检查清单。"""

    name = "junheng.domains.checklists"
    label = "checklists"
    verbose_name = _("检查清单")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.checklists.policies import FrozenChecklists  # noqa: PLC0415 — models are loaded only now
        from junheng.platform.registers.gates import gate  # noqa: PLC0415 — the same

        gate(FrozenChecklists())
