"""What was paid: one document a batch, one row a pupil; what came back is paid again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.aid.terms import Scheme
from junheng.domains.areas.models import in_area
from junheng.domains.pupils.models import Pupil


class AidBatch(models.Model):
    """One payment of one county for one scheme and term, by one document."""

    code = models.CharField(_("发放文号"), max_length=60)
    area = in_area(_("发放的县（市、区）"), index=False)
    scheme = models.CharField(_("资助项目"), max_length=16, choices=Scheme)
    term = models.CharField(_("学期"), max_length=5)
    paid_on = models.DateField(_("发放日"))
    count = models.PositiveIntegerField(_("人次"))
    total_fen = models.PositiveBigIntegerField(_("发放总额（分）"))
    digest = models.CharField(_("摘要"), max_length=64)
    made_by = models.CharField(_("经办人"), max_length=150)

    class Meta:
        verbose_name = verbose_name_plural = _("资助发放批次")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="aid_batch_document_once",
                fields=["area", "code"],
                violation_error_message=_("这个文号已经登记过发放。"),
            )
        ]

    def __str__(self) -> str:
        return self.code


class Payment(models.Model):
    """One payment of one scheme to one pupil for one term."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    scheme = models.CharField(_("资助项目"), max_length=16, choices=Scheme)
    term = models.CharField(_("学期"), max_length=5)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    paid_on = models.DateField(_("发放日"))
    returned_on = models.DateField(_("退回日"), null=True, blank=True)
    document = models.CharField(_("发放文号"), max_length=60, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("资助发放")
        ordering = ["id"]
        indexes = [
            models.Index(name="aid_payment_of_term", fields=["term", "area"]),
            models.Index(
                name="aid_payment_of_document",
                fields=["area", "document"],
                condition=~models.Q(document=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}：{self.get_scheme_display()}（{self.term}）"
