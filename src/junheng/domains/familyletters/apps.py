"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FamilyLettersConfig(AppConfig):
    """告家长书与回执。"""

    name = "junheng.domains.familyletters"
    label = "familyletters"
    verbose_name = _("告家长书")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.familyletters import tasks  # noqa: F401, PLC0415 — it needs the models
        from junheng.domains.familyletters.desk import waiting  # noqa: F401, PLC0415 — the same
