"""Access as a Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """People, their roles and the scope these give."""

    name = "junheng.platform.access"
    label = "access"
    verbose_name = "权限"
