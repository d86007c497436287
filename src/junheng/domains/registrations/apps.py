"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationsConfig(AppConfig):
    """入学报名。"""

    name = "junheng.domains.registrations"
    label = "registrations"
    verbose_name = _("入学报名")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.registrations import tasks  # noqa: F401, PLC0415 — it needs the models
