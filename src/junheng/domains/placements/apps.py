"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    """派位与录取。"""

    name = "junheng.domains.placements"
    label = "placements"
    verbose_name = _("派位与录取")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.placements import tasks  # noqa: F401, PLC0415 — it needs the models
        from junheng.domains.placements.queries.people import had_part  # noqa: PLC0415
        from junheng.domains.registrations.actions.checking import INVOLVED  # noqa: PLC0415

        if had_part not in INVOLVED:
            INVOLVED.append(had_part)
