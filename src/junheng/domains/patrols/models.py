"""Checks of waters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from junheng.domains.waters.terms import Level


class Check(models.Model):
    """One unannounced check of one water by one person."""

    water = models.ForeignKey(Water, verbose_name=_("水域"), on_delete=models.PROTECT)
    person = models.ForeignKey(Person, verbose_name=_("检查人"), on_delete=models.PROTECT)
    area = in_area(_("所在乡镇"))
    level = models.CharField(_("责任层级"), max_length=8, choices=Level)
    checked_at = models.DateTimeField(_("检查时间"))
    hazard = models.CharField(  # noqa: DJ001 -- the contract tells "nothing found" by null
        _("发现问题"), max_length=200, null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("水域暗访检查")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.water}（{self.checked_at:%Y-%m-%d}）"
