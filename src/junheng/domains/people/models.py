"""One row an official with duties: never a pupil, never a parent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.platform.sealing import SealedCharField, SubjectKeyField
from junheng.platform.spans import ends_after_start


class Person(models.Model):
    """An official in one post; who moves to another post gets another row. ``user`` is whose phone and desk it is."""

    code = models.CharField(_("人员编号"), max_length=20, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    area = in_area(_("所属区划"))
    post = models.CharField(_("职务"), max_length=60)
    phone = SealedCharField(_("联系电话"), max_length=20, blank=True)
    seal = SubjectKeyField(_("数据密钥"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("账号"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="persons",
    )
    since = models.DateField(_("任职日"))
    until = models.DateField(_("离任日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("责任人")
        ordering = ["id"]
        constraints = [ends_after_start()]

    def __str__(self) -> str:
        return f"{self.name}（{self.post}）"
