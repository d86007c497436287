"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    """Imports ``quality.py`` of every room, and adds itself to the pages and forms of registers."""

    name = "junheng.platform.quality"
    label = "quality"
    verbose_name = _("数据质量")

    def ready(self) -> None:
        autodiscover_modules("quality")
        from junheng.platform.quality import asking, background, checks, panels, saving, waiting  # noqa: F401, PLC0415 (need models)
