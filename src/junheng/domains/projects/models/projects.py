"""Plans, the schools on their lists, and building projects."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.projects.terms import PlanKind, Programme, ProjectKind
from junheng.domains.schools.models import School
from junheng.platform.spans import ends_after_start


class Plan(models.Model):
    """One version of one plan of the city or of a county; a new version is a new row."""

    code = models.CharField(_("规划编号"), max_length=30)
    title = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=20, choices=PlanKind)
    area = in_area(_("编制单位区划"))
    from_year = models.PositiveSmallIntegerField(_("起始年份"))
    to_year = models.PositiveSmallIntegerField(_("目标年份"))
    since = models.DateField(_("生效日"))
    until = models.DateField(_("失效日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("规划与计划")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(name="projects_plan_version", fields=["code", "since"]),
            models.CheckConstraint(
                name="projects_plan_years_in_order",
                condition=Q(to_year__gte=F("from_year")),
                violation_error_message=_("目标年份不能早于起始年份。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanItem(models.Model):
    """One school on the list of one plan."""

    plan = models.ForeignKey(Plan, verbose_name=_("规划"), on_delete=models.PROTECT, db_index=False)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    due_on = models.DateField(_("计划完成日"))

    class Meta:
        verbose_name = verbose_name_plural = _("规划项目")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="projects_planitem_school_once",
                fields=["plan", "school"],
                violation_error_message=_("这所学校已在这个规划的清单上。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan}：{self.school}"


class Project(models.Model):
    """One project. Done means accepted: the day of the acceptance record."""

    code = models.CharField(_("项目编号"), max_length=30, unique=True)
    name = models.CharField(_("项目名称"), max_length=120, db_index=True)
    area = in_area(_("所在区划"))
    programme = models.CharField(_("专项"), max_length=20, choices=Programme)
    kind = models.CharField(_("建设性质"), max_length=8, choices=ProjectKind)
    kindergarten = models.ForeignKey(
        Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT, null=True, blank=True
    )
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    budget_fen = models.PositiveBigIntegerField(_("预算（分）"), default=0)
    started_on = models.DateField(_("开工日"), null=True, blank=True)
    accepted_on = models.DateField(_("竣工验收日"), null=True, blank=True)
    cancelled_on = models.DateField(_("取消日"), null=True, blank=True)
    places_before = models.PositiveIntegerField(_("建设前学位"), default=0)
    places_after = models.PositiveIntegerField(_("建设后学位"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("建设项目")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="projects_project_one_place",
                condition=Q(kindergarten__isnull=True) | Q(school__isnull=True),
                violation_error_message=_("一个项目只能属于一所学校或一所幼儿园。"),
            ),
            models.CheckConstraint(
                name="projects_project_accepted_or_cancelled",
                condition=Q(accepted_on__isnull=True) | Q(cancelled_on__isnull=True),
                violation_error_message=_("项目不能既竣工验收又取消。"),
            ),
            models.CheckConstraint(
                name="projects_project_started_before_accepted",
                condition=Q(accepted_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(accepted_on__gte=F("started_on")),
                violation_error_message=_("竣工验收日不能早于开工日。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
