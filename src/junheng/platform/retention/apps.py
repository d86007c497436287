"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    """Adds what the first page shows of it."""

    name = "junheng.platform.retention"
    label = "retention"
    verbose_name = _("保存与销毁")

    def ready(self) -> None:
        from junheng.platform.retention import waiting  # noqa: F401, PLC0415 (it adds itself)
