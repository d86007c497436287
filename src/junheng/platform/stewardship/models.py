"""Proposals, stewards, and confirmations."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.platform.registers.policies import LEVELS, SOURCES, Level, Source


class Kind(models.TextChoices):
    """What a proposal asks for."""

    NEW = "new", _("新增")
    CHANGE = "change", _("修改")
    END = "end", _("终止")


class State(models.TextChoices):
    """What became of a proposal."""

    PENDING = "pending", _("待批准")
    APPROVED = "approved", _("已批准")
    REJECTED = "rejected", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")


class Proposal(models.Model):
    """Columns of one row as somebody wants them, kept until somebody at the decider's level says yes or no.

    ``before`` and ``after`` hold stored columns, as entries of the audit do: sealed values as ciphertext under the row's
    own key. The place is kept for new rows only, which have no row yet to ask.
    """

    register = models.CharField(_("台账"), max_length=40)
    row = models.BigIntegerField(_("行号"), null=True)
    row_key = models.CharField(_("行标识"), max_length=80, blank=True, default="")
    kind = models.CharField(_("申请"), max_length=6, choices=Kind)
    before = models.JSONField(_("原值"), null=True)
    after = models.JSONField(_("新值"))
    decider = models.PositiveSmallIntegerField(
        _("批准层级"), choices=[(int(one), LEVELS[one]) for one in Level]
    )
    only = models.BooleanField(_("只由该层级决定"), default=False)
    source = models.CharField(
        _("来源"), max_length=8, choices=[(str(one), SOURCES[one]) for one in Source], default=Source.HAND
    )
    why = models.CharField(_("事由"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("申请人"), related_name="+"
    )
    at = models.DateTimeField(_("申请时间"))
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("批准人"), related_name="+", null=True
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True)
    decision = models.CharField(_("批准意见"), max_length=300, blank=True, default="")
    area = models.CharField(_("区划代码"), max_length=12, blank=True, default="")
    school = models.BigIntegerField(_("学校"), null=True)
    school_class = models.BigIntegerField(_("班级"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("待批准的修改")
        ordering = ("at", "id")
        indexes = [
            models.Index(fields=["register", "row"], name="proposal_of_row", condition=Q(state="pending")),
            models.Index(
                fields=["register", "row_key"], name="proposal_of_key", condition=Q(state="pending")
            ),
            models.Index(fields=["by", "state"], name="proposal_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                name="proposal_decided_once",
                condition=Q(state="pending", decided_by=None, decided_at=None)
                | (~Q(state="pending") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_approved_by_another",
                condition=~Q(state="approved") | ~Q(decided_by=F("by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Steward(models.Model):
    """Who keeps one register for one unit, from one day to another. The unit is a school, a county or the city."""

    register = models.CharField(_("台账"), max_length=40)
    area = models.CharField(_("区划代码"), max_length=12)
    school = models.BigIntegerField(_("学校"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("台账员"), related_name="+"
    )
    since = models.DateField(_("起始日"))
    until = models.DateField(_("终止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("台账员")
        constraints = [
            models.UniqueConstraint(
                name="steward_one_of_a_unit",
                fields=["register", "area", "school"],
                condition=Q(until=None),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.area} {self.school or ''}".strip()


class Confirmation(models.Model):
    """That a register of one unit was right on a day, with the last entry of the audit it was looked at up to."""

    register = models.CharField(_("台账"), max_length=40)
    area = models.CharField(_("区划代码"), max_length=12)
    school = models.BigIntegerField(_("学校"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("确认人"), related_name="+"
    )
    at = models.DateTimeField(_("确认时间"))
    rows = models.PositiveIntegerField(_("记录数"))
    changed = models.PositiveIntegerField(_("与上次确认的差异"))
    entry = models.BigIntegerField(_("看到的最后一条留痕"))

    class Meta:
        verbose_name = verbose_name_plural = _("台账确认")
        indexes = [models.Index(fields=["register", "area", "school", "at"], name="confirmation_of_unit")]

    def __str__(self) -> str:
        return f"{self.register} {self.area} {self.school or ''}".strip()
