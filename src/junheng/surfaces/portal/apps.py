"""The portal as a Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages."""

    name = "junheng.surfaces.portal"
    label = "portal"
    verbose_name = "公开页"

    def ready(self) -> None:
        from junheng.platform.ui.chrome import CHROME  # noqa: PLC0415 — models are loaded only now
        from junheng.surfaces.portal.navigation import PLACES  # noqa: PLC0415

        CHROME.public = PLACES
