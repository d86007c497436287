"""Plans of samples: what may be drawn, how a plan is frozen, its seed, and what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import Area, in_area
from junheng.domains.institutions.models import Institution
from junheng.domains.safety.models import Round
from junheng.domains.schools.models import School
from junheng.domains.visits.terms import Hash, SampleState, Target


class SamplePlan(models.Model):
    """抽查方案: from what is drawn, how much of each stratum, by whom; what was frozen and what the seed made of it."""

    code = models.CharField(_("方案代码"), max_length=32, unique=True)
    title = models.CharField(_("名称"), max_length=80)
    area = in_area(_("发起区划"))
    target = models.CharField(_("抽查对象"), max_length=12, choices=Target)
    round = models.ForeignKey(Round, verbose_name=_("轮次"), on_delete=models.PROTECT, null=True, blank=True)
    crossed = models.BooleanField(_("县域交叉"), default=False)
    sealed = models.BooleanField(_("名单检查结束后公布"), default=True)
    team = models.PositiveSmallIntegerField(_("每组人数"), default=2)
    algorithm = models.CharField(_("杂凑算法"), max_length=6, choices=Hash, default=Hash.SM3)
    as_of = models.DateField(_("风险计算日"))
    reveal_by = models.DateTimeField(_("揭示截止"))
    visits_from = models.DateField(_("检查起"))
    visits_until = models.DateField(_("检查止"))
    fallback = models.CharField(_("未揭示时代用的数值"), max_length=64, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=SampleState, default=SampleState.DRAFT)
    entrants = models.PositiveIntegerField(_("检查对象数"), null=True, blank=True)
    root = models.CharField(_("检查对象根"), max_length=64, blank=True)
    rules = models.CharField(_("方案摘要"), max_length=64, blank=True)
    plan_file = models.TextField(_("方案文件"), blank=True)
    frozen_at = models.DateTimeField(_("封存时间"), null=True, blank=True)
    seed = models.CharField(_("种子"), max_length=64, blank=True)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True, blank=True)
    teams = models.JSONField(_("抽取结果"), default=list)
    drawn_digest = models.CharField(_("抽取结果摘要"), max_length=64, blank=True)
    released_at = models.DateTimeField(_("派出时间"), null=True, blank=True)
    published_at = models.DateTimeField(_("公布时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("抽查方案")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="visits_sampleplan_frozen_is_whole",
                condition=Q(root="", rules="", plan_file="", state=SampleState.DRAFT)
                | ~Q(root="") & ~Q(rules="") & ~Q(plan_file="") & Q(entrants__gt=0),
            ),
            models.CheckConstraint(
                name="visits_sampleplan_seed_after_root", condition=Q(seed="") | ~Q(root="")
            ),
            models.CheckConstraint(
                name="visits_sampleplan_days", condition=Q(visits_until__gte=F("visits_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Stratum(models.Model):
    """抽查层: county × stage × risk, and how many of it are drawn."""

    plan = models.ForeignKey(SamplePlan, verbose_name=_("抽查方案"), on_delete=models.PROTECT, db_index=False)
    code = models.CharField(_("层代码"), max_length=40)
    label = models.CharField(_("名称"), max_length=80)
    units = models.PositiveIntegerField(_("对象数"))
    size = models.PositiveIntegerField(_("抽取数"))

    class Meta:
        verbose_name = verbose_name_plural = _("抽查层")
        ordering = ["plan", "code"]
        constraints = [
            models.UniqueConstraint(name="visits_stratum_once", fields=["plan", "code"]),
            models.CheckConstraint(
                name="visits_stratum_size_at_most_units", condition=Q(size__lte=F("units"))
            ),
        ]

    def __str__(self) -> str:
        return self.label


class SampleUnit(models.Model):
    """抽查对象: a school or institution that may be drawn, with its weight, what that is made of, and its chance."""

    plan = models.ForeignKey(SamplePlan, verbose_name=_("抽查方案"), on_delete=models.PROTECT, db_index=False)
    stratum = models.ForeignKey(Stratum, verbose_name=_("抽查层"), on_delete=models.PROTECT, db_index=False)
    code = models.CharField(_("对象代码"), max_length=30)
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True, db_index=False
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("培训机构"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
    )
    weight = models.PositiveSmallIntegerField(_("权重"))
    facts = models.JSONField(_("权重构成"), default=dict)
    chance = models.PositiveIntegerField(_("入样概率（万分之）"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("抽查对象")
        ordering = ["plan", "code"]
        constraints = [
            models.UniqueConstraint(name="visits_sampleunit_once", fields=["plan", "code"]),
            models.CheckConstraint(name="visits_sampleunit_weight", condition=Q(weight__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.school or self.institution)

    @property
    def likely(self) -> str:
        """The chance as people read it."""
        return percent(self.chance)


def percent(ten_thousandths: int) -> str:
    """A chance in per cent.

    >>> percent(625), percent(10_000)
    ('6.25%', '100.00%')
    """
    return f"{ten_thousandths // 100}.{ten_thousandths % 100:02d}%"


class CountyPair(models.Model):
    """交叉检查配对: which county's inspectors visit which county in a plan, as the seed said."""

    plan = models.ForeignKey(SamplePlan, verbose_name=_("抽查方案"), on_delete=models.PROTECT, db_index=False)
    checks = models.ForeignKey(
        Area, verbose_name=_("检查县"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    checked = models.ForeignKey(
        Area, verbose_name=_("被检查县"), on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = verbose_name_plural = _("交叉检查配对")
        ordering = ["plan", "checks"]
        constraints = [
            models.UniqueConstraint(name="visits_countypair_checks_once", fields=["plan", "checks"]),
            models.UniqueConstraint(name="visits_countypair_checked_once", fields=["plan", "checked"]),
            models.CheckConstraint(name="visits_countypair_not_itself", condition=~Q(checks=F("checked"))),
        ]

    def __str__(self) -> str:
        return f"{self.checks} → {self.checked}"
