"""Rounds of inspection, what each inspection found, and the sheets in which it was found."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import Area, in_area
from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.domains.findings.models import Finding
from junheng.domains.safety.terms import CheckLevel, InspectionLevel, Result, RoundState, SheetState
from junheng.domains.schools.models import School

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Round(models.Model):
    """One round of safety inspection opened by the city."""

    code = models.CharField(_("轮次编号"), max_length=20, unique=True)
    title = models.CharField(_("名称"), max_length=80)
    area = in_area(_("发起区划"))
    opened_on = models.DateField(_("启动日"))
    closed_on = models.DateField(_("结束日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("督导检查轮次")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="safety_round_closed_after_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("结束日不能早于启动日。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Inspection(models.Model):
    """One inspection of one school in one round at one of three levels."""

    round = models.ForeignKey(Round, verbose_name=_("轮次"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    level = models.CharField(_("层级"), max_length=8, choices=InspectionLevel)
    by_area = models.ForeignKey(
        Area,
        verbose_name=_("检查方区划"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    draw = models.CharField(  # noqa: DJ001 -- null says that the school was not drawn but due
        _("抽签值"), max_length=64, null=True, blank=True
    )
    done_on = models.DateField(_("检查日"))
    findings = models.PositiveSmallIntegerField(_("发现问题数"), default=0)
    remedied = models.PositiveSmallIntegerField(_("已整改数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("督导检查记录")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="safety_inspection_remedied_at_most_found",
                condition=Q(remedied__lte=F("findings")),
                violation_error_message=_("已整改数不能多于发现问题数。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}：{self.get_level_display()}（{self.done_on}）"


def first_day(label: "str | _StrPromise") -> "models.DateField[date | None, date | None]":
    """The first day of a level's window; empty where the round does without that level."""
    return models.DateField(label, null=True, blank=True)


def last_day(label: "str | _StrPromise") -> "models.DateField[date | None, date | None]":
    """The last day of a level's window; empty: until the round is closed."""
    return models.DateField(label, null=True, blank=True)


class RoundPlan(models.Model):
    """检查方案: by which version of which list a round inspects, which schools, and when each level has its turn."""

    round = models.OneToOneField(Round, verbose_name=_("轮次"), on_delete=models.PROTECT, related_name="plan")
    checklist = models.ForeignKey(Checklist, verbose_name=_("检查清单"), on_delete=models.PROTECT)
    kinds = models.CharField(_("学校类型"), max_length=120)
    state = models.CharField(_("进度"), max_length=8, choices=RoundState, default=RoundState.DRAFT)
    self_from = first_day(_("自查开始"))
    self_until = last_day(_("自查截止"))
    county_from = first_day(_("县区排查开始"))
    county_until = last_day(_("县区排查截止"))
    cross_from = first_day(_("交叉检查开始"))
    cross_until = last_day(_("交叉检查截止"))
    city_from = first_day(_("市级抽查开始"))
    city_until = last_day(_("市级抽查截止"))

    class Meta:
        verbose_name = verbose_name_plural = _("检查方案")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name=f"safety_plan_{level}_ends_after_it_begins",
                condition=Q(**{f"{level}_from__isnull": True})
                | Q(**{f"{level}_until__isnull": True})
                | Q(**{f"{level}_until__gte": F(f"{level}_from")}),
                violation_error_message=_("截止日不能早于开始日。"),
            )
            for level in CheckLevel.values
        ]

    def __str__(self) -> str:
        return str(self.round)

    def window(self, level: str) -> "tuple[date | None, date | None]":
        """The first and the last day of a level; no first day: the round does without it."""
        return getattr(self, f"{level}_from"), getattr(self, f"{level}_until")

    def kinds_of(self) -> list[str]:
        """The kinds of schools that are inspected."""
        return [one for one in self.kinds.split(",") if one]


class Sheet(models.Model):
    """检查表: one list filled in about one school in one round at one level.

    What the school was when it was first asked in the round is kept, so that all levels judge the same items.
    ``disclosed_at``: since when those who inspect the school as well may read it.
    """

    round = models.ForeignKey(Round, verbose_name=_("轮次"), on_delete=models.PROTECT, db_index=False)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"), index=False)
    level = models.CharField(_("层级"), max_length=8, choices=CheckLevel)
    by_area = models.ForeignKey(
        Area, verbose_name=_("检查方区划"), on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )  # fmt: skip
    kind = models.CharField(_("办学类型"), max_length=12)
    boarding = models.BooleanField(_("寄宿制"))
    draw = models.CharField(_("抽签值"), max_length=64, blank=True)
    state = models.CharField(_("状态"), max_length=8, choices=SheetState, default=SheetState.DUE)
    done_on = models.DateField(_("检查日"), null=True, blank=True)
    begun_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    begun_by = models.CharField(_("填写人"), max_length=60, blank=True)
    sent_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    sent_by = models.CharField(_("提交人"), max_length=60, blank=True)
    disclosed_at = models.DateTimeField(_("公开时间"), null=True, blank=True)
    items = models.PositiveSmallIntegerField(_("条目数"), default=0)
    failed = models.PositiveSmallIntegerField(_("不符合数"), default=0)
    left_out = models.PositiveSmallIntegerField(_("不适用数"), default=0)
    inspection = models.OneToOneField(
        Inspection, verbose_name=_("督导检查记录"), on_delete=models.PROTECT, null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("检查表")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="safety_sheet_once", fields=["round", "school", "level"]),
            models.CheckConstraint(
                name="safety_sheet_sent_says_when",
                condition=~Q(state=SheetState.SENT) | Q(sent_at__isnull=False, done_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}：{self.get_level_display()}"


class Answer(models.Model):
    """逐条结果: what one sheet says of one item. What fails is a finding once the sheet is disclosed."""

    sheet = models.ForeignKey(Sheet, verbose_name=_("检查表"), on_delete=models.PROTECT, db_index=False)
    item = models.ForeignKey(ChecklistItem, verbose_name=_("条目"), on_delete=models.PROTECT, db_index=False)
    result = models.CharField(_("结果"), max_length=4, choices=Result)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    finding = models.ForeignKey(
        Finding, verbose_name=_("问题隐患"), on_delete=models.PROTECT, null=True, blank=True, db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = _("逐条结果")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="safety_answer_once", fields=["sheet", "item"])]
        indexes = [
            models.Index(fields=["sheet"], name="safety_answer_not_good", condition=~Q(result=Result.PASS)),
            models.Index(
                fields=["finding"], name="safety_answer_finding", condition=Q(finding__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}：{self.get_result_display()}"


class ResultNotice(models.Model):
    """结果通报: what a round found in one county, as it was sent there, and what that county replies."""

    round = models.ForeignKey(Round, verbose_name=_("轮次"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("县（市、区）"), index=False)
    sent_at = models.DateTimeField(_("送达时间"))
    sent_by = models.CharField(_("送达人"), max_length=60)
    reply_until = models.DateField(_("答复截止"))
    numbers = models.JSONField(_("结果"))
    digest = models.CharField(_("结果摘要"), max_length=64)
    reply = models.CharField(_("答复"), max_length=1000, blank=True)
    replied_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    replied_by = models.CharField(_("答复人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("结果通报")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="safety_notice_once", fields=["round", "area"]),
            models.CheckConstraint(
                name="safety_notice_reply_says_when",
                condition=Q(reply="") | Q(replied_at__isnull=False) & ~Q(replied_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}：{self.area}"
