"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """The page of what is new, and how far each person has looked."""

    name = "junheng.platform.changes"
    label = "changes"
    verbose_name = _("新变化")
