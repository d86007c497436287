"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AsksConfig(AppConfig):
    """Surveys; adds what waits to the first page."""

    name = "junheng.platform.asks"
    label = "asks"
    verbose_name = _("一次性调查")

    def ready(self) -> None:
        from junheng.platform.asks import waiting  # noqa: F401, PLC0415 (it adds itself)
        from junheng.platform.asks.scopes import RESPONSES  # noqa: PLC0415 (models are ready only now)
        from junheng.platform.tokens.opening import open_to_programs  # noqa: PLC0415

        open_to_programs(RESPONSES)
