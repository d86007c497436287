"""Statements that left the house, so that whoever holds one can ask whether it is one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IssuedStatement(models.Model):
    """结算单: what a statement said in all, under its code. The same statement, taken twice on a day, is one.

    ``totals`` is a small table: headings, then each sum by its words.
    """

    code = models.CharField(_("核验码"), max_length=16, unique=True)
    title = models.CharField(_("名称"), max_length=200)
    unit = models.CharField(_("单位"), max_length=80)
    issued_on = models.DateField(_("导出日"))
    lines = models.PositiveIntegerField(_("行数"))
    totals = models.JSONField(_("合计"), default=list)
    digest = models.CharField(_("校验值"), max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("已导出的结算单")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.title} {self.code}"
