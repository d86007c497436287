"""Who is entitled: found by lists and roll, proposed with a digest, confirmed by a county in one go."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.aid.terms import Band, FindingState, Scheme
from junheng.domains.areas.models import in_area
from junheng.domains.partnerlists.terms import Category
from junheng.domains.pupils.models import Pupil


class AidFinding(models.Model):
    """What a county found for one term on one day. Its lines are frozen: what is confirmed is what was read."""

    area = in_area(_("县（市、区）"), index=False)
    term = models.CharField(_("学期"), max_length=5)
    number = models.PositiveSmallIntegerField(_("第几次"))
    day = models.DateField(_("名册日"))
    lines = models.PositiveIntegerField(_("人次"))
    held = models.PositiveIntegerField(_("暂不认定"), help_text=_("在两所学校有学籍，或项目还没有标准的。"))
    digest = models.CharField(_("摘要"), max_length=64)
    state = models.CharField(_("状态"), max_length=10, choices=FindingState, default=FindingState.PROPOSED)
    found_by = models.CharField(_("查找人"), max_length=150)
    confirmed_on = models.DateField(_("确认日"), null=True, blank=True)
    confirmed_by = models.CharField(_("确认人"), max_length=150, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("资助对象查找")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="aid_finding_number_once", fields=["area", "term", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.term}-{self.number}"


class Eligibility(models.Model):
    """One pupil is entitled to one scheme in one term."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    scheme = models.CharField(_("资助项目"), max_length=16, choices=Scheme)
    term = models.CharField(_("学期"), max_length=5)
    found_on = models.DateField(_("认定日"))
    amount_fen = models.PositiveBigIntegerField(
        _("应发金额（分）"), null=True, blank=True, help_text=_("空着的按该学期的标准发放。")
    )

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
        indexes = [models.Index(name="aid_eligibility_of_term", fields=["term", "area"])]

    def __str__(self) -> str:
        return f"{self.pupil}：{self.get_scheme_display()}（{self.term}）"


class AidLine(models.Model):
    """One line of what was found: who, which scheme, by which category, how much, and by which clause."""

    finding = models.ForeignKey(
        AidFinding, verbose_name=_("资助对象查找"), on_delete=models.PROTECT, db_index=False
    )
    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"), index=False)
    scheme = models.CharField(_("资助项目"), max_length=16, choices=Scheme)
    category = models.CharField(_("类别"), max_length=4, choices=Category)
    band = models.CharField(_("档次"), max_length=8, choices=Band)
    amount_fen = models.PositiveBigIntegerField(_("应发金额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("资助对象查找明细")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="aid_line_once", fields=["finding", "pupil", "scheme"])]

    def __str__(self) -> str:
        return f"{self.finding} {self.pk}"
