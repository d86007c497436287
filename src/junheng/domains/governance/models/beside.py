"""What stands beside the steps of a case: exhibits, custody, refunds, partners, recusals, extensions, same sites."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.governance.models.cases import Case, Enforcer, of_case, officer
from junheng.domains.governance.terms import ExhibitKind, RecusalKind, Verdict, What
from junheng.platform.sealing import SubjectKeyField
from junheng.platform.sealing.beside import lies_beside


class Exhibit(models.Model):
    """证据: one exhibit of a case. A file lies sealed in the home folder under the digest of its sealed bytes.

    ``digest`` is that of the bytes as they were taken; an original on paper has none. The key of the row opens the file.
    """

    case = of_case()
    area = in_area(_("所在区划"))
    number = models.PositiveSmallIntegerField(_("证据序号"))
    kind = models.CharField(_("种类"), max_length=8, choices=ExhibitKind)
    title = models.CharField(_("名称"), max_length=80)
    taken_on = models.DateField(_("取得日"))
    place = models.CharField(_("取得地点"), max_length=120, blank=True)
    first = officer(_("取证人一"))
    second = officer(_("取证人二"))
    holder = models.CharField(_("现保管人"), max_length=40)
    digest = models.CharField(_("原件摘要"), max_length=64, blank=True)
    stored = models.CharField(_("密存摘要"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("字节数"), default=0)
    media = models.CharField(_("格式"), max_length=40, blank=True)
    seal = SubjectKeyField(_("数据密钥"))

    class Meta:
        verbose_name = verbose_name_plural = _("案件证据")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="governance_exhibit_number", fields=["case", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


lies_beside(Exhibit, "stored")


class Custody(models.Model):
    """证据交接: one exhibit passes from one hand to another. Where the giver did not hold it, a link is missing."""

    exhibit = models.ForeignKey(Exhibit, verbose_name=_("证据"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    number = models.PositiveSmallIntegerField(_("交接序号"))
    on = models.DateField(_("交接日"))
    giver = models.CharField(_("移交人"), max_length=40)
    receiver = models.CharField(_("接收人"), max_length=40)
    purpose = models.CharField(_("用途"), max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = _("证据交接")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="governance_custody_number", fields=["exhibit", "number"])
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.receiver}"


class Refund(models.Model):
    """退费: what one family is owed in one case and what it got back; proven by the number of a receipt.

    ``family`` is a number within the case and no name.
    """

    case = of_case()
    area = in_area(_("所在区划"))
    family = models.PositiveSmallIntegerField(_("家庭序号"))
    owed_fen = models.BigIntegerField(_("应退（分）"))
    repaid_fen = models.BigIntegerField(_("已退（分）"), default=0)
    repaid_on = models.DateField(_("退费日"), null=True, blank=True)
    proof = models.CharField(_("退费凭证号"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("案件退费")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="governance_refund_family_once",
                fields=["case", "family"],
                violation_error_message=_("这件案件里已有这户家庭。"),
            ),
            models.CheckConstraint(
                name="governance_refund_no_more_than_owed",
                condition=Q(owed_fen__gt=0, repaid_fen__gte=0, repaid_fen__lte=F("owed_fen")),
                violation_error_message=_("已退金额不能超过应退金额，应退须大于零。"),
            ),
            models.CheckConstraint(
                name="governance_refund_proven",
                condition=Q(repaid_fen=0) | ~Q(proof="") & Q(repaid_on__isnull=False),
                violation_error_message=_("已退费的须写明退费日和凭证号。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.family}"


class CasePartner(models.Model):
    """联合办案单位: another office that works on a case."""

    case = of_case()
    area = in_area(_("所在区划"))
    office = models.CharField(_("单位"), max_length=60)
    since = models.DateField(_("参加日"))
    part = models.CharField(_("分工"), max_length=120)

    class Meta:
        verbose_name = verbose_name_plural = _("联合办案单位")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="governance_partner_once",
                fields=["case", "office"],
                violation_error_message=_("这个单位已经参加本案。"),
            )
        ]

    def __str__(self) -> str:
        return self.office


class Recusal(models.Model):
    """回避: an officer who keeps out of a case from a day on."""

    case = of_case()
    area = in_area(_("所在区划"))
    enforcer = models.ForeignKey(Enforcer, verbose_name=_("执法人员"), on_delete=models.PROTECT)
    kind = models.CharField(_("提出方式"), max_length=8, choices=RecusalKind)
    on = models.DateField(_("决定日"))
    reason = models.CharField(_("理由"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("办案回避")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="governance_recusal_once",
                fields=["case", "enforcer"],
                violation_error_message=_("这名执法人员已经回避本案。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.enforcer}"


class CaseExtension(models.Model):
    """延长办案期限: the last day of a case was moved before it had passed, by somebody who does not handle the case.

    The last day itself (``CaseDeadline``) says the new day; here stands which day it was and why it was moved.
    """

    case = of_case()
    area = in_area(_("所在区划"))
    what = models.CharField(_("事项"), max_length=10, choices=What)
    was_due_on = models.DateField(_("原截止日"))
    due_on = models.DateField(_("延长后截止日"))
    on = models.DateField(_("批准日"))
    document = models.CharField(_("批准文书号"), max_length=60)
    reason = models.CharField(_("延长理由"), max_length=200)
    rule = models.CharField(_("依据规则"), max_length=60)
    statutory = models.BooleanField(_("法定期限"), default=False)
    approved_by = models.CharField(_("批准人"), max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = _("办案延期")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="governance_extension_once",
                fields=["case", "what", "was_due_on"],
                violation_error_message=_("这个期限已经延长过。"),
            ),
            models.CheckConstraint(
                name="governance_extension_is_longer",
                condition=Q(due_on__gt=F("was_due_on"), on__lte=F("was_due_on")),
                violation_error_message=_("延长须在原截止日之前批准，延长后的截止日须晚于原截止日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.was_due_on} → {self.due_on}"


class SiteMatch(models.Model):
    """同一对象认定: whether two cases are about one place and operator. The same are counted once by ``Case.site``."""

    case = of_case()
    other = models.ForeignKey(Case, verbose_name=_("另一案件"), on_delete=models.PROTECT, related_name="+")
    area = in_area(_("所在区划"))
    verdict = models.CharField(_("认定"), max_length=10, choices=Verdict)
    reason = models.CharField(_("理由"), max_length=200)
    on = models.DateField(_("认定日"))

    class Meta:
        verbose_name = verbose_name_plural = _("同一对象认定")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="governance_sitematch_once",
                fields=["case", "other"],
                violation_error_message=_("这两件案件已经认定过。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}"
