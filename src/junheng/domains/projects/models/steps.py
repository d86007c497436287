"""What a project goes through: its dated steps with proof, the record of its acceptance, what was paid for it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.projects.models.projects import Project
from junheng.domains.projects.terms import HeldBy, ReportVerdict, Step


class Milestone(models.Model):
    """节点: one step of a project. The first planned day is kept; it is reached on a day, with the number of a document."""

    project = models.ForeignKey(
        Project, verbose_name=_("项目"), on_delete=models.PROTECT, related_name="milestones", db_index=False
    )
    area = in_area(_("所在区划"))
    step = models.CharField(_("节点"), max_length=10, choices=Step)
    first_on = models.DateField(_("最初计划日"))
    planned_on = models.DateField(_("计划日"))
    reached_on = models.DateField(_("完成日"), null=True, blank=True)
    number = models.CharField(_("依据文号"), max_length=60, blank=True)
    reached_by = models.CharField(_("登记人账号"), max_length=150, blank=True)
    held_by = models.CharField(_("未完成原因"), max_length=10, choices=HeldBy, blank=True)
    held_words = models.CharField(_("原因说明"), max_length=200, blank=True)
    reported_on = models.DateField(_("学校上报的完成日"), null=True, blank=True)
    reported_words = models.CharField(_("学校上报说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("项目节点")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="projects_milestone_once", fields=["project", "step"]),
            models.CheckConstraint(
                name="projects_milestone_proved",
                condition=Q(reached_on__isnull=True) | ~Q(number=""),
                violation_error_message=_("完成的节点须有依据文号。"),
            ),
        ]
        indexes = [
            models.Index(
                name="projects_milestone_open", fields=["planned_on"], condition=Q(reached_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.get_step_display()}"


class ProjectAcceptance(models.Model):
    """验收记录: by which document and by whom a project was accepted, and how its places were counted from classes."""

    project = models.OneToOneField(
        Project, verbose_name=_("项目"), on_delete=models.PROTECT, related_name="acceptance"
    )
    area = in_area(_("所在区划"))
    number = models.CharField(_("验收文号"), max_length=60)
    accepted_on = models.DateField(_("竣工验收日"))
    acceptors = models.CharField(_("验收单位"), max_length=200)
    classes = models.PositiveSmallIntegerField(_("验收班数"), default=0)
    per_class = models.PositiveSmallIntegerField(_("每班学位"), default=0)
    places = models.PositiveIntegerField(_("验收学位"), default=0)
    difference = models.CharField(_("不符说明"), max_length=200, blank=True)
    report_number = models.CharField(_("材料检测报告编号"), max_length=60, blank=True)
    report_verdict = models.CharField(_("检测结论"), max_length=5, choices=ReportVerdict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("项目验收记录")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.project} · {self.number}"


class ProjectPayment(models.Model):
    """项目拨付: one payment for a project, by its document."""

    project = models.ForeignKey(
        Project, verbose_name=_("项目"), on_delete=models.PROTECT, related_name="payments", db_index=False
    )
    area = in_area(_("所在区划"))
    number = models.CharField(_("拨付文号"), max_length=60)
    paid_on = models.DateField(_("拨付日"))
    amount_fen = models.PositiveBigIntegerField(_("拨付金额（分）"))

    class Meta:
        verbose_name = verbose_name_plural = _("项目拨付")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="projects_payment_once",
                fields=["project", "number"],
                violation_error_message=_("这个项目已登记这个文号的拨付。"),
            ),
            models.CheckConstraint(
                name="projects_payment_of_something",
                condition=Q(amount_fen__gt=0),
                violation_error_message=_("拨付金额须大于 0。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} · {self.number}"

    def clean(self) -> None:
        """Money for a project is counted where the project lies."""
        if self.project_id is not None and self.area_id != self.project.area_id:
            raise ValidationError({"area": _("区划与项目的区划不同。请填写项目所在的区划。")})
