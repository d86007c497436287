"""The mechanism in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts, second factors and who looks after them."""

    name = "junheng.platform.accounts"
    label = "accounts"
    verbose_name = _("账号")

    def ready(self) -> None:
        from junheng.platform.access.entering import HALL  # noqa: PLC0415 — models are loaded only now
        from junheng.platform.accounts import tidying, waiting  # noqa: F401, PLC0415
        from junheng.platform.accounts.entrance import first_time, open_door  # noqa: PLC0415
        from junheng.platform.accounts.oidc.ways import ways  # noqa: PLC0415

        HALL.entrance = open_door
        HALL.ways += [ways, first_time]
