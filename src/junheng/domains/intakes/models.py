"""An admission, the versions of its plan, and what a plan says: schools, seats, catchments, categories, papers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.intakes.terms import Circumstance, Hash, IntakeState, Parity, Ties, VersionState, Who
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage


class Intake(models.Model):
    """招生批次: one county, one stage, one autumn. ``code`` names it in every published file and in every draw."""

    code = models.CharField(_("批次代码"), max_length=24, unique=True)
    title = models.CharField(_("名称"), max_length=60)
    area = in_area(_("招生区划"))
    year = models.PositiveSmallIntegerField(_("年份"))
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    state = models.CharField(_("进度"), max_length=10, choices=IntakeState, default=IntakeState.DRAFT)
    born_by = models.DateField(_("年龄截止：不晚于此日出生"), null=True, blank=True)
    max_choices = models.PositiveSmallIntegerField(_("最多志愿数"), default=3)
    max_private = models.PositiveSmallIntegerField(_("其中民办学校最多"), default=1)
    algorithm = models.CharField(_("杂凑算法"), max_length=6, choices=Hash, default=Hash.SM3)
    announce_by = models.DateTimeField(_("计划公布截止"))
    opens_at = models.DateTimeField(_("报名开始"))
    closes_at = models.DateTimeField(_("报名截止"))
    checked_by = models.DateTimeField(_("审核截止"))
    draw_at = models.DateTimeField(_("派位时间"))
    release_at = models.DateTimeField(_("结果发布时间"))
    reply_by = models.DateTimeField(_("确认截止"))
    appeal_by = models.DateTimeField(_("申诉截止"))
    starts_on = models.DateField(_("开学日"))
    closed_at = models.DateTimeField(_("封存时间"), null=True, blank=True, editable=False)
    coordinate = models.BooleanField(_("志愿未录取的统筹安排"), default=True)
    address_limit = models.PositiveSmallIntegerField(_("同一住址报名超过此数提醒审核（待确认）"), default=3)

    class Meta:
        verbose_name = verbose_name_plural = _("招生批次")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="intakes_intake_once",
                fields=["area", "stage", "year"],
                violation_error_message=_("这个区划这一年这个学段已有招生批次。"),
            ),
            models.CheckConstraint(
                name="intakes_intake_days_in_order",
                condition=Q(announce_by__lte=F("opens_at"))
                & Q(opens_at__lt=F("closes_at"))
                & Q(closes_at__lte=F("checked_by"))
                & Q(checked_by__lte=F("draw_at"))
                & Q(draw_at__lte=F("release_at"))
                & Q(release_at__lt=F("reply_by"))
                & Q(release_at__lt=F("appeal_by")),
                violation_error_message=_(
                    "各个时间必须依次：公布、报名、截止、审核、派位、发布、确认与申诉。"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """招生计划的一个版本. Publishing writes ``document`` and its ``digest``; neither changes afterwards."""

    intake = models.ForeignKey(Intake, verbose_name=_("招生批次"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("招生区划"))
    number = models.PositiveSmallIntegerField(_("版本"))
    state = models.CharField(_("状态"), max_length=10, choices=VersionState, default=VersionState.DRAFT)
    reason = models.CharField(_("修订原因"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("公布时间"), null=True, blank=True)
    published_by = models.CharField(_("公布人"), max_length=60, blank=True)
    document = models.JSONField(_("公布的计划"), null=True, blank=True)
    digest = models.CharField(_("计划摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("招生计划版本")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="intakes_version_number_once", fields=["intake", "number"]),
            models.UniqueConstraint(
                name="intakes_version_one_current",
                fields=["intake"],
                condition=Q(state=VersionState.PUBLISHED),
            ),
            models.CheckConstraint(
                name="intakes_version_published_is_digested",
                condition=Q(state=VersionState.DRAFT, digest="")
                | ~Q(state=VersionState.DRAFT) & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intake} v{self.number}"


class PlanSchool(models.Model):
    """One school of a plan: its classes and their size give its seats."""

    version = models.ForeignKey(
        PlanVersion, verbose_name=_("计划版本"), on_delete=models.CASCADE, db_index=False
    )
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("招生区划"))
    classes = models.PositiveSmallIntegerField(_("计划班数"))
    class_size = models.PositiveSmallIntegerField(_("每班人数上限"))
    longitude = models.IntegerField(_("经度（百万分之一度）"), null=True, blank=True)
    latitude = models.IntegerField(_("纬度（百万分之一度）"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    zone = models.CharField(
        _("共用片区"),
        max_length=20,
        blank=True,
        help_text=_(
            "多校划片时填写：名称相同的学校共用全部片区，片区内的儿童有权进其中一所，先看志愿，再看类别和派位号。单校划片留空。"
        ),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("学校招生计划")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="intakes_planschool_once",
                fields=["version", "school"],
                violation_error_message=_("这个版本的计划里已有这所学校。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}"

    @property
    def places(self) -> int:
        """Classes times their size."""
        return self.classes * self.class_size


class PlaceGroup(models.Model):
    """名额组: seats of one school that are filled by one order. The order of groups (``precedence``) is policy."""

    plan_school = models.ForeignKey(PlanSchool, verbose_name=_("学校招生计划"), on_delete=models.CASCADE)
    area = in_area(_("招生区划"))
    code = models.CharField(_("名额组代码"), max_length=24)
    label = models.CharField(_("名称"), max_length=40)
    precedence = models.PositiveSmallIntegerField(_("先后"))
    capacity = models.PositiveSmallIntegerField(_("名额"))
    who = models.CharField(_("面向"), max_length=10, choices=Who, default=Who.ANYBODY)
    ties = models.CharField(_("末位并列"), max_length=8, choices=Ties, default=Ties.ADMIT)
    release_to = models.ForeignKey(
        "self", verbose_name=_("未用名额转入"), on_delete=models.SET_NULL, null=True, blank=True
    )

    class Meta:
        verbose_name = verbose_name_plural = _("名额组")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="intakes_placegroup_code_once", fields=["plan_school", "code"]),
            models.UniqueConstraint(name="intakes_placegroup_order", fields=["plan_school", "precedence"]),
        ]

    def __str__(self) -> str:
        return self.label


class Category(models.Model):
    """入学类别 (a tier): what has to be shown for it, and whether the address must lie in the school's catchment."""

    version = models.ForeignKey(
        PlanVersion, verbose_name=_("计划版本"), on_delete=models.CASCADE, db_index=False
    )
    area = in_area(_("招生区划"))
    tier = models.PositiveSmallIntegerField(_("次序（小者优先）"))
    label = models.CharField(_("名称"), max_length=40)
    needs = models.JSONField(_("须核实的情况"), default=list)
    in_catchment = models.BooleanField(_("限片区内"), default=True)
    private = models.BooleanField(_("用于民办学校"), default=False)
    explanation = models.CharField(_("家长看得懂的说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("入学类别")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="intakes_category_tier_once", fields=["version", "private", "tier"])
        ]

    def __str__(self) -> str:
        return self.label


class Paper(models.Model):
    """材料: what a family shows for a claim, or which department's data stand for it so that nothing is shown."""

    version = models.ForeignKey(
        PlanVersion, verbose_name=_("计划版本"), on_delete=models.CASCADE, db_index=False
    )
    area = in_area(_("招生区划"))
    circumstance = models.CharField(_("情况"), max_length=12, choices=Circumstance)
    label = models.CharField(_("材料"), max_length=80)
    exchange = models.CharField(_("可由数据核验的部门"), max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报名材料")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="intakes_paper_once", fields=["version", "circumstance", "label"])
        ]

    def __str__(self) -> str:
        return self.label


class Catchment(models.Model):
    """片区的一段: house numbers of a street, a community, or an outline on the map, of one school of a plan.

    ``outline`` is a ring of points in millionths of a degree (CGCS2000), so that what is published holds whole numbers
    only. Where ``community`` is given, numbers are not asked.
    """

    plan_school = models.ForeignKey(PlanSchool, verbose_name=_("学校招生计划"), on_delete=models.CASCADE)
    area = in_area(_("招生区划"))
    street = models.CharField(_("路街"), max_length=40, blank=True)
    low = models.PositiveIntegerField(_("门牌起"), null=True, blank=True)
    high = models.PositiveIntegerField(_("门牌止"), null=True, blank=True)
    parity = models.CharField(_("单双号"), max_length=4, choices=Parity, default=Parity.ALL)
    community = models.CharField(_("小区或村"), max_length=40, blank=True)
    outline = models.JSONField(_("地图范围"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("招生片区")
        ordering = ["id"]
        indexes = [models.Index(fields=["street"], name="intakes_catchment_street")]
        constraints = [
            models.CheckConstraint(
                name="intakes_catchment_numbers_in_order",
                condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high")),
            )
        ]

    def __str__(self) -> str:
        return self.community or f"{self.street}{self.low or ''}–{self.high or ''}"
