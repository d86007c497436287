"""What was paid to schools, in parts, and what they say they used it for."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.funds.terms import UseKind
from junheng.domains.schools.models import School
from junheng.platform.registers.values import yuan


class Instalment(models.Model):
    """One payment of one county for one term, by one document, shared out to its schools."""

    code = models.CharField(_("拨付文号"), max_length=60)
    area = in_area(_("拨付的县（市、区）"))
    term = models.CharField(_("学期"), max_length=5)
    paid_on = models.DateField(_("拨付日"))
    schools = models.PositiveIntegerField(_("学校数"))
    total_fen = models.PositiveBigIntegerField(_("拨付总额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("公用经费拨付批次")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="funds_instalment_document_once",
                fields=["area", "code"],
                violation_error_message=_("这个文号已经登记过拨付。"),
            )
        ]

    def __str__(self) -> str:
        return self.code


class FundPayment(models.Model):
    """What one school got of one instalment."""

    instalment = models.ForeignKey(
        Instalment, verbose_name=_("拨付批次"), on_delete=models.PROTECT, db_index=False
    )
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    term = models.CharField(_("学期"), max_length=5)
    amount_fen = models.PositiveBigIntegerField(_("拨付金额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("公用经费拨付")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="funds_fundpayment_once", fields=["instalment", "school"]),
            models.CheckConstraint(name="funds_fundpayment_something", condition=Q(amount_fen__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.school}（{self.instalment}）"


class FundUse(models.Model):
    """What a school says it used public funds for in a year, for everybody to read."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("用途"), max_length=10, choices=UseKind)
    amount_fen = models.PositiveBigIntegerField(_("支出金额（分）"))
    published_on = models.DateField(_("公示日"))

    class Meta:
        verbose_name = verbose_name_plural = _("公用经费使用公示")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="funds_funduse_once",
                fields=["school", "year", "kind"],
                violation_error_message=_("这所学校该年度这项用途已经公示。请修改原有的一条。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.get_kind_display()}（{self.year}）"

    def clean(self) -> None:
        """More than a school received in the year is not published as used."""
        if self.school_id is None or self.year is None or self.amount_fen is None:
            return
        received = FundPayment.objects.filter(school=self.school_id, instalment__paid_on__year=self.year)
        others = FundUse.objects.filter(school=self.school_id, year=self.year).exclude(pk=self.pk)
        got, used = (rows.aggregate(sum=Sum("amount_fen"))["sum"] or 0 for rows in (received, others))
        if used + self.amount_fen > got:
            words = gettext(
                "%(year)s 年度已公示支出 %(used)s 元，加上这一项超过收到的 %(got)s 元。请核对金额。"
            )
            raise ValidationError(
                {"amount_fen": words % {"year": self.year, "used": yuan(used), "got": yuan(got)}}
            )
