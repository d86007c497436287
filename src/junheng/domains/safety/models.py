"""Rounds of inspection and what each inspection found."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import Area, in_area
from junheng.domains.safety.terms import InspectionLevel
from junheng.domains.schools.models import School


class Round(models.Model):
    """One round of safety inspection opened by the city."""

    code = models.CharField(_("轮次编号"), max_length=20, unique=True)
    title = models.CharField(_("名称"), max_length=80)
    area = in_area(_("发起区划"))
    opened_on = models.DateField(_("启动日"))
    closed_on = models.DateField(_("结束日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("督导检查轮次")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="safety_round_closed_after_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("结束日不能早于启动日。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Inspection(models.Model):
    """One inspection of one school in one round at one of three levels."""

    round = models.ForeignKey(Round, verbose_name=_("轮次"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    level = models.CharField(_("层级"), max_length=8, choices=InspectionLevel)
    by_area = models.ForeignKey(
        Area,
        verbose_name=_("检查方区划"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    draw = models.CharField(  # noqa: DJ001 -- null says that the school was not drawn but due
        _("抽签值"), max_length=64, null=True, blank=True
    )
    done_on = models.DateField(_("检查日"))
    findings = models.PositiveSmallIntegerField(_("发现问题数"), default=0)
    remedied = models.PositiveSmallIntegerField(_("已整改数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("督导检查记录")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="safety_inspection_remedied_at_most_found",
                condition=Q(remedied__lte=F("findings")),
                violation_error_message=_("已整改数不能多于发现问题数。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}：{self.get_level_display()}（{self.done_on}）"
