"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KindergartensConfig(AppConfig):
    """幼儿园、办园性质、普惠性认定与年度统计。"""

    name = "junheng.domains.kindergartens"
    label = "kindergartens"
    verbose_name = _("幼儿园")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.kindergartens import tasks  # noqa: F401, PLC0415 — it needs the models
        from junheng.domains.kindergartens.policies import OwnHand  # noqa: PLC0415 — the same
        from junheng.platform.registers.gates import gate  # noqa: PLC0415 — the same

        gate(OwnHand())
