"""Kindergartens, their nature in time, their recognition as inclusive, and their yearly census."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.areas.terms import Location
from junheng.domains.kindergartens.terms import (
    OF_PEOPLE,
    Decision,
    EndedBy,
    KindergartenNature,
    PaperStep,
    QuestionAbout,
    QuestionState,
    RecognitionKind,
    SupportKind,
)
from junheng.platform.seeds.models import CountersignRow
from junheng.platform.spans import ends_after_start


class Kindergarten(models.Model):
    """One kindergarten while it is open."""

    code = models.CharField(_("学校标识码"), max_length=10, unique=True)
    name = models.CharField(_("园名"), max_length=60, db_index=True)
    area = in_area(_("所在区划"))
    location = models.CharField(_("城乡分类"), max_length=8, choices=Location)
    capacity = models.PositiveIntegerField(_("核定学位"))
    fee_fen = models.PositiveIntegerField(_("月保教费（分）"), default=0)
    phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    since = models.DateField(_("设立日"))
    until = models.DateField(_("停办日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("幼儿园")
        ordering = ["id"]
        constraints = [ends_after_start()]

    def __str__(self) -> str:
        return self.name


class Nature(models.Model):
    """Who ran a kindergarten from one day to another."""

    kindergarten = models.ForeignKey(Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    nature = models.CharField(_("性质"), max_length=8, choices=KindergartenNature)
    since = models.DateField(_("起始日"))
    until = models.DateField(_("终止日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办园性质")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="kindergartens_nature_one_open",
                fields=["kindergarten"],
                condition=Q(until__isnull=True),
                violation_error_message=_("这所幼儿园已有一条未终止的办园性质，请先写明其终止日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kindergarten}：{self.get_nature_display()}"


class Recognition(models.Model):
    """One application of a private kindergarten, and while it holds if it was recognised."""

    kindergarten = models.ForeignKey(Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    number = models.CharField(_("认定文号"), max_length=40, blank=True)
    kind = models.CharField(_("类别"), max_length=8, choices=RecognitionKind)
    decision = models.CharField(_("决定"), max_length=10, choices=Decision, default=Decision.PENDING)
    applied_on = models.DateField(_("申报日"))
    decided_on = models.DateField(_("决定日"), null=True, blank=True)
    since = models.DateField(_("生效日"), null=True, blank=True)
    until = models.DateField(_("失效日"), null=True, blank=True)
    ended_by = models.CharField(  # noqa: DJ001 -- the contract tells "not ended" by null
        _("终止原因"), max_length=10, choices=EndedBy, null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("普惠性民办园认定")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.CheckConstraint(
                name="kindergartens_recognition_holds_when_recognised",
                condition=Q(decision=Decision.RECOGNISED, since__isnull=False, decided_on__isnull=False)
                | (~Q(decision=Decision.RECOGNISED) & Q(since__isnull=True)),
                violation_error_message=_("予以认定的须有决定日和生效日；未予认定的不得有生效日。"),
            ),
            models.UniqueConstraint(
                name="kindergartens_recognition_one_open",
                fields=["kindergarten"],
                condition=Q(since__isnull=False, until__isnull=True),
                violation_error_message=_("这所幼儿园已有一条有效的认定。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kindergarten}：{self.get_kind_display()}，{self.get_decision_display()}"


class Census(models.Model):
    """What one kindergarten reported at the statistics date of one year, frozen then."""

    kindergarten = models.ForeignKey(
        Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT, db_index=False
    )
    area = in_area(_("所在区划"))
    year = models.PositiveSmallIntegerField(_("统计年度"))
    counted_on = models.DateField(_("统计时点"))
    nature = models.CharField(_("性质"), max_length=8, choices=KindergartenNature)
    inclusive = models.BooleanField(_("普惠性民办"), default=False)
    children = models.PositiveIntegerField(_("在园幼儿数"))

    class Meta:
        verbose_name = verbose_name_plural = _("幼儿园年度统计")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="kindergartens_census_once_a_year",
                fields=["kindergarten", "year"],
                violation_error_message=_("这所幼儿园该年度的统计已经上报。"),
            ),
            models.CheckConstraint(
                name="kindergartens_census_inclusive_is_private",
                condition=Q(inclusive=False) | Q(nature=KindergartenNature.PRIVATE),
                violation_error_message=_("只有民办园才能记为普惠性民办。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kindergarten}（{self.year}）"


class KindergartenFee(models.Model):
    """What one kindergarten charges a month from a day on. What it charged before stays on record."""

    kindergarten = models.ForeignKey(
        Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT, db_index=False
    )
    area = in_area(_("所在区划"))
    fee_fen = models.PositiveIntegerField(_("月保教费（分）"))
    since = models.DateField(_("执行日"))
    basis = models.CharField(
        _("依据"), max_length=160, help_text=_("价格主管部门的批复、备案号，或者公示日期。")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("保教费标准")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="kindergartens_fee_once_a_day",
                fields=["kindergarten", "since"],
                violation_error_message=_("这所幼儿园已有同一天起执行的标准。"),
            ),
            models.CheckConstraint(
                name="kindergartens_fee_says_why",
                condition=~Q(basis=""),
                violation_error_message=_("收费标准须写明依据。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kindergarten}（{self.since}）"


class KindergartenQuestion(models.Model):
    """What a bureau asks a kindergarten, until when, what it answered, and what came of it."""

    kindergarten = models.ForeignKey(Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    about = models.CharField(_("事项"), max_length=8, choices=QuestionAbout)
    words = models.CharField(_("询问内容"), max_length=300)
    asked_on = models.DateField(_("发出日"))
    asked_by = models.CharField(_("发出人"), max_length=60)
    answer_by = models.DateField(_("答复期限"))
    state = models.CharField(_("状态"), max_length=8, choices=QuestionState, default=QuestionState.OPEN)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    answered_on = models.DateField(_("答复日"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=60, blank=True)
    outcome = models.CharField(_("处理意见"), max_length=300, blank=True)
    settled_on = models.DateField(_("处理日"), null=True, blank=True)
    settled_by = models.CharField(_("处理人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("幼儿园询问")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="kindergartens_question_answered",
                condition=Q(answered_on__isnull=True, answer="") & ~Q(state=QuestionState.ANSWERED)
                | Q(answered_on__isnull=False) & ~Q(state=QuestionState.OPEN),
            ),
            models.CheckConstraint(
                name="kindergartens_question_settled",
                condition=Q(state__in=[QuestionState.OPEN, QuestionState.ANSWERED], settled_on__isnull=True)
                | Q(state__in=[QuestionState.MENDED, QuestionState.UNMENDED], settled_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kindergarten}：{self.get_about_display()}"


class KindergartenSupport(models.Model):
    """One thing that one kindergarten was given besides money: of what kind, from which day to which, by whom."""

    kindergarten = models.ForeignKey(Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    kind = models.CharField(_("扶持方式"), max_length=10, choices=SupportKind)
    what = models.CharField(
        _("扶持内容"), max_length=160, help_text=_("写明做了什么；不写教师和幼儿的姓名。")
    )
    begun_on = models.DateField(_("开始日"))
    ended_on = models.DateField(
        _("结束日"), null=True, blank=True, help_text=_("当天仍算在内。派驻教师尚未期满的可以不填。")
    )
    people = models.PositiveIntegerField(
        _("人数"), help_text=_("派驻的、参训的或受指导的教师人数；配备物品的填 0。")
    )
    hours = models.PositiveIntegerField(_("学时"), default=0, help_text=_("培训和教研按学时填，其他的填 0。"))
    provider = models.CharField(_("提供单位"), max_length=60)
    number = models.CharField(_("文号"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("幼儿园扶持记录")
        ordering = ["id"]
        indexes = [models.Index(fields=["begun_on"], name="kindergartens_support_begun")]
        constraints = [
            models.CheckConstraint(
                name="kindergartens_support_ends_after_begin",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("begun_on")),
                violation_error_message=_("结束日不能早于开始日，请核对。"),
            ),
            models.CheckConstraint(
                name="kindergartens_support_open_end",
                condition=Q(ended_on__isnull=False) | Q(kind=SupportKind.SENT),
                violation_error_message=_("只有派驻教师可以没有结束日；其他扶持请写明结束日。"),
            ),
            models.CheckConstraint(
                name="kindergartens_support_of_people",
                condition=~Q(kind__in=sorted(OF_PEOPLE)) | Q(people__gte=1),
                violation_error_message=_("派驻教师和教师培训须写明人数。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kindergarten}：{self.get_kind_display()}（{self.begun_on}）"


class RecognitionSign(CountersignRow):
    """双人补登: a decision on paper that one person asked to have entered, and another agreed to."""

    recognition = models.ForeignKey(Recognition, verbose_name=_("认定"), on_delete=models.PROTECT)
    step = models.CharField(_("步骤"), max_length=8, choices=PaperStep, default=PaperStep.ENTER)
    decided_on = models.DateField(_("决定日"))
    since = models.DateField(_("生效日"))
    number = models.CharField(_("认定文号"), max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = _("双人补登认定")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="kindergartens_sign_one_open", fields=["recognition", "step"], condition=Q(agreed_by="")
            ),
            models.CheckConstraint(
                name="kindergartens_sign_by_two",
                condition=Q(agreed_by="") | ~Q(agreed_by=models.F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recognition}"
