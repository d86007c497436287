"""Documents by which award money was granted, payments and receipts, uses, and what was asked back."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import AWARDS
from junheng.domains.areas.models import in_area
from junheng.domains.awardfunds.terms import AwardUseKind, Verdict, forbidden_by
from junheng.domains.schools.models import School
from junheng.domains.titles.models import Grant
from junheng.domains.titles.terms import TitleLevel, TitleName
from junheng.platform.registers.values import yuan


class AwardNotice(models.Model):
    """One document that grants so much for each of some titles."""

    code = models.CharField(_("下达文号"), max_length=60, unique=True)
    issuer = models.CharField(_("下达机关"), max_length=60)
    title = models.CharField(_("称号"), max_length=24, choices=TitleName)
    level = models.CharField(_("级别"), max_length=10, choices=TitleLevel)
    area = in_area(_("所在区划"))
    issued_on = models.DateField(_("下达日"))
    titles = models.PositiveIntegerField(_("称号数"))
    rate_fen = models.PositiveBigIntegerField(_("每个称号的标准（分）"))
    total_fen = models.PositiveBigIntegerField(_("下达总额（分）"))
    clause = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("奖补下达文件")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="awardfunds_awardnotice_whole",
                condition=Q(total_fen=F("titles") * F("rate_fen")),
                violation_error_message=_("下达总额应等于称号数乘标准。"),
            )
        ]

    def __str__(self) -> str:
        return self.code


class AwardLine(models.Model):
    """By which document a grant was made."""

    notice = models.ForeignKey(
        AwardNotice, verbose_name=_("下达文件"), on_delete=models.PROTECT, related_name="lines"
    )
    grant = models.OneToOneField(
        Grant, verbose_name=_("奖补资金"), on_delete=models.PROTECT, related_name="line"
    )

    class Meta:
        verbose_name = verbose_name_plural = _("奖补下达明细")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.notice} {self.grant}"


class AwardPayment(models.Model):
    """One payment of one grant by a county to its school, and the day on which the school had it."""

    grant = models.ForeignKey(Grant, verbose_name=_("奖补资金"), on_delete=models.PROTECT, db_index=False)
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    area = in_area(_("所在区划"))
    code = models.CharField(_("拨付文号"), max_length=60)
    amount_fen = models.PositiveBigIntegerField(_("拨付金额（分）"))
    paid_on = models.DateField(_("拨付日"))
    received_on = models.DateField(_("到账日"), null=True, blank=True)
    received_by = models.CharField(_("确认人"), max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("奖补拨付")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="awardfunds_awardpayment_once",
                fields=["grant", "code"],
                violation_error_message=_("这笔奖补用这个文号已经登记过拨付。"),
            ),
            models.CheckConstraint(name="awardfunds_awardpayment_something", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="awardfunds_awardpayment_received_after",
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("paid_on")),
                violation_error_message=_("到账日不能早于拨付日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}（{self.grant}）"


class AwardUse(models.Model):
    """One thing on which a school says it spent award money, with its proof, for everybody to read."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    item = models.CharField(_("支出项目"), max_length=80)
    kind = models.CharField(_("用途"), max_length=10, choices=AwardUseKind)
    amount_fen = models.PositiveBigIntegerField(_("支出金额（分）"))
    proof = models.CharField(
        _("凭证"), max_length=80, help_text=_("发票号、合同号或入账凭证号；不写个人姓名。")
    )
    spent_on = models.DateField(_("支出日"))
    published_on = models.DateField(_("公示日"))

    class Meta:
        verbose_name = verbose_name_plural = _("奖补使用公示")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="awardfunds_awarduse_proof_once",
                fields=["school", "proof", "item"],
                violation_error_message=_("这所学校已经用这张凭证公示过这个项目。"),
            ),
            models.CheckConstraint(
                name="awardfunds_awarduse_spent_before",
                condition=Q(published_on__gte=F("spent_on")),
                violation_error_message=_("公示日不能早于支出日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.item}"

    def clean(self) -> None:
        """What is forbidden is not published as used, nor more than the school received and may keep."""
        if self.spent_on is not None and self.kind:
            self.refuse_forbidden()
        if self.school_id is None or self.amount_fen is None or self.spent_on is None:
            return
        got = received_by_school(self.school_id)
        others = AwardUse.objects.filter(school=self.school_id).exclude(pk=self.pk)
        used = others.aggregate(sum=models.Sum("amount_fen"))["sum"] or 0
        if used + self.amount_fen > got:
            words = gettext(
                "已公示奖补支出 %(used)s 元，加上这一项超过学校已到账的 %(got)s 元。请核对金额，或先确认到账。"
            )
            raise ValidationError({"amount_fen": words % {"used": yuan(used), "got": yuan(got)}})

    def refuse_forbidden(self) -> None:
        """Refuse a forbidden use with its clause."""
        found = forbidden_by(self.kind, self.item)
        if found is None:
            return
        rule = AWARDS.forbidden.on(self.spent_on)
        words = gettext(
            "这一项属于“%(found)s”。%(title)s：%(list)s（%(cites)s）。没有保存；请从其他经费列支。"
        )
        facts = {"found": found.label, "title": rule.title, "list": rule.value, "cites": rule.cites}
        raise ValidationError({"item" if self.kind != found else "kind": words % facts})


class AwardRecovery(models.Model):
    """What the city decided about the money of a title that was revoked, and whether it came back."""

    grant = models.OneToOneField(
        Grant, verbose_name=_("奖补资金"), on_delete=models.PROTECT, related_name="recovery"
    )
    area = in_area(_("所在区划"))
    verdict = models.CharField(_("处理"), max_length=8, choices=Verdict)
    amount_fen = models.PositiveBigIntegerField(_("应收回（分）"), default=0)
    document = models.CharField(_("处理文号"), max_length=60)
    decided_on = models.DateField(_("决定日"))
    returned_on = models.DateField(_("收回日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("撤销称号的奖补处理")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="awardfunds_awardrecovery_amount",
                condition=Q(verdict=Verdict.RECOVER, amount_fen__gt=0)
                | Q(verdict=Verdict.KEEP, amount_fen=0),
                violation_error_message=_("收回须写金额；不收回的金额为零。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.grant}（{self.get_verdict_display()}）"


def received_by_school(school: int) -> int:
    """What a school has received, less what it has to give back.

    A payment counts once the school confirmed it; a grant that was entered as paid, without payments, counts as it is.
    """
    got = AwardPayment.objects.filter(school=school, received_on__isnull=False)
    old = Grant.objects.filter(title__school=school, paid_on__isnull=False, awardpayment=None)
    back = AwardRecovery.objects.filter(grant__title__school=school, verdict=Verdict.RECOVER)
    received, before, returned = (
        int(rows.aggregate(sum=models.Sum("amount_fen"))["sum"] or 0) for rows in (got, old, back)
    )
    return received + before - returned
