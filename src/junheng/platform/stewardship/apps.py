"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StewardshipConfig(AppConfig):
    """Has the gate asked, and adds what register pages and the first page show of it."""

    name = "junheng.platform.stewardship"
    label = "stewardship"
    verbose_name = _("台账责任")

    def ready(self) -> None:
        from junheng.platform.registers.gates import gate  # noqa: PLC0415 (needs the models)
        from junheng.platform.stewardship import panels, waiting  # noqa: F401, PLC0415 (they add themselves)
        from junheng.platform.stewardship.approval import APPROVAL  # noqa: PLC0415

        gate(APPROVAL)
