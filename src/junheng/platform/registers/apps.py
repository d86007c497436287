"""The register mechanism as a Django app: finds the declarations of all rooms when the house starts."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistersConfig(AppConfig):
    """Imports ``registers.py`` of every room and has the declarations checked."""

    name = "junheng.platform.registers"
    label = "registers"

    def ready(self) -> None:
        autodiscover_modules("registers")
        from junheng.platform.registers import background, checks, tidying  # noqa: F401, PLC0415 (they need the models)
