"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    """督导检查轮次与记录。"""

    name = "junheng.domains.safety"
    label = "safety"
    verbose_name = _("校园安全")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.safety import tasks  # noqa: F401, PLC0415 — it needs the models
        from junheng.domains.safety.actions.following import follow  # noqa: PLC0415 — models are loaded only now
        from junheng.domains.safety.policies import RunningRounds  # noqa: PLC0415 — the same
        from junheng.domains.safety.queries import awarded  # noqa: F401, PLC0415 — the same
        from junheng.platform.audit.append import appended  # noqa: PLC0415 — the same
        from junheng.platform.registers.gates import gate  # noqa: PLC0415 — the same

        gate(RunningRounds())
        appended.connect(follow, dispatch_uid="safety.follow")
