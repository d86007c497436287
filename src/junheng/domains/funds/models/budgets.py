"""What a school means to spend in a year, and the lines of counties' budgets from which it is paid."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.funds.models.derived import Derivation
from junheng.domains.funds.terms import UseKind
from junheng.domains.schools.models import School


class FundBudget(models.Model):
    """What one school means to spend on one use in a calendar year."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("用途"), max_length=10, choices=UseKind)
    amount_fen = models.PositiveBigIntegerField(_("预算金额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("公用经费年度预算")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="funds_fundbudget_once",
                fields=["school", "year", "kind"],
                violation_error_message=_("这所学校该年度这项用途已有预算。请修改原有的一条。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.get_kind_display()}（{self.year}）"


class BudgetLine(models.Model):
    """One line of a county's budget that pays for a calculation: for what is due, or for what a later one changed."""

    derivation = models.ForeignKey(
        Derivation, verbose_name=_("核定"), on_delete=models.PROTECT, db_index=False
    )
    area = in_area(_("县（市、区）"))
    code = models.CharField(_("指标文号"), max_length=60)
    amount_fen = models.BigIntegerField(_("指标金额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("公用经费预算指标")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="funds_budgetline_once",
                fields=["derivation", "area", "code"],
                violation_error_message=_("这次核定的这个指标文号已经登记。"),
            )
        ]

    def __str__(self) -> str:
        return self.code
