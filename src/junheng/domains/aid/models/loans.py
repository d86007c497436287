"""Loan contracts, and the hours at which a county's centre takes families in during the rush weeks."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import AID
from junheng.domains.aid.terms import LoanKind, cap, loan_year
from junheng.domains.areas.models import in_area
from junheng.platform.registers.values import yuan
from junheng.platform.sealing import BlindIndexField, SealedCharField, SubjectKeyField


class Loan(models.Model):
    """One loan contract; the borrower is a student no longer on the roll of a school here."""

    code = models.CharField(_("合同编号"), max_length=30, unique=True)
    borrower = SealedCharField(_("借款学生"), max_length=40)
    seal = SubjectKeyField(_("数据密钥"))
    borrower_id = SealedCharField(_("借款学生身份证件号"), max_length=18, blank=True, default="")
    borrower_id_blind = BlindIndexField(_("借款学生身份证件号（查找用）"), of="borrower_id")
    area = in_area(_("受理区划"))
    kind = models.CharField(_("类别"), max_length=8, choices=LoanKind)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    signed_on = models.DateField(_("签订日"))
    cancelled_on = models.DateField(_("作废日"), null=True, blank=True)
    graduates_on = models.DateField(_("预计毕业日"), null=True, blank=True)
    settled_on = models.DateField(_("结清日"), null=True, blank=True)
    contact = SealedCharField(_("联系电话"), max_length=20, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("助学贷款合同")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        """Nobody graduates or settles before signing; above the cap of postgraduates, the highest there is, nobody signs."""
        if self.signed_on is None:
            return
        for name in ("graduates_on", "settled_on"):
            day = getattr(self, name)
            if day is not None and day < self.signed_on:
                raise ValidationError({name: said("早于签订日。请与银行的合同表核对。")})
        if self.amount_fen is None:
            return
        year = loan_year(self.signed_on)
        most = cap(AID.loan_postgraduate, year)
        if most is not None and self.amount_fen > most:
            raise ValidationError(
                {
                    "amount_fen": said(
                        "超过 %(year)s 学年的年度上限 %(most)s 元（研究生）。请与银行核对合同金额。"
                    )
                    % {"year": year, "most": yuan(most)}
                }
            )


class LoanSlot(models.Model):
    """One hour of one day at one county's centre, and how many families it takes."""

    area = in_area(_("县（市、区）"), index=False)
    day = models.DateField(_("日期"))
    begins = models.TimeField(_("开始时间"))
    places = models.PositiveSmallIntegerField(_("可预约数"))

    class Meta:
        verbose_name = verbose_name_plural = _("贷款预约时段")
        ordering = ["day", "begins", "id"]
        constraints = [
            models.UniqueConstraint(name="aid_slot_once", fields=["area", "day", "begins"]),
            models.CheckConstraint(name="aid_slot_places", condition=Q(places__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.begins:%H:%M}"


class LoanBooking(models.Model):
    """One place in an hour, known by its code alone: nobody is asked for a name."""

    slot = models.ForeignKey(LoanSlot, verbose_name=_("时段"), on_delete=models.PROTECT)
    code = models.CharField(_("预约码"), max_length=12, unique=True)
    made_at = models.DateTimeField(_("预约时间"))
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    came = models.BooleanField(_("已到场"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("贷款预约")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code
