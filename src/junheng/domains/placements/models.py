"""The closed list of an admission, its draw, its runs with everybody's place and reasons, replies, and moves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.intakes.models import Intake, PlanVersion
from junheng.domains.placements.terms import RunKind, RunState, Step
from junheng.domains.registrations.models import Application
from junheng.domains.schools.models import School
from junheng.platform.seeds.models import ContributorRow, CountersignRow, PublicValueRow


class Draw(models.Model):
    """派位: what is published when the list closes, and the seed that comes into being afterwards.

    ``root``, ``rules`` and ``entrants`` are of the closed list; none of them changes once they are there.
    """

    intake = models.OneToOneField(Intake, verbose_name=_("招生批次"), on_delete=models.PROTECT)
    area = in_area(_("招生区划"))
    version = models.ForeignKey(
        PlanVersion, verbose_name=_("计划版本"), on_delete=models.PROTECT, null=True, blank=True
    )
    fallback = models.CharField(_("未揭示时代用的数值"), max_length=64)
    entrants = models.PositiveIntegerField(_("名单人数"), null=True, blank=True)
    root = models.CharField(_("名单根"), max_length=64, blank=True)
    rules = models.CharField(_("规则摘要"), max_length=64, blank=True)
    rules_file = models.TextField(_("规则文件"), blank=True)
    closed_at = models.DateTimeField(_("封存时间"), null=True, blank=True)
    seed = models.CharField(_("种子"), max_length=64, blank=True)
    drawn_at = models.DateTimeField(_("派位时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("派位")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="placements_draw_closed_is_whole",
                condition=Q(root="", rules="", entrants=None)
                | ~Q(root="") & ~Q(rules="") & Q(entrants__gt=0),
            ),
            models.CheckConstraint(
                name="placements_draw_seed_after_root", condition=Q(seed="") | ~Q(root="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intake}"


class Contributor(ContributorRow):
    """种子参与方: who published a commitment before the list closed and opens it afterwards."""

    draw = models.ForeignKey(Draw, verbose_name=_("派位"), on_delete=models.CASCADE, db_index=False)

    class Meta:
        verbose_name = verbose_name_plural = _("种子参与方")
        ordering = ["draw", "rank"]
        constraints = [
            models.UniqueConstraint(name="placements_contributor_once", fields=["draw", "name"]),
            models.UniqueConstraint(name="placements_contributor_rank", fields=["draw", "rank"]),
        ]


class PublicValue(PublicValueRow):
    """公共随机值: what a source outside publishes at a moment after all have revealed. Two persons read it off."""

    draw = models.ForeignKey(Draw, verbose_name=_("派位"), on_delete=models.CASCADE, db_index=False)
    entered_by = models.CharField(_("录入人"), max_length=60, blank=True)
    confirmed_by = models.CharField(_("复核人"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("公共随机值")
        ordering = ["draw", "rank"]
        constraints = [
            models.UniqueConstraint(name="placements_publicvalue_once", fields=["draw", "name"]),
            models.UniqueConstraint(name="placements_publicvalue_rank", fields=["draw", "rank"]),
            models.CheckConstraint(
                name="placements_publicvalue_value_or_failed", condition=Q(failed=False) | Q(value="")
            ),
        ]


class Listed(models.Model):
    """One child of the closed list: its record as the root fixes it, and the number that the seed gave it."""

    draw = models.ForeignKey(Draw, verbose_name=_("派位"), on_delete=models.PROTECT, db_index=False)
    application = models.OneToOneField(Application, verbose_name=_("入学报名"), on_delete=models.PROTECT)
    rank = models.PositiveIntegerField(_("名单序号"))
    pid = models.CharField(_("派位编号"), max_length=32)
    salt = models.CharField(_("盐值"), max_length=32)
    record = models.TextField(_("记录"))
    facts = models.JSONField(_("封存时核实的情况"), default=dict)
    number = models.CharField(_("派位号"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("封存名单")
        ordering = ["draw", "rank"]
        constraints = [
            models.UniqueConstraint(name="placements_listed_rank", fields=["draw", "rank"]),
            models.UniqueConstraint(name="placements_listed_pid", fields=["draw", "pid"]),
        ]

    def __str__(self) -> str:
        return self.pid


class Run(models.Model):
    """录取运算: one computation of all places, numbered. What an appeal or a free place changes is a further run."""

    draw = models.ForeignKey(Draw, verbose_name=_("派位"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("招生区划"))
    number = models.PositiveSmallIntegerField(_("第几次"))
    kind = models.CharField(_("种类"), max_length=8, choices=RunKind, default=RunKind.FIRST)
    state = models.CharField(_("状态"), max_length=10, choices=RunState, default=RunState.COMPUTED)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("计算时间"))
    made_by = models.CharField(_("计算人"), max_length=60)
    placed = models.PositiveIntegerField(_("录取人数"))
    faults = models.JSONField(_("核验发现"), default=list)
    cuts = models.JSONField(_("各组末位"), default=list)
    changes = models.JSONField(_("与前次的差别"), default=list)
    added = models.JSONField(_("为不影响他人增加的学位"), default=dict)
    root = models.CharField(_("结果根"), max_length=64)
    released_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("录取运算")
        ordering = ["draw", "number"]
        constraints = [
            models.UniqueConstraint(name="placements_run_number_once", fields=["draw", "number"]),
            models.CheckConstraint(
                name="placements_run_released_without_faults",
                condition=Q(state=RunState.COMPUTED) | Q(released_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw} #{self.number}"


class Placement(models.Model):
    """One child's place in one run, and what became of every question it asked: group, rank, why."""

    run = models.ForeignKey(Run, verbose_name=_("录取运算"), on_delete=models.PROTECT, db_index=False)
    listed = models.ForeignKey(Listed, verbose_name=_("名单中的儿童"), on_delete=models.PROTECT)
    school = models.ForeignKey(
        School, verbose_name=_("录取学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    place = models.CharField(_("名额组"), max_length=40)
    tail = models.TextField(_("统筹次序"), null=True, blank=True)  # noqa: DJ001 -- null: the child did not ask on
    reasons = models.JSONField(_("各志愿结果"), default=list)

    class Meta:
        verbose_name = verbose_name_plural = _("录取结果")
        ordering = ["run", "listed"]
        constraints = [models.UniqueConstraint(name="placements_placement_once", fields=["run", "listed"])]

    def __str__(self) -> str:
        return f"{self.listed}：{self.place}"


class Reply(models.Model):
    """A family's answer to a place: it comes, or it gives the place back."""

    listed = models.OneToOneField(Listed, verbose_name=_("名单中的儿童"), on_delete=models.PROTECT)
    area = in_area(_("招生区划"))
    run = models.ForeignKey(Run, verbose_name=_("录取运算"), on_delete=models.PROTECT)
    accepted = models.BooleanField(_("接受"))
    replied_at = models.DateTimeField(_("答复时间"))
    replied_by = models.CharField(_("答复人"), max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = _("录取答复")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.listed}：{self.accepted}"


class Countersign(CountersignRow):
    """双人办理: a step that one person asked for and that is taken when another agrees."""

    intake = models.ForeignKey(Intake, verbose_name=_("招生批次"), on_delete=models.PROTECT)
    area = in_area(_("招生区划"))
    step = models.CharField(_("步骤"), max_length=8, choices=Step)
    about = models.CharField(_("对象"), max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("双人办理")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="placements_countersign_one_open",
                fields=["intake", "step", "about"],
                condition=Q(agreed_by=""),
            ),
            models.CheckConstraint(
                name="placements_countersign_by_two",
                condition=Q(agreed_by="") | ~Q(agreed_by=models.F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intake}：{self.get_step_display()}"
