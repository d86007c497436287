"""A case as its register has it, who enforces, and the file with its legal steps and last days."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.governance.terms import CaseKind, CaseState, DeadlineState, LegalStep, Outcome, What
from junheng.platform.spans import ends_after_start


class Case(models.Model):
    """One case. ``site`` is the same for the same place and operator, whatever the name on the door."""

    code = models.CharField(_("案件编号"), max_length=30, unique=True)
    site = models.CharField(_("查处对象编号"), max_length=30, db_index=True)
    title = models.CharField(_("现场名称"), max_length=80)
    area = in_area(_("所在区划"))
    kind = models.CharField(_("案由"), max_length=12, choices=CaseKind)
    state = models.CharField(_("状态"), max_length=14, choices=CaseState, default=CaseState.TIP)
    opened_on = models.DateField(_("立案日"))
    decided_on = models.DateField(_("处理决定日"), null=True, blank=True)
    note = models.TextField(_("办理记录"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("校外培训案件")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="governance_case_decided_after_opened",
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("opened_on")),
                violation_error_message=_("处理决定日不能早于立案日。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


def of_case() -> "models.ForeignKey[Case, Case]":
    """The case to which a row of its file belongs."""
    return models.ForeignKey(Case, verbose_name=_("案件"), on_delete=models.PROTECT, related_name="+")


class Enforcer(models.Model):
    """执法人员: an officer who holds a certificate of enforcement; ``login`` is whose account it is, if any."""

    code = models.CharField(_("执法证号"), max_length=30, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    area = in_area(_("执法区划"))
    login = models.CharField(_("登录名"), max_length=60, blank=True)
    since = models.DateField(_("任职日"))
    until = models.DateField(_("离任日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("执法人员")
        ordering = ["id"]
        constraints = [ends_after_start()]

    def __str__(self) -> str:
        return self.name


def officer(label: object) -> "models.ForeignKey[Enforcer | None, Enforcer | None]":
    """An officer who did something, or none."""
    return models.ForeignKey(
        Enforcer,
        verbose_name=label,  # type: ignore[arg-type]
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )


class CaseFile(models.Model):
    """案卷: what is known beyond the register's row: place, operator, where the case comes from, and its next last day.

    ``source`` and ``source_row`` name the row from which the case came (a tip, a visit, a finding); both empty where
    the office found it. ``handed_to`` is set while another office has it.
    """

    case = models.OneToOneField(Case, verbose_name=_("案件"), on_delete=models.PROTECT, related_name="file")
    area = in_area(_("所在区划"))
    place = models.CharField(_("办班地点"), max_length=120)
    operator = models.CharField(_("举办者"), max_length=80, blank=True)
    source = models.CharField(_("来源台账"), max_length=30, blank=True)
    source_row = models.PositiveBigIntegerField(_("来源记录"), default=0)
    grave = models.BooleanField(_("情节复杂或重大"), default=False)
    handed_to = models.CharField(_("已移送"), max_length=60, blank=True)
    nothing_owed = models.CharField(_("无需退费的理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("案卷")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="governance_casefile_source_once",
                fields=["source", "source_row"],
                condition=~Q(source=""),
                violation_error_message=_("这条来源记录已经立过案件。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}"


class CaseStep(models.Model):
    """办案步骤: one step of a case, done on a day by officers; never changed."""

    case = of_case()
    area = in_area(_("所在区划"))
    step = models.CharField(_("步骤"), max_length=12, choices=LegalStep)
    on = models.DateField(_("办理日"))
    first = officer(_("执法人员一"))
    second = officer(_("执法人员二"))
    outcome = models.CharField(_("结果"), max_length=14, choices=Outcome, blank=True)
    document = models.CharField(_("文书号"), max_length=60, blank=True)
    fine_fen = models.BigIntegerField(_("罚款（分）"), default=0)
    words = models.CharField(_("摘要"), max_length=300, blank=True)
    done_by = models.CharField(_("登记人"), max_length=60)
    done_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("办案步骤")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="governance_casestep_two_are_two",
                condition=Q(first__isnull=True) | Q(second__isnull=True) | ~Q(first=F("second")),
                violation_error_message=_("两名执法人员不能是同一人。"),
            ),
            models.CheckConstraint(name="governance_casestep_fine", condition=Q(fine_fen__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.on}"


class CaseDeadline(models.Model):
    """办案期限: the last day for something in a case. One that was missed stays, with the day on which it was met.

    ``rule`` is the key of the rule that sets it; ``statutory`` says that this is a law and not a parameter.
    """

    case = of_case()
    area = in_area(_("所在区划"))
    what = models.CharField(_("事项"), max_length=10, choices=What)
    since = models.DateField(_("起算日"))
    due_on = models.DateField(_("截止日"))
    rule = models.CharField(_("依据规则"), max_length=60)
    statutory = models.BooleanField(_("法定期限"), default=False)
    state = models.CharField(_("状态"), max_length=8, choices=DeadlineState, default=DeadlineState.OPEN)
    met_on = models.DateField(_("办结日"), null=True, blank=True)
    escalated_on = models.DateField(_("上报市局日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办案期限")
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "due_on"], name="governance_deadline_due")]
        constraints = [
            models.UniqueConstraint(
                name="governance_deadline_open_once", fields=["case", "what"], condition=Q(state="open")
            ),
            models.CheckConstraint(
                name="governance_deadline_met_on_a_day",
                condition=Q(met_on__isnull=True) | ~Q(state=DeadlineState.OPEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.due_on}"
