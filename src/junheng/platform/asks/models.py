"""A survey, its questions, who is asked, and what they answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.platform.asks.terms import Kind, Origin, Progress, State, UnitKind


class Collection(models.Model):
    """One survey: what a section asks of units once, in one term, because no register holds it.

    ``seconds`` is what one unit needs, as estimated when it was checked; the budget of the term counts it.
    """

    title = models.CharField(_("标题"), max_length=60)
    purpose = models.CharField(_("用途"), max_length=300)
    basis = models.CharField(_("依据"), max_length=300)
    unit_kind = models.CharField(_("填报单位"), max_length=16, choices=UnitKind)
    kinds = models.JSONField(_("限于类型"), default=list, blank=True)
    area = models.CharField(_("区划代码"), max_length=12)
    term = models.CharField(_("学期"), max_length=5)
    opens_on = models.DateField(_("开始日"))
    closes_on = models.DateField(_("截止日"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    seconds = models.PositiveIntegerField(_("每单位估计秒数"), default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("设计人")
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("批准人"),
        null=True,
        blank=True,
    )
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("同意超预算的人"),
        null=True,
        blank=True,
    )
    lifted_why = models.CharField(_("同意超预算的理由"), max_length=300, blank=True)
    findings = models.TextField(_("反馈"), max_length=2000, blank=True)
    before = models.ForeignKey("self", models.PROTECT, verbose_name=_("上一期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("调查")
        ordering = ("-id",)
        indexes = [models.Index(fields=["term", "unit_kind", "state"], name="asks_collection_of_term")]
        constraints = [
            models.CheckConstraint(
                name="asks_collection_closes_after_opening", condition=Q(closes_on__gte=models.F("opens_on"))
            ),
            models.CheckConstraint(name="asks_collection_says_why", condition=~Q(purpose="") & ~Q(basis="")),
            models.CheckConstraint(
                name="asks_collection_lifted_with_reason",
                condition=Q(lifted_by=None, lifted_why="") | (Q(lifted_by__isnull=False) & ~Q(lifted_why="")),
            ),
            models.CheckConstraint(
                name="asks_collection_approved_by_another",
                condition=Q(approver=None) | ~Q(approver=models.F("author")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One field of a survey. A linked one is taken from a register and asked of nobody.

    ``linked_field`` is empty where what is taken is the number of a unit's rows.
    """

    collection = models.ForeignKey(
        Collection, models.CASCADE, related_name="questions", verbose_name=_("调查")
    )
    place = models.PositiveSmallIntegerField(_("序号"))
    label = models.CharField(_("问题"), max_length=80)
    purpose = models.CharField(_("用途"), max_length=200)
    kind = models.CharField(_("类型"), max_length=8, choices=Kind)
    choices = models.JSONField(_("选项"), default=list, blank=True)
    unit = models.CharField(_("单位"), max_length=10, blank=True)
    required = models.BooleanField(_("必填"), default=True)
    least = models.BigIntegerField(_("最小值"), null=True, blank=True)
    most = models.BigIntegerField(_("最大值"), null=True, blank=True)
    linked_register = models.CharField(_("取自名录"), max_length=40, blank=True)
    linked_field = models.CharField(_("取自字段"), max_length=60, blank=True)
    again_why = models.CharField(_("必须再问的理由"), max_length=300, blank=True)
    before = models.ForeignKey("self", models.PROTECT, verbose_name=_("上一期"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("问题")
        ordering = ("place", "id")
        constraints = [
            models.CheckConstraint(
                name="asks_question_has_a_purpose", condition=~Q(purpose="") & ~Q(label="")
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Response(models.Model):
    """One unit that is asked. Number and name are kept as they were: the mechanism does not know the rooms' tables.

    ``draft`` is the unit's own scratch paper and ``version`` counts its savings; what was sent is in the answers.
    """

    collection = models.ForeignKey(
        Collection, models.PROTECT, related_name="responses", verbose_name=_("调查")
    )
    unit = models.BigIntegerField(_("单位编号"))
    unit_name = models.CharField(_("单位"), max_length=80)
    kind = models.CharField(_("单位类型"), max_length=16, blank=True)
    area = models.CharField(_("区划代码"), max_length=12)
    school = models.BigIntegerField(_("学校"), null=True, blank=True, db_index=True)
    school_class = models.BigIntegerField(_("班级"), null=True, blank=True)
    state = models.CharField(_("进度"), max_length=8, choices=Progress, default=Progress.WAITING)
    draft = models.JSONField(_("草稿"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("草稿版本"), default=0)
    touched_at = models.DateTimeField(_("最近改动"), null=True, blank=True)
    active_seconds = models.PositiveIntegerField(_("实际用时（秒）"), default=0)
    sent_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提交人"), null=True
    )
    extension_why = models.CharField(_("延期理由"), max_length=300, blank=True)
    extension_to = models.DateField(_("申请延至"), null=True, blank=True)
    extended_to = models.DateField(_("准予延至"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("最近催报"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("答卷")
        ordering = ("area", "unit")
        constraints = [
            models.UniqueConstraint(fields=["collection", "unit"], name="asks_response_once_a_unit"),
            models.CheckConstraint(
                name="asks_response_sent_by_somebody",
                condition=Q(state=Progress.WAITING) | Q(sent_at__isnull=False, sent_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["collection", "area"], name="asks_response_of_area")]

    def __str__(self) -> str:
        return self.unit_name


class Answer(models.Model):
    """What one unit answered to one question: as text that never changes its meaning, and as a number to compare."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers", verbose_name=_("答卷"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("问题"))
    value = models.CharField(_("答案"), max_length=500)
    number = models.BigIntegerField(_("数值"), null=True, blank=True)
    origin = models.CharField(_("来源"), max_length=8, choices=Origin)
    origin_note = models.CharField(_("来源说明"), max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("答案")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="asks_answer_once_a_question")
        ]
        indexes = [models.Index(fields=["question", "number"], name="asks_answer_compared")]

    def __str__(self) -> str:
        return self.value
