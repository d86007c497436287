"""Waters and who has charge of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.people.models import Person
from junheng.domains.waters.terms import Level, Risk, WaterKind
from junheng.platform.spans import ends_after_start


class Water(models.Model):
    """One water near which children could drown; coordinates are whole millionths of a degree."""

    code = models.CharField(_("水域编号"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    area = in_area(_("所在乡镇"))
    kind = models.CharField(_("类型"), max_length=10, choices=WaterKind)
    risk = models.CharField(_("风险等级"), max_length=6, choices=Risk)
    owner = models.CharField(_("管理单位"), max_length=60, blank=True)
    longitude = models.IntegerField(_("经度（百万分之一度）"), null=True, blank=True)
    latitude = models.IntegerField(_("纬度（百万分之一度）"), null=True, blank=True)
    since = models.DateField(_("列入日"))
    until = models.DateField(_("移出日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("风险水域")
        ordering = ["id"]
        constraints = [ends_after_start()]

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """One person of one level has charge of one water from one day to another."""

    water = models.ForeignKey(Water, verbose_name=_("水域"), on_delete=models.PROTECT)
    person = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT)
    area = in_area(_("所在乡镇"))
    level = models.CharField(_("责任层级"), max_length=8, choices=Level)
    since = models.DateField(_("起始日"))
    until = models.DateField(_("终止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("水域责任分工")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="waters_assignment_one_open",
                fields=["water", "person", "level"],
                condition=Q(until__isnull=True),
                violation_error_message=_("此人已负责这处水域。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.water}：{self.person}"
