"""Reminders of repayment: one a contract and year, and whether whoever signed was told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.aid.models.loans import Loan
from junheng.domains.aid.terms import Repay, Told
from junheng.domains.areas.models import in_area


class LoanReminder(models.Model):
    """What a year asks of one contract, as it stood when the reminder was made; no name and no amount."""

    loan = models.ForeignKey(Loan, verbose_name=_("合同"), on_delete=models.PROTECT)
    area = in_area(_("受理区划"), index=False)
    year = models.PositiveSmallIntegerField(_("还款年份"))
    state = models.CharField(_("还款阶段"), max_length=16, choices=Repay)
    due_on = models.DateField(_("还款日"))
    made_on = models.DateField(_("生成日"))
    exported_on = models.DateField(_("导出日"), null=True, blank=True)
    outcome = models.CharField(_("通知结果"), max_length=12, choices=Told, blank=True, default="")
    noted_on = models.DateField(_("登记日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("还款提醒")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="aid_reminder_once", fields=["loan", "year"])]
        indexes = [models.Index(name="aid_reminder_of_year", fields=["year", "area"])]

    def __str__(self) -> str:
        return f"{self.year} · {self.get_state_display()}"
