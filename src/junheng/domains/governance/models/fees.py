"""A fee that a school took outside its list, or above it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.findings.models import Finding
from junheng.domains.schools.models import School


class FeeCharge(models.Model):
    """违规收费: what a school took outside its list, or above it. Its finding is closed with proof of repayment only."""

    finding = models.OneToOneField(
        Finding,
        verbose_name=_("检查发现"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="fee",
    )
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    item = models.CharField(_("收费项目"), max_length=80)
    charged_fen = models.BigIntegerField(_("每户实收（分）"))
    allowed_fen = models.BigIntegerField(_("每户可收（分）"), default=0)
    charged_on = models.DateField(_("收费日"))
    basis = models.CharField(_("不合规的理由"), max_length=200)
    families = models.PositiveIntegerField(_("涉及家庭数"))
    owed_fen = models.BigIntegerField(_("应退（分）"))
    repaid_fen = models.BigIntegerField(_("已退（分）"), default=0)
    repaid_families = models.PositiveIntegerField(_("已退家庭数"), default=0)
    repaid_on = models.DateField(_("退费日"), null=True, blank=True)
    proof = models.CharField(_("退费凭证号"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("学校违规收费")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="governance_feecharge_no_more_than_owed",
                condition=Q(
                    owed_fen__gt=0,
                    families__gt=0,
                    repaid_fen__gte=0,
                    repaid_fen__lte=F("owed_fen"),
                    repaid_families__lte=F("families"),
                ),
                violation_error_message=_("已退的金额和家庭数不能超过应退的。"),
            ),
            models.CheckConstraint(
                name="governance_feecharge_proven",
                condition=Q(repaid_fen=0) | ~Q(proof="") & Q(repaid_on__isnull=False),
                violation_error_message=_("已退费的须写明退费日和凭证号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.item}"
