"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchemesConfig(AppConfig):
    """评选认定。"""

    name = "junheng.domains.schemes"
    label = "schemes"
    verbose_name = _("评选认定")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.schemes import tasks  # noqa: F401, PLC0415 — it needs the models
        from junheng.domains.schemes.actions import inclusive  # noqa: F401, PLC0415 — it needs the models
        from junheng.domains.schemes.policies import FrozenSchemes  # noqa: PLC0415 — the same
        from junheng.domains.schemes.queries import drawn, earlier  # noqa: F401, PLC0415 — the same
        from junheng.platform.registers.gates import gate  # noqa: PLC0415 — the same

        gate(FrozenSchemes())
