"""The room in Django's list of applications."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulletinsConfig(AppConfig):
    """稿件、版式与签发。"""

    name = "junheng.domains.bulletins"
    label = "bulletins"
    verbose_name = _("发布")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from junheng.domains.bulletins.policies import SignedArticles  # noqa: PLC0415 — models are loaded only now
        from junheng.platform.registers.gates import gate  # noqa: PLC0415 — the same

        gate(SignedArticles())
