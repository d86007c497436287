"""What money per head is reckoned from: beds and pupils of special education by school, and frozen rolls."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.platform.spans import ends_after_start


class FundBasis(models.Model):
    """Beds of a school, and its pupils with a disability in ordinary classes, from one day to another.

    Numbers and no names: who has a disability stands in no record of money.
    """

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    beds = models.PositiveIntegerField(_("学生床位数"), default=0)
    care_primary = models.PositiveIntegerField(_("小学随班就读人数"), default=0)
    care_junior = models.PositiveIntegerField(_("初中随班就读人数"), default=0)
    since = models.DateField(_("起始日"))
    until = models.DateField(_("终止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("经费基础数据")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="funds_fundbasis_one_open",
                fields=["school"],
                condition=Q(until__isnull=True),
                violation_error_message=_("这所学校已有一条有效的经费基础数据。请先为它填写终止日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}（{self.since}）"


class RollFreeze(models.Model):
    """The roll of one term, counted on one day and kept: number 1, and another number for each correction."""

    code = models.CharField(_("名册编号"), max_length=20, unique=True)
    term = models.CharField(_("学期"), max_length=5)
    number = models.PositiveSmallIntegerField(_("第几次冻结"))
    area = in_area(_("所在区划"))
    day = models.DateField(_("名册日"))
    heads = models.PositiveIntegerField(_("计入学生数"))
    held = models.PositiveIntegerField(_("搁置人次"))
    without_bed = models.PositiveIntegerField(_("无床位寄宿生数"))
    digest = models.CharField(_("名册摘要"), max_length=64)
    frozen_at = models.DateTimeField(_("冻结时间"))
    frozen_by = models.CharField(_("冻结人"), max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = _("冻结名册")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="funds_rollfreeze_number_once", fields=["term", "number"])
        ]

    def __str__(self) -> str:
        return self.code


class RollLine(models.Model):
    """One stage of one school in a frozen roll, and what the school was on that day."""

    roll = models.ForeignKey(
        RollFreeze, verbose_name=_("名册"), on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, related_name="+")
    area = in_area(_("所在区划"))
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    heads = models.PositiveIntegerField(_("计入学生数"))
    care = models.PositiveIntegerField(_("特殊教育学生数"))
    boarders = models.PositiveIntegerField(_("寄宿生数"))
    bedded = models.PositiveIntegerField(_("有床位的寄宿生数"))
    held = models.PositiveIntegerField(_("搁置人次"))
    small = models.BooleanField(_("适用小规模学校规则"))
    boarding = models.BooleanField(_("寄宿制"))
    closed = models.BooleanField(_("已撤销"))
    by_beds = models.BooleanField(_("按床位安排清点"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("名册明细")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="funds_rollline_once", fields=["roll", "school", "stage"]),
            models.CheckConstraint(
                name="funds_rollline_parts",
                condition=Q(care__lte=F("heads"), bedded__lte=F("boarders"), boarders__lte=F("heads")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.roll} {self.school}"
