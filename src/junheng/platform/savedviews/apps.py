"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedViewsConfig(AppConfig):
    """Saved views of registers."""

    name = "junheng.platform.savedviews"
    label = "savedviews"
    verbose_name = _("存好的视图")
