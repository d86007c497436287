"""Visits: planned ones that nobody is told of, and what became of them from arrival on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import Area, in_area
from junheng.domains.institutions.models import Institution
from junheng.domains.schools.models import School
from junheng.domains.visits.models.inspectors import Inspector
from junheng.domains.visits.models.sampling import SamplePlan
from junheng.domains.visits.terms import ErrandKind, ErrandState, Mode, NoteKind, SiteState


class SiteVisit(models.Model):
    """现场检查: a visit from the moment of arrival on. Before that moment there is no such row to be found."""

    code = models.CharField(_("检查编号"), max_length=24, unique=True)
    kind = models.CharField(_("方式"), max_length=8, choices=ErrandKind)
    unit = models.CharField(_("被检查单位"), max_length=80)
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("培训机构"), on_delete=models.PROTECT, null=True, blank=True
    )
    area = in_area(_("所在区划"))
    by_area = models.ForeignKey(
        Area, verbose_name=_("派出区划"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    purpose = models.CharField(_("检查事由"), max_length=200)
    team = models.CharField(_("检查组"), max_length=200)
    arrived_on = models.DateField(_("检查日"), db_index=True)
    arrived_at = models.DateTimeField(_("到达时间"))
    place = models.CharField(_("到达位置"), max_length=120, blank=True)
    state = models.CharField(_("状态"), max_length=6, choices=SiteState, default=SiteState.OPEN)
    findings = models.PositiveSmallIntegerField(_("发现问题数"), default=0)
    breach = models.BooleanField(_("违反培训时间规定"), default=False)
    note = models.CharField(_("检查结论"), max_length=300, blank=True)
    doubt = models.CharField(_("存疑"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    published_on = models.DateField(_("公布日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("现场检查")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="visits_sitevisit_closed_has_its_moment",
                condition=Q(state=SiteState.OPEN) | Q(closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="visits_sitevisit_published_is_closed",
                condition=Q(published_on=None) | Q(state=SiteState.CLOSED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}（{self.arrived_on}）"


class Errand(models.Model):
    """检查任务: a visit that is planned. Who may see it: those who plan for ``by_area``, and the team. Nobody else."""

    kind = models.CharField(_("方式"), max_length=8, choices=ErrandKind)
    plan = models.ForeignKey(
        SamplePlan, verbose_name=_("抽查方案"), on_delete=models.PROTECT, null=True, blank=True
    )
    by_area = models.ForeignKey(Area, verbose_name=_("派出区划"), on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    institution = models.ForeignKey(
        Institution, verbose_name=_("培训机构"), on_delete=models.PROTECT, null=True, blank=True
    )
    place = models.CharField(_("未许可场所"), max_length=80, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    area = in_area(_("所在区划"), index=False)
    day = models.DateField(_("检查日（起）"))
    until = models.DateField(_("检查日（止）"))
    evening = models.BooleanField(_("查晚间超时"), default=False)
    purpose = models.CharField(_("检查事由"), max_length=200)
    state = models.CharField(_("状态"), max_length=9, choices=ErrandState, default=ErrandState.PLANNED)
    made_by = models.CharField(_("安排人"), max_length=150)
    made_at = models.DateTimeField(_("安排时间"))
    visit = models.OneToOneField(
        SiteVisit, verbose_name=_("现场检查"), on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("检查任务")
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "day"], name="visits_errand_waiting")]
        constraints = [
            models.CheckConstraint(
                name="visits_errand_to_one_place",
                condition=Q(school__isnull=False, institution=None, place="")
                | Q(school=None, institution__isnull=False, place="")
                | Q(school=None, institution=None) & ~Q(place=""),
            ),
            models.CheckConstraint(name="visits_errand_days", condition=Q(until__gte=F("day"))),
            models.CheckConstraint(
                name="visits_errand_visit_from_arrival",
                condition=Q(visit=None, state__in=[ErrandState.PLANNED, ErrandState.WITHDRAWN])
                | Q(visit__isnull=False, state__in=[ErrandState.ARRIVED, ErrandState.CLOSED]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.school or self.institution or self.place)


class TeamMember(models.Model):
    """检查组成员: one inspector of one visit; the first of them leads. All confirm before it is closed."""

    errand = models.ForeignKey(
        Errand, verbose_name=_("检查任务"), on_delete=models.PROTECT, db_index=False, related_name="members"
    )
    inspector = models.ForeignKey(Inspector, verbose_name=_("检查人员"), on_delete=models.PROTECT)
    rank = models.PositiveSmallIntegerField(_("次序"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("检查组成员")
        ordering = ["errand", "rank"]
        constraints = [
            models.UniqueConstraint(name="visits_teammember_once", fields=["errand", "inspector"]),
            models.UniqueConstraint(name="visits_teammember_rank", fields=["errand", "rank"]),
        ]

    def __str__(self) -> str:
        return str(self.inspector)


class VisitNote(models.Model):
    """现场记录: one thing written down on the spot; never changed. A lesson carries what the rules say of its hour."""

    visit = models.ForeignKey(
        SiteVisit, verbose_name=_("现场检查"), on_delete=models.PROTECT, related_name="notes"
    )
    kind = models.CharField(_("种类"), max_length=8, choices=NoteKind)
    at = models.DateTimeField(_("记录时间"))
    seen_at = models.DateTimeField(_("发现时间"), null=True, blank=True)
    who = models.CharField(_("记录人"), max_length=150)
    words = models.CharField(_("内容"), max_length=400)
    mode = models.CharField(_("培训方式"), max_length=7, choices=Mode, blank=True)
    pupils = models.PositiveSmallIntegerField(_("学员人数"), null=True, blank=True)
    breaches = models.JSONField(_("违反的规定"), default=list)
    finding = models.PositiveBigIntegerField(_("问题编号"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("现场记录")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.words
