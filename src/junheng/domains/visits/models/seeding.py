"""Where the seed of a plan comes from, and the steps that two persons take together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.visits.models.sampling import SamplePlan
from junheng.domains.visits.terms import Step
from junheng.platform.seeds.models import ContributorRow, CountersignRow, PublicValueRow


class Contributor(ContributorRow):
    """种子参与方: who published a commitment before the plan was frozen and opens it afterwards."""

    plan = models.ForeignKey(SamplePlan, verbose_name=_("抽查方案"), on_delete=models.CASCADE, db_index=False)

    class Meta:
        verbose_name = verbose_name_plural = _("种子参与方")
        ordering = ["plan", "rank"]
        constraints = [
            models.UniqueConstraint(name="visits_contributor_once", fields=["plan", "name"]),
            models.UniqueConstraint(name="visits_contributor_rank", fields=["plan", "rank"]),
        ]


class PublicValue(PublicValueRow):
    """公共随机值: what a source outside publishes after all have revealed. Two persons read it off."""

    plan = models.ForeignKey(SamplePlan, verbose_name=_("抽查方案"), on_delete=models.CASCADE, db_index=False)

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


class Countersign(CountersignRow):
    """双人办理: a step of a plan that one person asked for and that is taken when another agrees."""

    plan = models.ForeignKey(SamplePlan, verbose_name=_("抽查方案"), on_delete=models.PROTECT)
    step = models.CharField(_("步骤"), max_length=8, choices=Step)

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
