"""One row a unit of administration, and the field by which every other row says where it lies."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.terms import AreaKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

models.CharField.register_lookup(Length)


class Area(models.Model):
    """A city (4 digits), a county-level unit (6) or a township (9); what lies within another begins with its code."""

    code = models.CharField(_("区划代码"), max_length=9, primary_key=True)
    name = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("层级"), max_length=8, choices=AreaKind)
    city_centre = models.BooleanField(_("中心城区"), default=False)
    stat_only = models.BooleanField(
        _("仅统计使用"),
        default=False,
        help_text=_("统计上单列、没有民政区划代码的单位，如城乡一体化示范区。"),
    )
    until = models.DateField(
        _("撤销日"),
        null=True,
        blank=True,
        help_text=_("并入其他单位的第一天；代码保留，历史数据仍在原代码下。"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("行政区划")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="areas_area_code_has_the_length_of_its_kind",
                condition=Q(kind=AreaKind.CITY, code__length=4)
                | Q(kind=AreaKind.COUNTY, code__length=6)
                | Q(kind=AreaKind.TOWNSHIP, code__length=9),
            ),
            models.CheckConstraint(
                name="areas_area_stat_only_is_a_county",
                condition=Q(stat_only=False) | Q(kind=AreaKind.COUNTY),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def in_area(label: "str | _StrPromise", *, index: bool = True) -> "models.ForeignKey[Area, Area]":
    """The place of a row, which is its scope: who may see it is decided by the code this holds."""
    return models.ForeignKey(
        Area, verbose_name=label, on_delete=models.PROTECT, related_name="+", db_index=index
    )
