"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """Papers to print and sign."""

    name = "junheng.platform.papers"
    label = "papers"
    verbose_name = _("公文与结算单")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.platform.papers import panels  # noqa: F401, PLC0415 (it needs the models)
