"""What is due per head, and what was paid of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage


class Subsidy(models.Model):
    """One subsidy owed to one kindergarten for one year, and what was paid of it."""

    kindergarten = models.ForeignKey(
        Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT, db_index=False
    )
    area = in_area(_("所在区划"))
    year = models.PositiveSmallIntegerField(_("年度"))
    heads = models.PositiveIntegerField(_("享受人数"))
    owed_fen = models.PositiveBigIntegerField(_("应补金额（分）"))
    paid_fen = models.PositiveBigIntegerField(_("已补金额（分）"), default=0)
    paid_on = models.DateField(_("拨付日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("普惠园生均补助")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="funds_subsidy_once_a_year",
                fields=["kindergarten", "year"],
                violation_error_message=_("这所幼儿园该年度已有补助记录。"),
            ),
            models.CheckConstraint(
                name="funds_subsidy_paid_at_most_owed",
                condition=Q(paid_fen__lte=F("owed_fen")),
                violation_error_message=_("已补金额不能多于应补金额。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kindergarten}（{self.year}）"


class Entitlement(models.Model):
    """What one school is due for one stage and term, from the frozen roll and the rates of that term."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("所在区划"))
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    term = models.CharField(_("学期"), max_length=5)
    heads = models.PositiveIntegerField(_("学生数"))
    boarders = models.PositiveIntegerField(_("寄宿生数"), default=0)
    amount_fen = models.PositiveBigIntegerField(_("核定金额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("生均公用经费核定")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="funds_entitlement_once_a_term",
                fields=["school", "stage", "term"],
                violation_error_message=_("这所学校该学段该学期已有核定。"),
            ),
            models.CheckConstraint(
                name="funds_entitlement_boarders_are_pupils",
                condition=Q(boarders__lte=F("heads")),
                violation_error_message=_("寄宿生数不能多于学生数。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}（{self.term}）"
