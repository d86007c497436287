"""Incidents and their reviews. Measures are findings, which know owners, days, re-checks and what is overdue."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.incidents.terms import IncidentKind, IncidentState
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School
from junheng.domains.waters.models import Water


class Incident(models.Model):
    """安全事件: what happened at one place, told without any child's name; why it could happen; what is to be learned.

    ``review_by`` is the last day for the review by the rule of the day on which it happened.
    """

    code = models.CharField(_("事件编号"), max_length=20, unique=True)
    kind = models.CharField(_("事件类别"), max_length=10, choices=IncidentKind)
    area = in_area(_("所在区划"))
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    kindergarten = models.ForeignKey(
        Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT, null=True, blank=True
    )
    water = models.ForeignKey(Water, verbose_name=_("水域"), on_delete=models.PROTECT, null=True, blank=True)
    on = models.DateField(_("发生日"))
    place = models.CharField(_("部位"), max_length=60)
    what = models.CharField(_("经过"), max_length=400)
    hurt = models.PositiveSmallIntegerField(_("受伤人数"), default=0)
    state = models.CharField(_("状态"), max_length=10, choices=IncidentState, default=IncidentState.REPORTED)
    reported_on = models.DateField(_("报告日"))
    reported_by = models.CharField(_("报告人"), max_length=60)
    review_by = models.DateField(_("复盘期限"))
    reviewed_on = models.DateField(_("复盘日"), null=True, blank=True)
    reviewed_by = models.CharField(_("复盘登记人"), max_length=60, blank=True)
    chaired_by = models.CharField(_("复盘主持人"), max_length=60, blank=True)
    causes = models.CharField(_("原因"), max_length=400, blank=True)
    lessons = models.CharField(_("教训"), max_length=400, blank=True)
    closed_on = models.DateField(_("办结日"), null=True, blank=True)
    closed_by = models.CharField(_("办结人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("安全事件")
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "review_by"], name="incidents_incident_due")]
        constraints = [
            models.CheckConstraint(
                name="incidents_incident_at_one_place",
                condition=Q(school__isnull=True, kindergarten__isnull=True)
                | Q(school__isnull=True, water__isnull=True)
                | Q(kindergarten__isnull=True, water__isnull=True),
                violation_error_message=_("一起事件只在一所学校、一所幼儿园或一处水域。"),
            ),
            models.CheckConstraint(
                name="incidents_incident_days",
                condition=Q(reported_on__gte=F("on"), review_by__gte=F("on"))
                & (Q(reviewed_on__isnull=True) | Q(reviewed_on__gte=F("on"))),
            ),
            models.CheckConstraint(
                name="incidents_incident_reviewed_whole",
                condition=Q(state=IncidentState.REPORTED)
                | Q(reviewed_on__isnull=False)
                & ~Q(reviewed_by="")
                & ~Q(chaired_by="")
                & ~Q(causes="")
                & ~Q(lessons=""),
            ),
            models.CheckConstraint(
                name="incidents_incident_closed_by_another",
                condition=~Q(state=IncidentState.CLOSED)
                | Q(closed_on__isnull=False) & ~Q(closed_by="") & ~Q(closed_by=F("reviewed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()}"

    @property
    def where(self) -> str:
        """The name of the place."""
        return str(self.school or self.kindergarten or self.water or self.area)
