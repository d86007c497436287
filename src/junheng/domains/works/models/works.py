"""A work of a contest, and what each juror gave it for each criterion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.schemes.models import SchemeApplication, SchemeCriterion, SchemeReview
from junheng.domains.schools.models import School
from junheng.domains.works.terms import Prize


class Work(models.Model):
    """参评作品: the title, age group and tutor of what an application hands in, and what became of it."""

    application = models.OneToOneField(SchemeApplication, verbose_name=_("申报"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("题目"), max_length=60, help_text=_("不要写校名和姓名。"))
    age_group = models.CharField(_("组别"), max_length=20, blank=True)
    tutor = models.CharField(
        _("指导教师账号"), max_length=60, blank=True, help_text=_("评委与指导教师是同一人的，系统自动回避。")
    )
    total = models.PositiveIntegerField(_("总分"), null=True, blank=True)
    place = models.PositiveSmallIntegerField(_("名次"), null=True, blank=True)
    prize = models.CharField(_("奖次"), max_length=8, choices=Prize, blank=True)
    drawn = models.BooleanField(
        _("同分按方案文字排定"), default=False, help_text=_("得分完全相同，奖次或上报按方案公布的文字排定。")
    )
    forwarded = models.BooleanField(_("上报"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("参评作品")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="works_work_titled", condition=~Q(title="")),
            models.CheckConstraint(
                name="works_work_prize_by_place",
                condition=Q(prize="", forwarded=False) | Q(place__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class WorkPoint(models.Model):
    """作品分项得分: what one juror gave for one criterion. Written with the review, and never again."""

    review = models.ForeignKey(SchemeReview, verbose_name=_("评分"), on_delete=models.PROTECT, db_index=False)
    criterion = models.ForeignKey(SchemeCriterion, verbose_name=_("评分项"), on_delete=models.PROTECT)
    points = models.PositiveIntegerField(_("分数"))

    class Meta:
        verbose_name = verbose_name_plural = _("作品分项得分")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="works_workpoint_once", fields=["review", "criterion"])]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"
