"""What a frozen roll and the rates of a term make: calculations, their rates and lines, and notes of differences."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.funds.models.rolls import RollFreeze
from junheng.domains.funds.terms import FundRule
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.kernel.values.school_term import SchoolTerm


class Derivation(models.Model):
    """One calculation of one term for all schools. The newest of a term counts; what it changes is settled later."""

    code = models.CharField(_("核定编号"), max_length=20, unique=True)
    term = models.CharField(_("学期"), max_length=5)
    number = models.PositiveSmallIntegerField(_("第几次核定"))
    roll = models.ForeignKey(RollFreeze, verbose_name=_("名册"), on_delete=models.PROTECT)
    previous = models.ForeignKey(
        "self", verbose_name=_("上一次核定"), on_delete=models.PROTECT, null=True, blank=True
    )
    area = in_area(_("所在区划"))
    total_fen = models.PositiveBigIntegerField(_("核定总额（分）"))
    difference_fen = models.BigIntegerField(_("与上一次的差额（分）"), default=0)
    settle_term = models.CharField(_("结算学期"), max_length=5, blank=True)
    derived_at = models.DateTimeField(_("核定时间"))
    derived_by = models.CharField(_("核定人"), max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = _("公用经费核定批次")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="funds_derivation_number_once", fields=["term", "number"])
        ]

    def __str__(self) -> str:
        return self.code


class RateUsed(models.Model):
    """The rate by which a calculation counts one rule in one stage, with the clause that sets it."""

    derivation = models.ForeignKey(
        Derivation, verbose_name=_("核定"), on_delete=models.PROTECT, related_name="rates", db_index=False
    )
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    rule = models.CharField(_("规则"), max_length=8, choices=FundRule)
    fen = models.PositiveIntegerField(_("年标准（分）"))
    since = models.DateField(_("起始日"))
    until = models.DateField(_("终止日"), null=True, blank=True)
    clause = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("核定所用标准")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="funds_rateused_once", fields=["derivation", "stage", "rule"])
        ]

    def __str__(self) -> str:
        return f"{self.derivation} {self.get_rule_display()}"


class EntitlementLine(models.Model):
    """What one school is due by one rule in one stage: so many heads at one rate."""

    derivation = models.ForeignKey(
        Derivation, verbose_name=_("核定"), on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="+")
    area = in_area(_("所在区划"))
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    rule = models.CharField(_("规则"), max_length=8, choices=FundRule)
    count = models.PositiveIntegerField(_("人数"))
    rate = models.ForeignKey(RateUsed, verbose_name=_("标准"), on_delete=models.PROTECT, db_index=False)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("公用经费核定明细")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="funds_entitlementline_once", fields=["derivation", "school", "stage", "rule"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.get_rule_display()}"


class DifferenceNote(models.Model):
    """What one school is due more or less by a later calculation of a term, settled with another term."""

    derivation = models.ForeignKey(
        Derivation, verbose_name=_("核定"), on_delete=models.PROTECT, db_index=False
    )
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    term = models.CharField(_("学期"), max_length=5)
    settle_term = models.CharField(_("结算学期"), max_length=5)
    by_count_fen = models.BigIntegerField(_("人数变化的差额（分）"))
    by_rate_fen = models.BigIntegerField(_("标准变化的差额（分）"))
    amount_fen = models.BigIntegerField(_("差额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("差额通知")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="funds_differencenote_once", fields=["derivation", "school"]),
            models.CheckConstraint(
                name="funds_differencenote_whole",
                condition=Q(amount_fen=F("by_count_fen") + F("by_rate_fen")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}（{self.term}）"

    @property
    def settle_label(self) -> str:
        """The term with which it is settled, in words."""
        return SchoolTerm.parse(self.settle_term).label
