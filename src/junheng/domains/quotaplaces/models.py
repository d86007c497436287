"""A round of quota places: plans, graduates, the table, the list with its objections, choices, runs and results."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.pupils.models import Pupil
from junheng.domains.quotaplaces.terms import Came, Equals, Found, RoundState, Verdict
from junheng.domains.schools.models import School


class QuotaRound(models.Model):
    """分配生批次: one city's round of one year, with the rules by which it is run and their source."""

    code = models.CharField(_("批次代码"), max_length=24, unique=True)
    title = models.CharField(_("名称"), max_length=60)
    area = in_area(_("招生区划"))
    year = models.PositiveSmallIntegerField(_("年份"))
    share = models.PositiveSmallIntegerField(_("分配比例（%）"))
    less = models.PositiveSmallIntegerField(_("最多低于统招线（分）"), null=True, blank=True)
    control = models.PositiveSmallIntegerField(_("最低控制线（分）"))
    first_only = models.BooleanField(_("只看第一志愿"), default=True)
    equals = models.CharField(_("同分办法"), max_length=8, choices=Equals, default=Equals.ADMIT)
    order_text = models.CharField(
        _("公布的排序文本"),
        max_length=80,
        help_text=_("名额表有多种同样接近的算法时，由这段公布在先的文字（如文件号）决定，谁也不能挑选。"),
    )
    roll_on = models.DateField(_("毕业生学籍统计日"))
    entered_by = models.DateField(
        _("最晚在校起始日"), help_text=_("在这一天之后转入本校的，不享受分配名额。")
    )
    public_from = models.DateField(_("公示开始"))
    public_until = models.DateField(_("公示结束"))
    basis = models.CharField(_("依据"), max_length=120)
    certain = models.BooleanField(_("比例与降分幅度已由文件确认"), default=False)
    state = models.CharField(_("进度"), max_length=10, choices=RoundState, default=RoundState.DRAFT)
    table_digest = models.CharField(_("名额表摘要"), max_length=64, blank=True)
    list_digest = models.CharField(_("资格名单摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("分配生批次")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="quotaplaces_round_once",
                fields=["area", "year"],
                violation_error_message=_("这个区划这一年已有分配生批次。"),
            ),
            models.CheckConstraint(
                name="quotaplaces_round_share",
                condition=Q(share__lte=100),
                violation_error_message=_("分配比例须在 0 到 100 之间。"),
            ),
            models.CheckConstraint(
                name="quotaplaces_round_publicity",
                condition=Q(public_until__gt=F("public_from")),
                violation_error_message=_("公示结束须晚于公示开始。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class QuotaSenior(models.Model):
    """One senior school of a round: its plan, and the places it keeps (computed from the share)."""

    quota_round = models.ForeignKey(
        QuotaRound, verbose_name=_("批次"), on_delete=models.PROTECT, db_index=False
    )
    school = models.ForeignKey(School, verbose_name=_("高中学校"), on_delete=models.PROTECT)
    area = in_area(_("招生区划"))
    plan = models.PositiveSmallIntegerField(_("招生计划"))
    quota = models.PositiveSmallIntegerField(_("分配名额"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("高中招生计划")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="quotaplaces_senior_once",
                fields=["quota_round", "school"],
                violation_error_message=_("这个批次里已有这所学校的计划。"),
            ),
            models.CheckConstraint(name="quotaplaces_senior_within_plan", condition=Q(quota__lte=F("plan"))),
        ]

    def __str__(self) -> str:
        return f"{self.school}"


class QuotaJunior(models.Model):
    """One junior school of a round and its graduates on the roll."""

    quota_round = models.ForeignKey(
        QuotaRound, verbose_name=_("批次"), on_delete=models.PROTECT, db_index=False
    )
    school = models.ForeignKey(School, verbose_name=_("初中学校"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    graduates = models.PositiveIntegerField(_("在籍应届毕业生"))

    class Meta:
        verbose_name = verbose_name_plural = _("初中毕业生数")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="quotaplaces_junior_once", fields=["quota_round", "school"])
        ]

    def __str__(self) -> str:
        return f"{self.school}"


class QuotaCell(models.Model):
    """One cell of the table: the places of a senior school for a junior school, and the exact share it comes from."""

    quota_round = models.ForeignKey(
        QuotaRound, verbose_name=_("批次"), on_delete=models.PROTECT, db_index=False
    )
    senior = models.ForeignKey(School, verbose_name=_("高中学校"), on_delete=models.PROTECT, related_name="+")
    junior = models.ForeignKey(School, verbose_name=_("初中学校"), on_delete=models.PROTECT, related_name="+")
    area = in_area(_("初中所在区划"))
    places = models.PositiveSmallIntegerField(_("名额"))
    exact = models.CharField(_("按比例应得"), max_length=24)
    raised = models.BooleanField(_("进位"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("分配名额表")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="quotaplaces_cell_once", fields=["quota_round", "senior", "junior"])
        ]

    def __str__(self) -> str:
        return f"{self.senior} → {self.junior}"


CHOICES = ("first", "second", "third", "fourth", "fifth", "sixth")
"""The columns of a candidate's choices, in their order."""


def chosen(label: Any) -> "models.ForeignKey[School | None, School | None]":
    """One choice of a candidate: a senior school, or none."""
    return models.ForeignKey(
        School,
        verbose_name=label,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )


def all_different(names: Sequence[str]) -> Q:
    """No two of these columns hold the same; empty ones are equal to nothing."""
    condition = Q()
    for one, other in combinations(names, 2):
        condition &= Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True}) | ~Q(**{one: F(other)})
    return condition


class QuotaCandidate(models.Model):
    """One graduate of a round: what the roll says, what an objection changed, and the score of the examination.

    ``number`` is what it is called in everything published; it says nothing about the pupil.
    """

    quota_round = models.ForeignKey(
        QuotaRound, verbose_name=_("批次"), on_delete=models.PROTECT, db_index=False
    )
    number = models.CharField(_("考生号"), max_length=16, unique=True)
    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("初中学校"), on_delete=models.PROTECT)
    area = in_area(_("初中所在区划"))
    found = models.CharField(_("资格"), max_length=10, choices=Found)
    there_since = models.DateField(_("连续在校起始日"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(_("成绩"), null=True, blank=True)
    subjects = models.PositiveIntegerField(_("科目次序值"), default=0)
    first = chosen(_("第一志愿"))
    second = chosen(_("第二志愿"))
    third = chosen(_("第三志愿"))
    fourth = chosen(_("第四志愿"))
    fifth = chosen(_("第五志愿"))
    sixth = chosen(_("第六志愿"))

    class Meta:
        verbose_name = verbose_name_plural = _("分配生资格名单")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="quotaplaces_candidate_once", fields=["quota_round", "pupil"]),
            models.CheckConstraint(
                name="quotaplaces_candidate_chooses_once",
                condition=all_different(CHOICES),
                violation_error_message=_("同一所学校只能填一次志愿。"),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class QuotaObjection(models.Model):
    """异议: somebody says during publicity that a finding is wrong; decided by an officer of the area above the school."""

    candidate = models.ForeignKey(QuotaCandidate, verbose_name=_("考生"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("初中学校"), on_delete=models.PROTECT, related_name="+")
    area = in_area(_("初中所在区划"))
    words = models.CharField(_("异议内容"), max_length=300)
    raised_on = models.DateField(_("提出日"))
    raised_by = models.CharField(_("登记人"), max_length=60)
    state = models.CharField(_("处理"), max_length=10, choices=Verdict, default=Verdict.OPEN)
    answer = models.CharField(_("核查结论"), max_length=300, blank=True)
    decided_on = models.DateField(_("核查日"), null=True, blank=True)
    decided_by = models.CharField(_("核查人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("资格异议")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="quotaplaces_objection_decided_with_answer",
                condition=Q(state=Verdict.OPEN) | ~Q(answer="") & ~Q(decided_by=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate}：{self.words[:20]}"


class QuotaRun(models.Model):
    """One computation of a round, numbered; a later one says why, and what it changed is shown."""

    quota_round = models.ForeignKey(
        QuotaRound, verbose_name=_("批次"), on_delete=models.PROTECT, db_index=False
    )
    area = in_area(_("招生区划"))
    number = models.PositiveSmallIntegerField(_("次数"))
    reason = models.CharField(_("原因"), max_length=200)
    computed_at = models.DateTimeField(_("计算时间"))
    computed_by = models.CharField(_("计算人"), max_length=60)
    digest = models.CharField(_("结果摘要"), max_length=64)
    lines = models.JSONField(_("各线"))
    released_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    released_by = models.CharField(_("发布人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("录取计算")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="quotaplaces_run_number", fields=["quota_round", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.quota_round}·{self.number}"


class QuotaResult(models.Model):
    """Where one candidate came in, by one run; the newest released one holds."""

    run = models.ForeignKey(QuotaRun, verbose_name=_("录取计算"), on_delete=models.PROTECT, db_index=False)
    candidate = models.ForeignKey(QuotaCandidate, verbose_name=_("考生"), on_delete=models.PROTECT)
    junior = models.ForeignKey(School, verbose_name=_("初中学校"), on_delete=models.PROTECT, related_name="+")
    area = in_area(_("初中所在区划"))
    school = models.ForeignKey(
        School,
        verbose_name=_("录取高中"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    came = models.CharField(_("录取方式"), max_length=10, choices=Came)

    class Meta:
        verbose_name = verbose_name_plural = _("高中录取结果")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="quotaplaces_result_once", fields=["run", "candidate"]),
            models.CheckConstraint(
                name="quotaplaces_result_school_if_came",
                condition=Q(came=Came.NONE, school__isnull=True)
                | ~Q(came=Came.NONE) & Q(school__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate}"
