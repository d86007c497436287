"""Lists that were shown, objections against them, and certificates."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.kindergartens.models import Recognition
from junheng.domains.schemes.models.applications import SchemeApplication
from junheng.domains.schemes.models.schemes import AwardScheme
from junheng.domains.schemes.terms import (
    Answer,
    Rank,
)
from junheng.domains.schools.models import School


class Publicity(models.Model):
    """公示: a frozen list, shown for so many working days, against which anybody may object."""

    code = models.CharField(_("公示编号"), max_length=32, unique=True)
    scheme = models.ForeignKey(AwardScheme, verbose_name=_("方案"), on_delete=models.PROTECT)
    area = in_area(_("组织区划"))
    school = models.ForeignKey(
        School,
        verbose_name=_("校内公示的学校"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    opened_on = models.DateField(_("公示开始"))
    until = models.DateField(_("公示截止"))
    certain = models.BooleanField(_("工作日已有公布的安排"), default=True)
    digest = models.CharField(_("名单摘要"), max_length=64)
    opened_by = models.CharField(_("公示人"), max_length=60)
    decided_on = models.DateField(_("决定日"), null=True, blank=True)
    decision = models.CharField(_("决定文号"), max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评选公示")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="schemes_publicity_lasts",
                condition=Q(until__gt=F("opened_on")),
                violation_error_message=_("公示截止须晚于公示开始。"),
            ),
            models.CheckConstraint(
                name="schemes_publicity_decided_after",
                condition=Q(decided_on__isnull=True) | Q(decided_on__gt=F("until")),
                violation_error_message=_("决定须在公示截止之后。"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class PublicityLine(models.Model):
    """公示名单: one line of what was shown. A child's name is not in it: it is asked for when the page is shown."""

    publicity = models.ForeignKey(Publicity, verbose_name=_("公示"), on_delete=models.PROTECT, db_index=False)
    application = models.ForeignKey(SchemeApplication, verbose_name=_("申报"), on_delete=models.PROTECT)
    place = models.PositiveIntegerField(_("序号"))
    category = models.CharField(_("类别"), max_length=40)
    unit = models.CharField(_("单位"), max_length=60)
    person = models.CharField(_("个人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("公示名单")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="schemes_publicityline_once", fields=["publicity", "application"])
        ]

    def __str__(self) -> str:
        return f"{self.publicity}·{self.place}"


class SchemeObjection(models.Model):
    """公示异议: somebody says that a line is wrong. Who says so is asked by nobody; the receipt shows the answer."""

    receipt = models.CharField(_("回执号"), max_length=16, unique=True)
    publicity = models.ForeignKey(Publicity, verbose_name=_("公示"), on_delete=models.PROTECT)
    application = models.ForeignKey(SchemeApplication, verbose_name=_("申报"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    words = models.CharField(_("异议内容"), max_length=500)
    raised_at = models.DateTimeField(_("收到时间"))
    state = models.CharField(_("处理"), max_length=10, choices=Answer, default=Answer.OPEN)
    answer = models.CharField(_("核查结论"), max_length=300, blank=True)
    answered_on = models.DateField(_("答复日"), null=True, blank=True)
    answered_by = models.CharField(_("核查人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("公示异议")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="schemes_schemeobjection_answered",
                condition=Q(state=Answer.OPEN) | ~Q(answer="") & ~Q(answered_by=""),
            )
        ]

    def __str__(self) -> str:
        return self.receipt


class Certificate(models.Model):
    """证书: what was decided, for whom, from when to when. Its code says whether it was altered."""

    code = models.CharField(_("证书编号"), max_length=40, unique=True)
    application = models.OneToOneField(SchemeApplication, verbose_name=_("申报"), on_delete=models.PROTECT)
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = in_area(_("所在区划"))
    awards = models.CharField(_("称号"), max_length=80)
    holder = models.CharField(_("持有单位"), max_length=60)
    person = models.CharField(_("个人"), max_length=60, blank=True)
    level = models.CharField(_("级别"), max_length=8, choices=Rank, default=Rank.CITY)
    decision = models.CharField(_("认定文号"), max_length=40, blank=True)
    awarded_on = models.DateField(_("授予日"))
    valid_until = models.DateField(_("失效日"), null=True, blank=True)
    recognition = models.ForeignKey(
        Recognition,
        verbose_name=_("普惠性认定"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    checked_on = models.DateField(_("最近复核日"), null=True, blank=True)
    revoked_on = models.DateField(_("撤销日"), null=True, blank=True)
    revoked_why = models.CharField(_("撤销原因"), max_length=200, blank=True)
    digest = models.CharField(_("证书摘要"), max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = _("认定证书")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="schemes_certificate_revoked_with_reason",
                condition=Q(revoked_on__isnull=True, revoked_why="")
                | Q(revoked_on__gte=F("awarded_on")) & ~Q(revoked_why=""),
                violation_error_message=_("撤销须写明原因，且不早于授予日。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.awards}：{self.holder} {self.person}".strip()
