"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnerListsConfig(AppConfig):
    """部门名单比对。"""

    name = "junheng.domains.partnerlists"
    label = "partnerlists"
    verbose_name = _("部门名单比对")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.partnerlists import tasks  # noqa: F401, PLC0415 — it needs the models
        from junheng.domains.partnerlists.desk import waiting  # noqa: F401, PLC0415 — the same
