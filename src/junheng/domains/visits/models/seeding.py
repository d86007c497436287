"""Where the seed of a plan comes from, and the steps that two persons take together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.visits.models.sampling import SamplePlan
from junheng.domains.visits.terms import Step


class Contributor(models.Model):
    """种子参与方: who published a commitment before the plan was frozen and opens it afterwards."""

    plan = models.ForeignKey(SamplePlan, verbose_name=_("抽查方案"), on_delete=models.CASCADE, db_index=False)
    rank = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("代码"), max_length=32)
    label = models.CharField(_("名称"), max_length=40)
    digest = models.CharField(_("承诺值"), max_length=64, blank=True)
    committed_at = models.DateTimeField(_("承诺时间"), null=True, blank=True)
    nonce = models.CharField(_("随机数"), max_length=64, blank=True)
    secret = models.CharField(_("揭示值"), max_length=64, blank=True)
    revealed_at = models.DateTimeField(_("揭示时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("种子参与方")
        ordering = ["plan", "rank"]
        constraints = [
            models.UniqueConstraint(name="visits_contributor_once", fields=["plan", "name"]),
            models.UniqueConstraint(name="visits_contributor_rank", fields=["plan", "rank"]),
        ]

    def __str__(self) -> str:
        return self.label


class PublicValue(models.Model):
    """公共随机值: what a source outside publishes after all have revealed. Two persons read it off."""

    plan = models.ForeignKey(SamplePlan, verbose_name=_("抽查方案"), on_delete=models.CASCADE, db_index=False)
    rank = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("代码"), max_length=32)
    label = models.CharField(_("来源"), max_length=80)
    due_at = models.DateTimeField(_("产生时间"))
    value = models.CharField(_("数值"), max_length=160, blank=True)
    failed = models.BooleanField(_("未能产生"), default=False)
    why = models.CharField(_("说明"), max_length=200, blank=True)
    entered_by = models.CharField(_("录入人"), max_length=150, blank=True)
    entered_at = models.DateTimeField(_("录入时间"), null=True, blank=True)
    confirmed_by = models.CharField(_("复核人"), max_length=150, blank=True)
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("公共随机值")
        ordering = ["plan", "rank"]
        constraints = [
            models.UniqueConstraint(name="visits_publicvalue_once", fields=["plan", "name"]),
            models.UniqueConstraint(name="visits_publicvalue_rank", fields=["plan", "rank"]),
            models.CheckConstraint(
                name="visits_publicvalue_by_two",
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("entered_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def stands(self) -> bool:
        """Whether two persons agreed on what it is, or that it failed."""
        return bool(self.confirmed_by)


class Countersign(models.Model):
    """双人办理: a step of a plan that one person asked for and that is taken when another agrees."""

    plan = models.ForeignKey(SamplePlan, verbose_name=_("抽查方案"), on_delete=models.PROTECT)
    step = models.CharField(_("步骤"), max_length=8, choices=Step)
    asked_by = models.CharField(_("提请人"), max_length=150)
    asked_at = models.DateTimeField(_("提请时间"))
    why = models.CharField(_("事由"), max_length=200)
    agreed_by = models.CharField(_("同意人"), max_length=150, blank=True)
    agreed_at = models.DateTimeField(_("同意时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("双人办理")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="visits_countersign_once", fields=["plan", "step"]),
            models.CheckConstraint(
                name="visits_countersign_by_two", condition=Q(agreed_by="") | ~Q(agreed_by=F("asked_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}：{self.get_step_display()}"
