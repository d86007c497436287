"""The look as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base templates, static files and template tags."""

    name = "junheng.platform.ui"
    label = "ui"
    verbose_name = "界面"
