"""The mechanism as a Django app: keeps its index with every entry of the audit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchingConfig(AppConfig):
    """Listens to the audit: whatever was written there, under its names it can be found at once."""

    name = "junheng.platform.searching"
    label = "searching"
    verbose_name = _("查找")

    def ready(self) -> None:
        from junheng.platform.audit.append import appended  # noqa: PLC0415 — models are loaded only now
        from junheng.platform.registers.former import called_otherwise  # noqa: PLC0415
        from junheng.platform.searching.index import follow, follow_names  # noqa: PLC0415

        appended.connect(follow, dispatch_uid="searching.follow")
        called_otherwise.connect(follow_names, dispatch_uid="searching.follow_names")
