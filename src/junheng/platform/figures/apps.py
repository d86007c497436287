"""The mechanism in Django's list of applications; the bureau's definitions are declared when it starts."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """年度数据。"""

    name = "junheng.platform.figures"
    label = "figures"
    verbose_name = _("年度数据")

    def ready(self) -> None:
        for shelf in ("datasets", "indicators", "promises"):
            import_module(f"{settings.JUNHENG_CONTENT}.{shelf}")
