"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorksConfig(AppConfig):
    """参评作品。"""

    name = "junheng.domains.works"
    label = "works"
    verbose_name = _("参评作品")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.works.desk.pieces import beside_schemes  # noqa: PLC0415 — the same
        from junheng.domains.works.policies import FrozenRules  # noqa: PLC0415 — the same
        from junheng.platform.registers.gates import gate  # noqa: PLC0415 — the same

        gate(FrozenRules())
        beside_schemes()
