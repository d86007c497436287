"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    """双随机抽查与暗访。"""

    name = "junheng.domains.visits"
    label = "visits"
    verbose_name = _("双随机抽查与暗访")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.safety.policies import FILLERS  # noqa: PLC0415 — it needs the models
        from junheng.domains.visits.actions.sheets import is_of_the_team  # noqa: PLC0415

        if is_of_the_team not in FILLERS:
            FILLERS.append(is_of_the_team)
