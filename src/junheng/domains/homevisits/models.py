"""Visits to households, the classes that shared one, and the tasks that came of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.homevisits.terms import Companion, HelpState, NeedKind, Needless, Topic, Way, words_of
from junheng.domains.pupils.models import Household
from junheng.domains.schools.models import School, SchoolClass


class Visit(models.Model):
    """One visit, or attempt at a visit, to one household; nothing is written about the family."""

    household = models.ForeignKey(Household, verbose_name=_("家庭"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    school_class = models.ForeignKey(
        SchoolClass,
        verbose_name=_("班级"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text=_("班主任家访的填写本班；学校统一组织的留空。"),
    )
    area = in_area(_("学校所在区划"))
    teacher = models.CharField(_("家访教师"), max_length=40)
    visited_on = models.DateField(_("家访日"))
    way = models.CharField(_("方式"), max_length=10, choices=Way)
    topics = models.CharField(_("家访内容"), max_length=80, blank=True, default="", editable=False)
    companions = models.CharField(_("同行人员"), max_length=60, blank=True, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = _("家访记录")
        ordering = ["id"]
        indexes = [models.Index(name="homevisits_visit_of_day", fields=["visited_on", "household"])]

    def __str__(self) -> str:
        return f"{self.household}（{self.visited_on}）"

    def clean(self) -> None:
        """Its class is of its school."""
        wrong: dict[str, Any] = {}
        if self.school_class is not None and self.school_class.school_id != self.school_id:
            wrong["school_class"] = _("这个班不在所填的学校。请核对。")
        if wrong:
            raise ValidationError(wrong)

    @property
    def topic_words(self) -> list[str]:
        """What it was about, in words."""
        return words_of(self.topics, Topic)

    @property
    def companion_words(self) -> list[str]:
        """Who went along, in words."""
        return words_of(self.companions, Companion)


class SharedVisit(models.Model):
    """One class that took part in a visit of another class or school: the household is visited once, for both."""

    visit = models.ForeignKey(
        Visit, verbose_name=_("家访"), on_delete=models.PROTECT, related_name="shared", db_index=False
    )
    school_class = models.ForeignKey(SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    teacher = models.CharField(_("家访教师"), max_length=40)
    joined_on = models.DateField(_("并入日"))

    class Meta:
        verbose_name = verbose_name_plural = _("共同走访")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="homevisits_sharedvisit_once",
                fields=["visit", "school_class"],
                violation_error_message=_("本班已经并入这次走访。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.visit} {self.school_class}"


class HelpTask(models.Model):
    """One need of a household as a task for one role, with a day and a state. It has no words about the family."""

    visit = models.ForeignKey(Visit, verbose_name=_("家访"), on_delete=models.PROTECT, related_name="tasks")
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    school_class = models.ForeignKey(SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    kind = models.CharField(_("需求类别"), max_length=8, choices=NeedKind)
    asked_on = models.DateField(_("提出日"))
    asked_by = models.CharField(_("提出人"), max_length=60)
    due_on = models.DateField(_("办理期限"))
    state = models.CharField(_("状态"), max_length=8, choices=HelpState, default=HelpState.OPEN)
    taken_by = models.CharField(_("接办人"), max_length=60, blank=True)
    settled_on = models.DateField(_("办结日"), null=True, blank=True)
    needless = models.CharField(_("不需办理的原因"), max_length=10, choices=Needless, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("家访转办事项")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="homevisits_helptask_one_of_a_kind",
                fields=["visit", "school_class", "kind"],
                violation_error_message=_("这次家访已经提出过同一类需求。"),
            ),
            models.CheckConstraint(
                name="homevisits_helptask_not_needed_for_a_reason",
                condition=Q(state=HelpState.NOT_NEEDED) & ~Q(needless="")
                | ~Q(state=HelpState.NOT_NEEDED) & Q(needless=""),
            ),
            models.CheckConstraint(
                name="homevisits_helptask_settled_on_a_day",
                condition=Q(state__in=(HelpState.OPEN, HelpState.TAKEN), settled_on__isnull=True)
                | Q(state__in=(HelpState.DONE, HelpState.NOT_NEEDED), settled_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in {HelpState.OPEN, HelpState.TAKEN}
