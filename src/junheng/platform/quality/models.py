"""What was found, what was said about it, which rows were merged, and how full the registers are."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.platform.quality.words import Kind, Severity, State
from junheng.platform.sealing import SealedCharField, SubjectKeyField


class Finding(models.Model):
    """One problem of one row (or of two rows: ``other``), from when it was first seen until it was gone.

    Its sentence is that of its rule with ``facts``: numbers, days and codes, never a name. Place, school and class are
    those of the row, so that the scope can be asked of many findings at once.
    """

    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    code = models.CharField(_("规则"), max_length=60)
    severity = models.CharField(_("程度"), max_length=6, choices=Severity)
    register = models.CharField(_("台账"), max_length=40)
    row = models.BigIntegerField(_("行号"))
    other = models.BigIntegerField(_("另一行"), default=0)
    area = models.CharField(_("区划代码"), max_length=12, blank=True)
    school = models.BigIntegerField(_("学校"), null=True, blank=True)
    school_class = models.BigIntegerField(_("班级"), null=True, blank=True)
    facts = models.JSONField(_("数据"), default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    holds_until = models.DateField(_("说明有效至"), null=True, blank=True)
    note = models.CharField(_("排除原因"), max_length=300, blank=True)
    first_seen = models.DateTimeField(_("首次发现"))
    last_seen = models.DateTimeField(_("最近发现"))
    gone_at = models.DateTimeField(_("已消失"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("质量问题")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="finding_once", fields=["code", "row", "other"])]
        indexes = [
            models.Index(fields=["register", "row"], name="finding_of_row"),
            models.Index(fields=["register", "other"], name="finding_of_other", condition=~Q(other=0)),
            models.Index(
                fields=["kind", "area", "id"], name="finding_open", condition=Q(gone_at__isnull=True)
            ),
            models.Index(fields=["school"], name="finding_of_school", condition=Q(school__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.register} {self.row}"


class Explanation(models.Model):
    """What somebody says about a finding for one term, and what the level above says to it."""

    finding = models.ForeignKey(
        Finding, models.PROTECT, related_name="explanations", verbose_name=_("质量问题")
    )
    text = models.CharField(_("说明"), max_length=500)
    period = models.CharField(_("学期"), max_length=5)
    expires_on = models.DateField(_("有效至"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED)
    level = models.PositiveSmallIntegerField(_("说明人层级"))
    by = models.CharField(_("说明人"), max_length=150)
    at = models.DateTimeField(_("说明时间"))
    decided_by = models.CharField(_("审核人"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    reply = models.CharField(_("审核意见"), max_length=300, blank=True)
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("沿用自")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("书面说明")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="explanation_one_waiting", fields=["finding"], condition=Q(state=State.PROPOSED)
            ),
            models.CheckConstraint(
                name="explanation_decided_by_somebody",
                condition=Q(state=State.PROPOSED, decided_by="", decided_at=None)
                | (~Q(state=State.PROPOSED) & ~Q(decided_by="") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding}（{self.period}）"


class Merge(models.Model):
    """Two rows that became one: what it takes to make them two again.

    ``lost`` is the row that went, sealed; ``before`` and ``after`` the changed columns of the one that stayed; ``moved``
    the rows that named the lost one, by table and column.
    """

    register = models.CharField(_("台账"), max_length=40)
    kept = models.BigIntegerField(_("保留的行"))
    dropped = models.BigIntegerField(_("并入的行"))
    area = models.CharField(_("区划代码"), max_length=12, blank=True)
    school = models.BigIntegerField(_("学校"), null=True, blank=True)
    lost = SealedCharField(_("并入的行的内容"), max_length=20000)
    seal = SubjectKeyField(_("数据密钥"))
    before = models.JSONField(_("原值"))
    after = models.JSONField(_("新值"))
    moved = models.JSONField(_("改指的行"))
    why = models.CharField(_("理由"), max_length=300)
    by = models.CharField(_("经办人"), max_length=150)
    at = models.DateTimeField(_("时间"))
    undone_by = models.CharField(_("撤销人"), max_length=150, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("合并记录")
        ordering = ["-id"]
        indexes = [models.Index(fields=["register", "kept"], name="merge_of_row")]

    def __str__(self) -> str:
        return f"{self.register} {self.dropped} → {self.kept}"


class Tally(models.Model):
    """How full one register of one unit is, and when it was last changed: a county, or a school within one."""

    register = models.CharField(_("台账"), max_length=40)
    area = models.CharField(_("区划代码"), max_length=12, blank=True)
    school = models.BigIntegerField(_("学校"), null=True, blank=True)
    rows = models.PositiveIntegerField(_("行数"))
    filled = models.JSONField(_("已填"))
    changed_on = models.DateField(_("最近变动"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("完整与及时")
        ordering = ["id"]
        indexes = [models.Index(fields=["area", "register"], name="tally_of_unit")]

    def __str__(self) -> str:
        return f"{self.register} {self.area} {self.school or ''}".strip()


class Run(models.Model):
    """One computation of everything: of which day, how long it took, and what it found by rule."""

    at = models.DateTimeField(_("时间"), unique=True)
    day = models.DateField(_("时点"))
    milliseconds = models.PositiveIntegerField(_("用时（毫秒）"))
    counts = models.JSONField(_("各规则问题数"))
    figures = models.JSONField(_("涉及数据"))

    class Meta:
        verbose_name = verbose_name_plural = _("质量检查")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
