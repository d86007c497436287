"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FindingsConfig(AppConfig):
    """问题隐患：登记、整改、复查、销号。"""

    name = "junheng.domains.findings"
    label = "findings"
    verbose_name = _("问题隐患")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The house knows what is done at night once its apps are ready."""
        from junheng.domains.findings import tasks  # noqa: F401, PLC0415 — it needs the models
