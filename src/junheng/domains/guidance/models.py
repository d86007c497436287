"""Sealed cases and their plans."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.schools.models import School
from junheng.platform.spans import ends_after_start


class CareCase(models.Model):
    """One sealed case; whom it is about is a token that only the school's team can resolve."""

    code = models.CharField(_("台账编号"), max_length=20, unique=True)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    person_token = models.CharField(_("对象代号"), max_length=64)
    opened_on = models.DateField(_("建档日"))
    closed_on = models.DateField(_("结案日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("一人一策台账")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="guidance_carecase_closed_after_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("结案日不能早于建档日。"),
            ),
            models.UniqueConstraint(
                name="guidance_carecase_one_open",
                fields=["person_token"],
                condition=Q(closed_on__isnull=True),
                violation_error_message=_("这名对象已有未结案的台账：一人一策。"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CarePlan(models.Model):
    """One version of the plan of one sealed case while it holds."""

    case = models.ForeignKey(CareCase, verbose_name=_("台账"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    responsible = models.CharField(_("责任人"), max_length=40)
    since = models.DateField(_("生效日"))
    until = models.DateField(_("失效日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("一人一策方案")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="guidance_careplan_one_open",
                fields=["case"],
                condition=Q(until__isnull=True),
                violation_error_message=_("这份台账已有一个有效方案，请先写明其失效日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}（{self.since}）"
