"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LineageConfig(AppConfig):
    """Lineage of units."""

    name = "junheng.platform.lineage"
    label = "lineage"
    verbose_name = _("沿革")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.platform.lineage import panels  # noqa: F401, PLC0415 (it needs the models)
        from junheng.platform.lineage.heirs import heirs_by  # noqa: PLC0415 (the same)
        from junheng.platform.lineage.queries import former_names  # noqa: PLC0415 (the same)
        from junheng.platform.registers.former import tells_former_names  # noqa: PLC0415 (the same)
        from junheng.platform.registers.heirs import tells_heirs  # noqa: PLC0415 (the same)

        tells_former_names(former_names)
        tells_heirs(heirs_by)
