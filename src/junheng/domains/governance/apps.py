"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernanceConfig(AppConfig):
    """校外培训案件。"""

    name = "junheng.domains.governance"
    label = "governance"
    verbose_name = _("校外培训治理")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.governance import tasks  # noqa: F401, PLC0415 — it needs the models
