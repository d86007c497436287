"""The phone app as a Django app."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """Pages for the phone at the water."""

    name = "junheng.surfaces.field"
    label = "field"
    verbose_name = "手机应用"
