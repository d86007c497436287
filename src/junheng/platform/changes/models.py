"""How far somebody has looked through what changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """The last entry of the audit that a person has marked as seen. A mark of one's own, so it is not audited."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="look", verbose_name=_("用户")
    )
    entry = models.BigIntegerField(_("已看到的留痕"))
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("查看进度")
        verbose_name_plural = _("查看进度")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.entry}"
