"""Visits to households."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.homevisits.terms import Way
from junheng.domains.pupils.models import Household
from junheng.domains.schools.models import School


class Visit(models.Model):
    """One visit, or attempt at a visit, to one household; nothing is written about the family."""

    household = models.ForeignKey(Household, verbose_name=_("家庭"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    teacher = models.CharField(_("家访教师"), max_length=40)
    visited_on = models.DateField(_("家访日"))
    way = models.CharField(_("方式"), max_length=10, choices=Way)

    class Meta:
        verbose_name = verbose_name_plural = _("家访记录")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.household}（{self.visited_on}）"
