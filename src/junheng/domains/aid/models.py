"""Aid: who is entitled, who waived, what was paid, and loan contracts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.aid.terms import LoanKind, Scheme
from junheng.domains.areas.models import in_area
from junheng.domains.pupils.models import Pupil
from junheng.platform.sealing import SealedCharField, SubjectKeyField


class Eligibility(models.Model):
    """One pupil is entitled to one scheme in one term."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    scheme = models.CharField(_("资助项目"), max_length=16, choices=Scheme)
    term = models.CharField(_("学期"), max_length=5)
    found_on = models.DateField(_("认定日"))

    class Meta:
        verbose_name = verbose_name_plural = _("资助对象认定")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="aid_eligibility_once",
                fields=["pupil", "scheme", "term"],
                violation_error_message=_("这名学生该学期该项目已经认定。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pupil}：{self.get_scheme_display()}（{self.term}）"


class Waiver(models.Model):
    """One signed waiver of one family for one scheme and term."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    scheme = models.CharField(_("资助项目"), max_length=16, choices=Scheme)
    term = models.CharField(_("学期"), max_length=5)
    signed_on = models.DateField(_("签字日"))

    class Meta:
        verbose_name = verbose_name_plural = _("自愿放弃资助")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="aid_waiver_once",
                fields=["pupil", "scheme", "term"],
                violation_error_message=_("这名学生该学期该项目已有放弃声明。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pupil}：{self.get_scheme_display()}（{self.term}）"


class Payment(models.Model):
    """One payment of one scheme to one pupil for one term."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    scheme = models.CharField(_("资助项目"), max_length=16, choices=Scheme)
    term = models.CharField(_("学期"), max_length=5)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    paid_on = models.DateField(_("发放日"))
    returned_on = models.DateField(_("退回日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("资助发放")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.pupil}：{self.get_scheme_display()}（{self.term}）"


class Loan(models.Model):
    """One loan contract; the borrower is a student no longer on the roll of a school here."""

    code = models.CharField(_("合同编号"), max_length=30, unique=True)
    borrower = SealedCharField(_("借款学生"), max_length=40)
    seal = SubjectKeyField(_("数据密钥"))
    area = in_area(_("受理区划"))
    kind = models.CharField(_("类别"), max_length=8, choices=LoanKind)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    signed_on = models.DateField(_("签订日"))
    cancelled_on = models.DateField(_("作废日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("助学贷款合同")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code
