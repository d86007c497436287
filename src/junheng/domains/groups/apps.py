"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    """教育集团、结对帮扶与薄弱学校。"""

    name = "junheng.domains.groups"
    label = "groups"
    verbose_name = _("集团与帮扶")
    default_auto_field = "django.db.models.BigAutoField"
