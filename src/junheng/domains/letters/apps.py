"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LettersConfig(AppConfig):
    """告诫函、告诫会与工作方案任务。"""

    name = "junheng.domains.letters"
    label = "letters"
    verbose_name = _("告诫函与告诫会")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.letters import tasks  # noqa: F401, PLC0415 — it needs the models
        from junheng.domains.letters.policies import FrozenMeetings  # noqa: PLC0415 — the same
        from junheng.platform.registers.gates import gate  # noqa: PLC0415 — the same

        gate(FrozenMeetings())
