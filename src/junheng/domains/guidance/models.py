"""Sealed cases, their plans, what is done, and the way of a case to another school."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.guidance.terms import (
    KINDS,
    MEASURES,
    CareLevel,
    Outcome,
    Result,
    Rhythm,
    StepReason,
    Taker,
)
from junheng.domains.schools.models import School
from junheng.platform.sealing import BlindIndexField, SealedCharField, SubjectKeyField
from junheng.platform.spans import ends_after_start

BY_POLICE = [one.kind for one in MEASURES.values() if one.document]


class CareCase(models.Model):
    """One sealed case. Outside the school's team it is a code: whom it is about stands sealed, and on no surface.

    ``team`` is the school that works on it: none once it is closed, so that its people see it no longer.
    """

    code = models.CharField(_("台账编号"), max_length=20, unique=True)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    team = models.ForeignKey(
        School, verbose_name=_("承办学校"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = in_area(_("学校所在区划"))
    number = SealedCharField(_("对象学籍号"), max_length=19, blank=True)
    person_token = BlindIndexField(_("对象代号"), of="number")
    seal = SubjectKeyField(_("数据密钥"))
    opened_on = models.DateField(_("建档日"))
    closed_on = models.DateField(_("结案日"), null=True, blank=True)
    result = models.CharField(_("结案结果"), max_length=12, choices=Result, blank=True)
    erase_on = models.DateField(_("销毁日"), null=True, blank=True)
    erased_on = models.DateField(_("已销毁"), null=True, blank=True)

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
                condition=Q(closed_on__isnull=True) & ~Q(person_token=""),
                violation_error_message=_("这名对象已有未结案的台账：一人一策。"),
            ),
            models.CheckConstraint(
                name="guidance_carecase_closed_has_no_team",
                condition=Q(closed_on__isnull=True) | Q(team__isnull=True),
                violation_error_message=_("结案后承办学校不再查看。"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class CarePlan(models.Model):
    """One version of the plan of one sealed case while it holds."""

    case = models.ForeignKey(CareCase, verbose_name=_("台账"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    responsible = models.CharField(_("责任人"), max_length=40)
    level = models.CharField(_("帮扶级别"), max_length=8, choices=CareLevel, default=CareLevel.WATCH)
    step_reason = models.CharField(_("升降级理由"), max_length=10, choices=StepReason, blank=True)
    review_on = models.DateField(_("下次评估日"), null=True, blank=True)
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


class CareMeasure(models.Model):
    """One thing that is done, of the kinds the law names, by whom it names. It is on the page of its case and nowhere else."""

    case = models.ForeignKey(
        CareCase, verbose_name=_("台账"), on_delete=models.PROTECT, related_name="measures"
    )
    kind = models.CharField(_("措施"), max_length=12, choices=KINDS)
    taker = models.CharField(_("由谁采取"), max_length=14, choices=Taker)
    rhythm = models.CharField(_("频次"), max_length=12, choices=Rhythm)
    since = models.DateField(_("开始日"))
    until = models.DateField(_("结束日"), null=True, blank=True)
    outcome = models.CharField(_("效果"), max_length=8, choices=Outcome, blank=True)
    document = SealedCharField(_("公安机关文书编号"), max_length=40, blank=True)
    seal = SubjectKeyField(_("数据密钥"))

    class Meta:
        verbose_name = verbose_name_plural = _("一人一策措施")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="guidance_measure_ends_not_before",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="guidance_measure_of_police_by_police",
                condition=Q(kind__in=BY_POLICE, taker=Taker.POLICE)
                | (~Q(kind__in=BY_POLICE) & ~Q(taker=Taker.POLICE)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}：{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return reverse("registers:detail", args=["carecases", self.case_id])


class CareTransfer(models.Model):
    """One case offered to the school to which the pupil moved; until that school takes it nothing changes."""

    case = models.ForeignKey(
        CareCase, verbose_name=_("台账"), on_delete=models.PROTECT, related_name="transfers"
    )
    to_school = models.ForeignKey(
        School, verbose_name=_("接收学校"), on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField(_("提出日"))
    answered_on = models.DateField(_("答复日"), null=True, blank=True)
    accepted = models.BooleanField(_("已接收"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("一人一策转接")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="guidance_transfer_one_open",
                fields=["case"],
                condition=Q(answered_on__isnull=True),
                violation_error_message=_("这份台账已有一次待答复的转接。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.to_school}"

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return reverse("registers:detail", args=["carecases", self.case_id])
