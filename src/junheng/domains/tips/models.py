"""Tips with what was added, their photos, from where they came in a day, and what was passed on of them.

Two worlds, parted by tables: what a citizen said (``Tip`` and what hangs on it) is for whoever takes tips in; an office
that deals with one is given a ``Referral``, in the words of that officer, which knows neither person nor moment.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.institutions.models import Institution
from junheng.domains.schools.models import School
from junheng.domains.tips.terms import (
    CLOSED,
    Became,
    Outcome,
    ReferralState,
    TipChannel,
    TipKind,
    TipState,
)
from junheng.domains.visits.models import Errand
from junheng.platform.sealing import SealedCharField, SubjectKeyField
from junheng.platform.sealing.beside import lies_beside


class DigestField(models.CharField):  # type: ignore[type-arg]
    """A keyed digest by which a row is found: it is never shown, and stands in no entry of the audit."""

    audited = False


class Referral(models.Model):
    """What an office is given to deal with: a summary without the person, and the week in which it came in."""

    code = models.CharField(_("转办编号"), max_length=16, unique=True)
    kind = models.CharField(_("类别"), max_length=12, choices=TipKind)
    area = in_area(_("办理区划"))
    title = models.CharField(_("被反映对象"), max_length=80)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    school = models.ForeignKey(
        School, verbose_name=_("涉及学校"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("涉及机构"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    summary = models.CharField(_("工作摘要"), max_length=600)
    week = models.DateField(_("反映所在周"), help_text=_("只写那一周的周一，不写具体时间。"))
    assigned_on = models.DateField(_("转办日"))
    due_on = models.DateField(_("办理期限"))
    state = models.CharField(_("状态"), max_length=8, choices=ReferralState, default=ReferralState.OPEN)
    became = models.CharField(_("转为"), max_length=8, choices=Became, default=Became.NONE)
    became_row = models.BigIntegerField(_("所转记录"), null=True, blank=True)
    outcome = models.CharField(_("核查结果"), max_length=12, choices=Outcome, blank=True)
    report = models.CharField(_("办理情况"), max_length=600, blank=True)
    done_on = models.DateField(_("办结日"), null=True, blank=True)
    escalated_on = models.DateField(_("逾期上报日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("举报转办")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "due_on"], name="tips_referral_due"),
            models.Index(fields=["became", "became_row"], name="tips_referral_became"),
        ]
        constraints = [
            models.CheckConstraint(
                name="tips_referral_done_with_outcome",
                condition=Q(state=ReferralState.OPEN, done_on=None)
                | Q(done_on__isnull=False) & ~Q(outcome=""),
                violation_error_message=_("办结须写明核查结果和办结日。"),
            ),
            models.CheckConstraint(
                name="tips_referral_became_something",
                condition=Q(became=Became.NONE, became_row=None)
                | ~Q(became=Became.NONE) & Q(became_row__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Tip(models.Model):
    """What one citizen told once. ``follow`` and ``sent`` are keyed digests of the code and of the form it came by.

    Whoever has the database alone can neither follow a tip nor tell who sent it: words, name and contact are sealed.
    """

    number = models.CharField(_("举报编号"), max_length=16, unique=True)
    follow = DigestField(_("查询码摘要"), max_length=64, unique=True, editable=False)
    sent = DigestField(_("提交标识摘要"), max_length=64, unique=True, editable=False)
    channel = models.CharField(_("渠道"), max_length=8, choices=TipChannel, default=TipChannel.WEB)
    entered_by = models.CharField(_("登记人"), max_length=60, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=TipKind)
    area = in_area(_("事发区划"))
    about = models.CharField(_("被反映对象"), max_length=80, blank=True)
    school = models.ForeignKey(
        School, verbose_name=_("涉及学校"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("涉及机构"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    place = models.CharField(_("地点"), max_length=120)
    longitude = models.IntegerField(_("经度（百万分之一度）"), null=True, blank=True)
    latitude = models.IntegerField(_("纬度（百万分之一度）"), null=True, blank=True)
    happened_on = models.DateField(_("发生日"), null=True, blank=True)
    happened = models.CharField(_("什么时候"), max_length=60, blank=True)
    words = SealedCharField(_("举报内容"), max_length=2000)
    person = SealedCharField(_("举报人"), max_length=40, blank=True)
    contact = SealedCharField(_("联系方式"), max_length=80, blank=True)
    seal = SubjectKeyField(_("数据密钥"))
    wants_answer = models.BooleanField(_("要求答复本人"), default=False)
    received_at = models.DateTimeField(_("收到时间"))
    ack_due = models.DateField(_("告知期限"))
    answer_due = models.DateField(_("答复期限"))
    certain = models.BooleanField(_("期限确定"), default=True)
    state = models.CharField(_("状态"), max_length=10, choices=TipState, default=TipState.NEW)
    acked_on = models.DateField(_("告知日"), null=True, blank=True)
    asked = models.CharField(_("请补充的内容"), max_length=300, blank=True)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    answered_on = models.DateField(_("答复日"), null=True, blank=True)
    referral = models.ForeignKey(
        Referral, verbose_name=_("转办"), on_delete=models.PROTECT, null=True, blank=True, related_name="tips"
    )
    lead = models.ForeignKey(
        "self", verbose_name=_("并入"), on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    rating = models.PositiveSmallIntegerField(_("评价"), null=True, blank=True)
    rating_words = SealedCharField(_("评价意见"), max_length=500, blank=True)
    rated_on = models.DateField(_("评价日"), null=True, blank=True)
    escalated_on = models.DateField(_("逾期上报日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("举报")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["state", "ack_due"], name="tips_tip_waiting"),
            models.Index(fields=["area", "received_at"], name="tips_tip_near"),
        ]
        constraints = [
            models.CheckConstraint(
                name="tips_tip_closed_with_answer", condition=~Q(state__in=CLOSED) | ~Q(answer="") & Q(answered_on__isnull=False)
            ),
            models.CheckConstraint(
                name="tips_tip_rated_after_answer",
                condition=Q(rating=None) | Q(rating__range=(1, 5), state__in=CLOSED),
                violation_error_message=_("答复以后才能评价，分数为 1 至 5。"),
            ),
            models.CheckConstraint(name="tips_tip_leads_another", condition=Q(lead=None) | ~Q(lead=F("id"))),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class ReferralErrand(models.Model):
    """转办检查: the unannounced visit that was planned for a task. Who may not see the visit does not see this either."""

    referral = models.ForeignKey(
        Referral, verbose_name=_("转办"), on_delete=models.PROTECT, related_name="errands"
    )
    errand = models.OneToOneField(
        Errand, verbose_name=_("检查任务"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("转办检查")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.referral}"


class TipNote(models.Model):
    """补充: what a citizen, or the officer who took it down, added to a tip later."""

    tip = models.ForeignKey(Tip, verbose_name=_("举报"), on_delete=models.CASCADE, related_name="notes")
    words = SealedCharField(_("补充内容"), max_length=1000)
    seal = SubjectKeyField(_("数据密钥"))
    said_at = models.DateTimeField(_("补充时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("举报补充")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.tip}"


class TipPhoto(models.Model):
    """举报照片: without what the phone wrote into it; its bytes lie sealed in the home folder under ``digest``.

    ``shared``: the officer looked at it and handed it on with the tip.
    """

    tip = models.ForeignKey(Tip, verbose_name=_("举报"), on_delete=models.CASCADE, related_name="photos")
    digest = models.CharField(_("文件摘要"), max_length=64)
    size = models.PositiveIntegerField(_("字节数"))
    media = models.CharField(_("格式"), max_length=40)
    title = SealedCharField(_("文件名"), max_length=80, blank=True)
    seal = SubjectKeyField(_("数据密钥"))
    shared = models.BooleanField(_("随转办附上"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("举报照片")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.tip}"


lies_beside(TipPhoto, "digest")


class TipSource(models.Model):
    """来源计数: how many tips came from one address in a slice of time; of the address only a digest of that day."""

    digest = models.CharField(_("来源摘要"), max_length=64, unique=True)
    count = models.PositiveIntegerField(_("次数"), default=0)
    until = models.DateTimeField(_("截止"))

    class Meta:
        verbose_name = verbose_name_plural = _("来源计数")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.count}"
