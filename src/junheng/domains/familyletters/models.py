"""Letters to parents, the schools that each reaches, and the receipts of families."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.familyletters.terms import OPEN_AFTER, STAGES, Audience, Topic, Way
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage
from junheng.platform.sealing import SealedCharField, SubjectKeyField


def asking(rows: "QuerySet[Any]") -> Q:
    """Letters that ask a stage of which there is such a row, class or pupil."""
    found = Q(pk__in=())
    for stage in Stage.values:
        audiences = [audience for audience, stages in STAGES.items() if stage in stages]
        found |= Q(Exists(rows.filter(stage=stage)), audience__in=audiences)
    return found


class FamilyLetter(models.Model):
    """One letter to parents. Once it is sent it stays as it is: a correction is another letter that names it."""

    area = in_area(_("发出单位所在区划"))
    school = models.ForeignKey(
        School, verbose_name=_("发出学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    title = models.CharField(_("标题"), max_length=60)
    topic = models.CharField(_("主题"), max_length=10, choices=Topic)
    audience = models.CharField(_("发给"), max_length=10, choices=Audience)
    only = models.CharField(
        _("只发给这些学校"), max_length=600, blank=True, help_text=_("学校标识码，用空格或换行隔开；空着就是辖区内全部学校。")
    )  # fmt: skip
    text = models.TextField(_("正文"), max_length=4000)
    due_on = models.DateField(_("回执截止日"))
    corrects = models.ForeignKey(
        "self", verbose_name=_("更正哪一封"), on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )  # fmt: skip
    sent_on = models.DateField(_("发出日"), null=True, blank=True)
    sent_by = models.CharField(_("发出人"), max_length=150, blank=True)
    digest = models.CharField(_("摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("告家长书")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="familyletters_sent_is_fixed",
                condition=Q(sent_on__isnull=True, digest="") | (Q(sent_on__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(
                name="familyletters_due_after_sent",
                condition=Q(sent_on__isnull=True) | Q(due_on__gte=models.F("sent_on")),
                violation_error_message=_("回执截止日不能早于发出日。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def issuer(self) -> str:
        """Who writes, as the letter is signed."""
        return self.school.name if self.school is not None else f"{self.area.name}教育局"

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages whose pupils are asked."""
        return STAGES[self.audience]

    @property
    def closes_on(self) -> date:
        """The last day on which a receipt is taken."""
        return self.due_on + OPEN_AFTER

    def roll_day(self, day: date) -> date:
        """The day whose roll counts: whoever came later is asked too, and who left after the answer day stays counted."""
        return min(day, self.due_on)


class LetterSchool(models.Model):
    """One school that a letter reaches. How many are asked and answered follows from rolls and receipts; the night counts anew."""

    letter = models.ForeignKey(
        FamilyLetter, verbose_name=_("告家长书"), on_delete=models.PROTECT, db_index=False, related_name="reached"
    )  # fmt: skip
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    asked = models.PositiveIntegerField(_("应交"), default=0)
    answered = models.PositiveIntegerField(_("已交"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("告家长书送达学校")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="familyletters_school_once", fields=["letter", "school"])]

    def __str__(self) -> str:
        return f"{self.letter}：{self.school}"


class LetterReceipt(models.Model):
    """One family has read one letter: signed on a phone, or on a slip of paper that the class teacher holds."""

    letter = models.ForeignKey(
        FamilyLetter, verbose_name=_("告家长书"), on_delete=models.PROTECT, db_index=False
    )
    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT)
    way = models.CharField(_("方式"), max_length=6, choices=Way)
    answered_on = models.DateField(_("回执日"))
    signed_by = SealedCharField(_("签名"), max_length=40, blank=True)
    withdrawn_on = models.DateField(_("撤回日"), null=True, blank=True)
    seal = SubjectKeyField(_("数据密钥"))

    class Meta:
        verbose_name = verbose_name_plural = _("告家长书回执")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="familyletters_receipt_once",
                fields=["letter", "pupil"],
                condition=Q(withdrawn_on__isnull=True),
                violation_error_message=_("这名学生的回执已经收到。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter}：{self.pupil}"
