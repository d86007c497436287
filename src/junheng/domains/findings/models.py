"""Findings and the steps taken about each."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.findings.terms import FindingState, Raised, Severity, StepKind
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School
from junheng.domains.waters.models import Water


class Finding(models.Model):
    """One hazard. ``source`` and ``source_row`` say which row of which register it came from."""

    code = models.CharField(_("隐患编号"), max_length=20, unique=True)
    source = models.CharField(_("来源台账"), max_length=40)
    source_row = models.BigIntegerField(_("来源记录号"))
    what = models.CharField(_("问题"), max_length=300)
    severity = models.CharField(_("等级"), max_length=8, choices=Severity)
    area = in_area(_("所在区划"), index=False)
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    kindergarten = models.ForeignKey(
        Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT, null=True, blank=True
    )
    water = models.ForeignKey(Water, verbose_name=_("水域"), on_delete=models.PROTECT, null=True, blank=True)
    place = models.CharField(_("部位"), max_length=60, blank=True)
    cites = models.CharField(_("依据条款"), max_length=120, blank=True)
    found_on = models.DateField(_("发现日"))
    found_by = models.CharField(_("发现人"), max_length=60)
    photos = models.CharField(_("照片摘要"), max_length=400, blank=True)
    owner = models.CharField(_("整改责任人"), max_length=80)
    measures = models.CharField(_("整改措施"), max_length=300, blank=True)
    money_fen = models.BigIntegerField(_("整改资金（分）"), null=True, blank=True)
    due_on = models.DateField(_("整改期限"))
    plan = models.CharField(_("管控与应急预案"), max_length=300, blank=True)
    planned_on = models.DateField(_("方案落实日"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=FindingState, default=FindingState.OPEN)
    remedied_on = models.DateField(_("整改完成日"), null=True, blank=True)
    remedied_by = models.CharField(_("报告整改人"), max_length=60, blank=True)
    closed_on = models.DateField(_("销号日"), null=True, blank=True)
    closed_by = models.CharField(_("复查人"), max_length=60, blank=True)
    reopened = models.PositiveSmallIntegerField(_("重新整改次数"), default=0)
    listed = models.CharField(_("挂牌督办"), max_length=6, choices=Raised, blank=True)
    listed_on = models.DateField(_("挂牌日"), null=True, blank=True)
    asked_until = models.DateField(_("申请延期至"), null=True, blank=True)
    asked_by = models.CharField(_("申请延期人"), max_length=60, blank=True)
    asked_of = models.CharField(_("延期由谁批准"), max_length=6, choices=Raised, blank=True)
    escalated = models.CharField(_("逾期已报"), max_length=6, choices=Raised, blank=True)
    escalated_on = models.DateField(_("上报日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("问题隐患")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["area", "state"], name="findings_finding_of_area"),
            models.Index(fields=["state", "due_on"], name="findings_finding_due"),
            models.Index(fields=["source", "source_row"], name="findings_finding_source"),
        ]
        constraints = [
            models.CheckConstraint(
                name="findings_finding_at_one_place",
                condition=Q(school__isnull=True, kindergarten__isnull=True)
                | Q(school__isnull=True, water__isnull=True)
                | Q(kindergarten__isnull=True, water__isnull=True),
                violation_error_message=_("一条隐患只在一所学校、一所幼儿园或一处水域。"),
            ),
            models.CheckConstraint(
                name="findings_finding_due_after_found",
                condition=Q(due_on__gte=F("found_on")),
                violation_error_message=_("整改期限不能早于发现日。"),
            ),
            models.CheckConstraint(
                name="findings_finding_money",
                condition=Q(money_fen__isnull=True) | Q(money_fen__gte=0),
                violation_error_message=_("整改资金不能为负数。"),
            ),
            models.CheckConstraint(
                name="findings_finding_remedied_by_somebody",
                condition=Q(state=FindingState.OPEN) | Q(remedied_on__isnull=False) & ~Q(remedied_by=""),
            ),
            models.CheckConstraint(
                name="findings_finding_closed_by_another",
                condition=~Q(state=FindingState.CLOSED)
                | Q(closed_on__isnull=False) & ~Q(closed_by="") & ~Q(closed_by=F("remedied_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.what}"


class FindingStep(models.Model):
    """One thing done about a finding: who, when, in what words, and what shows it. Never changed afterwards."""

    finding = models.ForeignKey(
        Finding, verbose_name=_("隐患"), on_delete=models.PROTECT, related_name="steps"
    )
    kind = models.CharField(_("步骤"), max_length=10, choices=StepKind)
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("登记时间"))
    who = models.CharField(_("办理人"), max_length=60)
    words = models.CharField(_("说明"), max_length=400)
    proof = models.CharField(_("佐证"), max_length=200, blank=True)
    photos = models.CharField(_("照片摘要"), max_length=400, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("整改步骤")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.get_kind_display()}"
