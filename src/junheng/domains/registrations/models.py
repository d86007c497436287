"""Applications with their choices and stated circumstances, drafts that are not lost, evidence, and appeals against a check."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import Area, in_area
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.terms import Circumstance
from junheng.domains.registrations.terms import ApplicationState, Channel, FoundState, ObjectionState
from junheng.domains.schools.models import School
from junheng.platform.sealing import SealedCharField, SubjectKeyField
from junheng.platform.sealing.beside import lies_beside


class Application(models.Model):
    """One child's one application of one season, wherever and by whomever it is sent.

    ``pid`` is a keyed digest of the season and the child's identity number (32 hex digits): equal numbers are seen in
    every county, and nobody learns the number from it. ``details`` is the family's form as JSON, sealed. ``receipt``
    is the digest of the salted form that the family holds; the leaf of the closed list is another one, because it
    holds the categories that were found.
    """

    code = models.CharField(_("报名号"), max_length=16, unique=True)
    intake = models.ForeignKey(Intake, verbose_name=_("招生批次"), on_delete=models.PROTECT)
    area = in_area(_("招生区划"))
    season = models.CharField(_("招生季"), max_length=16)
    pid = models.CharField(_("派位编号"), max_length=32)
    details = SealedCharField(_("报名内容"), max_length=4000)
    seal = SubjectKeyField(_("数据密钥"))
    home_area = models.ForeignKey(
        Area,
        verbose_name=_("户籍区划"),
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        null=True,
        blank=True,
        help_text=_("空白表示户口在本市以外。"),
    )
    catchment_school = models.ForeignKey(
        School,
        verbose_name=_("住址所属片区学校"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    address_blind = models.CharField(
        _("住址（查找用）"), max_length=64, blank=True, db_index=True, editable=False
    )
    migrant = models.BooleanField(_("随迁子女"), default=False)
    bound_to = models.CharField(_("捆绑的多胞胎派位编号"), max_length=32, blank=True)
    channel = models.CharField(_("方式"), max_length=6, choices=Channel, default=Channel.PHONE)
    entered_by = models.CharField(_("代办人"), max_length=60, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=ApplicationState, default=ApplicationState.SENT
    )
    sent_at = models.DateTimeField(_("提交时间"))
    salt = models.CharField(_("盐值"), max_length=32)
    receipt = models.CharField(_("回执摘要"), max_length=64)
    request_key = models.CharField(_("提交标识"), max_length=40, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("入学报名")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="registrations_application_once_a_child",
                fields=["season", "pid"],
                condition=Q(state=ApplicationState.SENT),
                violation_error_message=_("这名儿童今年已经报名。一名儿童只报一次，可凭报名号查看或修改。"),
            )
        ]

    def __str__(self) -> str:
        return self.code


class Choice(models.Model):
    """One school that a family chooses, in its order. Who checks circumstances does not see it."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("入学报名"),
        on_delete=models.CASCADE,
        db_index=False,
        related_name="choices",
    )
    area = in_area(_("招生区划"), index=False)
    rank = models.PositiveSmallIntegerField(_("志愿次序"))
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)

    class Meta:
        verbose_name = verbose_name_plural = _("入学志愿")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="registrations_choice_rank_once", fields=["application", "rank"]),
            models.UniqueConstraint(
                name="registrations_choice_school_once",
                fields=["application", "school"],
                violation_error_message=_("同一所学校只能填一次志愿。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}：{self.rank}"


class StatedCircumstance(models.Model):
    """One thing that a family states about a child, and what was found about it."""

    application = models.ForeignKey(
        Application,
        verbose_name=_("入学报名"),
        on_delete=models.CASCADE,
        db_index=False,
        related_name="circumstances",
    )
    area = in_area(_("招生区划"))
    kind = models.CharField(_("情况"), max_length=12, choices=Circumstance)
    about = models.ForeignKey(
        School, verbose_name=_("涉及学校"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("审核"), max_length=8, choices=FoundState, default=FoundState.CLAIMED)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    decided_by = models.CharField(_("审核人"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报名情况")
        ordering = ["id"]
        indexes = [models.Index(fields=["area", "state"], name="registrations_found_waiting")]
        constraints = [
            models.UniqueConstraint(
                name="registrations_circumstance_kind_once", fields=["application", "kind"]
            ),
            models.CheckConstraint(
                name="registrations_circumstance_refused_with_reason",
                condition=~Q(state__in=(FoundState.ASKED, FoundState.REJECTED)) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}：{self.get_kind_display()}"


class Draft(models.Model):
    """What a family has filled in so far. ``token`` is the digest of what its browser holds; kept until ``until``.

    ``request_key`` is what it will be sent under, so that sending it twice is sending it once. ``changes`` is the
    application that it will change; ``entered_by`` the official who fills it in at the counter.
    """

    token = models.CharField(_("凭证摘要"), max_length=64, unique=True)
    request_key = models.CharField(_("提交标识"), max_length=40, unique=True)
    intake = models.ForeignKey(
        Intake, verbose_name=_("招生批次"), on_delete=models.PROTECT, null=True, blank=True
    )
    step = models.PositiveSmallIntegerField(_("步骤"), default=1)
    details = SealedCharField(_("已填内容"), max_length=8000, blank=True)
    seal = SubjectKeyField(_("数据密钥"))
    saved_at = models.DateTimeField(_("保存时间"))
    until = models.DateTimeField(_("保留至"))
    application = models.ForeignKey(
        Application, verbose_name=_("入学报名"), on_delete=models.SET_NULL, null=True, blank=True
    )
    changes = models.ForeignKey(
        Application,
        verbose_name=_("要修改的报名"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    entered_by = models.CharField(_("代办人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报名草稿")
        ordering = ["id"]
        indexes = [models.Index(fields=["until"], name="registrations_draft_until")]

    def __str__(self) -> str:
        return f"{self.step}"


class Evidence(models.Model):
    """A photo or file that a family gave for a circumstance; its bytes lie sealed in the home folder under ``digest``.

    The key of the row opens both the name that the file had and its bytes.
    """

    draft = models.ForeignKey(
        Draft, verbose_name=_("报名草稿"), on_delete=models.CASCADE, null=True, blank=True
    )
    application = models.ForeignKey(
        Application, verbose_name=_("入学报名"), on_delete=models.CASCADE, null=True, blank=True
    )
    circumstance = models.CharField(_("情况"), max_length=12, choices=Circumstance)
    digest = models.CharField(_("文件摘要"), max_length=64)
    size = models.PositiveIntegerField(_("字节数"))
    media = models.CharField(_("格式"), max_length=40)
    title = SealedCharField(_("文件名"), max_length=80, blank=True)
    seal = SubjectKeyField(_("数据密钥"))
    given_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("报名材料附件")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_circumstance_display()}"


lies_beside(Evidence, "digest")


class Turn(models.Model):
    """等候次序: a family's place among those who came within the same slice of time, by a number that nobody chose."""

    season = models.CharField(_("招生季"), max_length=16)
    pid = models.CharField(_("派位编号"), max_length=32)
    intake = models.ForeignKey(Intake, verbose_name=_("招生批次"), on_delete=models.CASCADE, db_index=False)
    slice = models.IntegerField(_("时间段"))
    order = models.CharField(_("次序"), max_length=16)

    class Meta:
        verbose_name = verbose_name_plural = _("等候次序")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="registrations_turn_once", fields=["intake", "pid"])]
        indexes = [
            models.Index(fields=["intake", "slice", "order"], name="registrations_turn_order"),
        ]

    def __str__(self) -> str:
        return f"{self.slice} {self.order}"


class Beat(models.Model):
    """写入自检: one row that is counted up whenever somebody asks whether registrations are still being written."""

    beats = models.BigIntegerField(_("次数"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("写入自检")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.beats}"


class Objection(models.Model):
    """申诉: a family's appeal against a check or a result, decided by somebody who had no part in it before."""

    application = models.ForeignKey(Application, verbose_name=_("入学报名"), on_delete=models.PROTECT)
    area = in_area(_("招生区划"))
    circumstance = models.ForeignKey(
        StatedCircumstance, verbose_name=_("所涉审核"), on_delete=models.PROTECT, null=True, blank=True
    )
    words = SealedCharField(_("申诉内容"), max_length=1000)
    seal = SubjectKeyField(_("数据密钥"))
    raised_at = models.DateTimeField(_("提出时间"))
    state = models.CharField(_("处理"), max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    decided_by = models.CharField(_("处理人"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("入学申诉")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="registrations_objection_decided_with_answer",
                condition=Q(state=ObjectionState.OPEN) | ~Q(answer="") & ~Q(decided_by=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}"
