"""Checks of waters; who was away and who stood in; weeks in which too little was checked, and who was told of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.patrols.terms import JUDGED, LeaveReason, MissState, Rung, Withdrawal
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from junheng.domains.waters.terms import Level
from junheng.platform.spans import ends_after_start


class Check(models.Model):
    """One unannounced check of one water by one person."""

    water = models.ForeignKey(Water, verbose_name=_("水域"), on_delete=models.PROTECT)
    person = models.ForeignKey(Person, verbose_name=_("检查人"), on_delete=models.PROTECT)
    area = in_area(_("所在乡镇"))
    level = models.CharField(_("责任层级"), max_length=8, choices=Level)
    checked_at = models.DateTimeField(_("检查时间"))
    hazard = models.CharField(  # noqa: DJ001 -- the contract tells "nothing found" by null
        _("发现问题"), max_length=200, null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("水域暗访检查")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.water}（{self.checked_at:%Y-%m-%d}）"


class Leave(models.Model):
    """请假代理: somebody with waters is away. A deputy takes the duty over; without one it stays where it was.

    So nobody can rid himself of a duty by going away: it is owed by the deputy or still by oneself.
    """

    code = models.CharField(_("请假编号"), max_length=20, unique=True)
    person = models.ForeignKey(
        Person, verbose_name=_("请假人"), on_delete=models.PROTECT, related_name="leaves"
    )
    deputy = models.ForeignKey(
        Person,
        verbose_name=_("代理人"),
        on_delete=models.PROTECT,
        related_name="stands_in",
        null=True,
        blank=True,
    )
    area = in_area(_("所属区划"))
    since = models.DateField(_("起始日"))
    until = models.DateField(_("终止日"), null=True, blank=True)
    reason = models.CharField(_("请假原因"), max_length=8, choices=LeaveReason)
    cancelled = models.BooleanField(_("已取消"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("请假代理")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.CheckConstraint(
                name="patrols_leave_by_another",
                condition=Q(deputy__isnull=True) | ~Q(deputy=models.F("person")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Miss(models.Model):
    """漏查台账: one person owed checks in one week and did fewer. Opened on Friday as a reminder, on Monday as a miss."""

    code = models.CharField(_("漏查编号"), max_length=40, unique=True)
    person = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT)
    area = in_area(_("所属区划"))
    level = models.CharField(_("责任层级"), max_length=8, choices=Level)
    monday = models.DateField(_("周一"))
    owed = models.PositiveSmallIntegerField(_("应查次数"))
    done = models.PositiveSmallIntegerField(_("已查次数"))
    missed = models.PositiveSmallIntegerField(_("漏查次数"))
    state = models.CharField(_("进度"), max_length=10, choices=MissState, default=MissState.MISSED)
    reminded_on = models.DateField(_("提醒日"), null=True, blank=True)
    listed_on = models.DateField(_("列出日"), null=True, blank=True)
    explanation = models.CharField(_("说明"), max_length=200, blank=True)
    explained_by = models.CharField(_("说明人"), max_length=60, blank=True)
    explained_on = models.DateField(_("说明日"), null=True, blank=True)
    judged_by = models.CharField(_("认定人"), max_length=60, blank=True)
    judged_on = models.DateField(_("认定日"), null=True, blank=True)
    verdict = models.CharField(_("认定意见"), max_length=200, blank=True)
    withdrawn_on = models.DateField(_("撤销日"), null=True, blank=True)
    withdrawn_because = models.CharField(_("撤销原因"), max_length=8, choices=Withdrawal, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("漏查")
        ordering = ["id"]
        indexes = [models.Index(fields=["area", "state"], name="patrols_miss_open")]
        constraints = [
            models.UniqueConstraint(name="patrols_miss_once_a_week", fields=["person", "level", "monday"]),
            models.CheckConstraint(
                name="patrols_miss_explained_in_words",
                condition=~Q(state__in=(MissState.EXPLAINED, *JUDGED))
                | ~Q(explanation="") & ~Q(explained_by=""),
            ),
            models.CheckConstraint(
                name="patrols_miss_judged_by_another",
                condition=~Q(state__in=JUDGED) | ~Q(judged_by="") & ~Q(judged_by=models.F("explained_by")),
            ),
            models.CheckConstraint(
                name="patrols_miss_withdrawn_with_reason",
                condition=~Q(state=MissState.WITHDRAWN)
                | ~Q(withdrawn_because="") & Q(withdrawn_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Escalation(models.Model):
    """逐级上报: one level was told of a missed week. The day it was due is one thing, the moment it was told another."""

    miss = models.ForeignKey(
        Miss, verbose_name=_("漏查"), on_delete=models.PROTECT, related_name="escalations"
    )
    area = in_area(_("所属区划"))
    rung = models.CharField(_("上报到"), max_length=8, choices=Rung)
    told = models.CharField(_("接收单位或职务"), max_length=110)
    due_on = models.DateField(_("应报日"))
    told_at = models.DateTimeField(_("上报时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("逐级上报")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="patrols_escalation_once", fields=["miss", "rung"])]

    def __str__(self) -> str:
        return f"{self.miss}：{self.told}"
