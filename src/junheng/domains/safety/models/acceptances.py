"""Levels of safety standardisation: what a school asked for, what the county saw, and what the city gave it until when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.safety.models.rounds import Round
from junheng.domains.safety.terms import AcceptanceState, SafetyLevel
from junheng.domains.schools.models import School
from junheng.platform.spans import ends_after_start

HELD = (AcceptanceState.GRANTED, AcceptanceState.SUSPENDED)
"""The level was given and not taken away."""
RUNNING = (AcceptanceState.ASKED, AcceptanceState.CHECKED)
"""Somebody has to say something yet."""


class Acceptance(models.Model):
    """标准化验收: one school's way to a level by the sheets of one round, and how long the level holds.

    For each step it keeps how many items the sheet asked and how many were met, so that the level can be computed again.
    """

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    round = models.ForeignKey(Round, verbose_name=_("依据的轮次"), on_delete=models.PROTECT)
    state = models.CharField(_("状态"), max_length=10, choices=AcceptanceState, default=AcceptanceState.ASKED)
    own_met = models.PositiveSmallIntegerField(_("自评符合条数"))
    own_of = models.PositiveSmallIntegerField(_("自评适用条数"))
    own_level = models.CharField(_("自评等级"), max_length=6, choices=SafetyLevel)
    asked_on = models.DateField(_("申请日"))
    asked_by = models.CharField(_("申请人"), max_length=60)
    county_met = models.PositiveSmallIntegerField(_("县级验收符合条数"), null=True, blank=True)
    county_of = models.PositiveSmallIntegerField(_("县级验收适用条数"), null=True, blank=True)
    county_level = models.CharField(_("县级验收等级"), max_length=6, choices=SafetyLevel, blank=True)
    county_on = models.DateField(_("县级验收日"), null=True, blank=True)
    county_by = models.CharField(_("县级验收人"), max_length=60, blank=True)
    county_words = models.CharField(_("县级验收意见"), max_length=200, blank=True)
    level = models.CharField(_("认定等级"), max_length=6, choices=SafetyLevel, blank=True)
    number = models.CharField(_("认定文号"), max_length=60, blank=True)
    decided_by = models.CharField(_("认定人"), max_length=60, blank=True)
    since = models.DateField(_("认定日"), null=True, blank=True)
    until = models.DateField(_("失效日"), null=True, blank=True)
    ended_on = models.DateField(_("暂停、撤销或退回日"), null=True, blank=True)
    ended_by = models.CharField(_("办理人"), max_length=60, blank=True)
    ended_why = models.CharField(_("暂停、撤销或退回的理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("安全标准化验收")
        ordering = ["id"]
        indexes = [models.Index(fields=["state", "until"], name="safety_acceptance_held")]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="safety_acceptance_once_a_round",
                fields=["school", "round"],
                violation_error_message=_("这所学校已按这一轮检查申请过验收。"),
            ),
            models.UniqueConstraint(
                name="safety_acceptance_one_open",
                fields=["school"],
                condition=Q(state__in=RUNNING),
                violation_error_message=_("这所学校有一项验收正在办理。"),
            ),
            models.UniqueConstraint(
                name="safety_acceptance_one_held", fields=["school"], condition=Q(state__in=HELD)
            ),
            models.CheckConstraint(
                name="safety_acceptance_given_whole",
                condition=~Q(state__in=HELD)
                | Q(since__isnull=False, until__isnull=False) & ~Q(level="") & ~Q(decided_by=""),
            ),
            models.CheckConstraint(
                name="safety_acceptance_by_others",
                condition=(Q(county_by="") | ~Q(county_by=F("asked_by")))
                & (Q(decided_by="") | ~Q(decided_by=F("county_by")) & ~Q(decided_by=F("asked_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}：{self.get_level_display() or self.get_state_display()}"
