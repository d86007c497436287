"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SnapshotsConfig(AppConfig):
    """数据快照。"""

    name = "junheng.platform.snapshots"
    label = "snapshots"
    verbose_name = _("数据快照")
    default_auto_field = "django.db.models.BigAutoField"
