"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdmissionsConfig(AppConfig):
    """新生录取。"""

    name = "junheng.domains.admissions"
    label = "admissions"
    verbose_name = _("招生")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.admissions import tasks  # noqa: F401, PLC0415 — it needs the models
