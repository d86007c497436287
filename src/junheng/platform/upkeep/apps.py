"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from junheng.platform.upkeep.order import check_order


class UpkeepConfig(AppConfig):
    """安装维护。"""

    name = "junheng.platform.upkeep"
    label = "upkeep"
    verbose_name = _("安装维护")

    def ready(self) -> None:
        connection_created.connect(check_order, dispatch_uid="upkeep-order")
