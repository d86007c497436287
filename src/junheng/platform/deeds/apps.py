"""The mechanism as a Django app: finds the deeds of all rooms when the house starts."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DeedsConfig(AppConfig):
    """Imports ``desk.py`` of every room, where its deeds are declared."""

    name = "junheng.platform.deeds"
    label = "deeds"

    def ready(self) -> None:
        autodiscover_modules("desk")
