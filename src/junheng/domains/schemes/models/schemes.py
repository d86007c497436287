"""A scheme with its categories, criteria, shares of places and jurors."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.schemes.terms import (
    Asked,
    Decider,
    Effect,
    Rank,
    SchemeState,
    Subject,
    Weigh,
)
from junheng.domains.schools.models import School


class AwardScheme(models.Model):
    """评选认定方案: what is recognised in one year, by which rules, from which source."""

    code = models.CharField(_("方案代码"), max_length=20, unique=True)
    title = models.CharField(_("名称"), max_length=60)
    area = in_area(_("组织区划"))
    year = models.PositiveSmallIntegerField(_("年份"))
    subject = models.CharField(_("申报对象"), max_length=12, choices=Subject, default=Subject.SCHOOL)
    effect = models.CharField(_("认定后登记"), max_length=12, choices=Effect, default=Effect.NONE)
    decider = models.CharField(
        _("由谁认定"),
        max_length=8,
        choices=Decider,
        default=Decider.OWN,
        help_text=_("推荐上报的，公示期满后形成推荐名单，省级文件下来后逐项登记结果。"),
    )
    awards = models.CharField(
        _("证书上的称号"), max_length=40, help_text=_("如“普惠性民办幼儿园”“优秀班主任”。")
    )
    applies_from = models.DateField(_("申报开始"))
    applies_until = models.DateField(_("申报截止"), help_text=_("当天仍可提交。"))
    school_days = models.PositiveSmallIntegerField(
        _("校内公示工作日"), default=0, help_text=_("学校先评审、公示再报送；0 为不要求。")
    )
    visitors = models.PositiveSmallIntegerField(
        _("现场核查人数"), default=0, help_text=_("县级通过前须有几名不同人员的现场核查；0 为不要求。")
    )
    jurors = models.PositiveSmallIntegerField(
        _("评分人数"), default=0, help_text=_("市级通过前须有几名评委各自评分；0 为不评分。")
    )
    blind = models.BooleanField(_("匿名评分"), default=False, help_text=_("评委只见申报编号和内容。"))
    publicity_days = models.PositiveSmallIntegerField(_("公示工作日"), default=5)
    valid_years = models.PositiveSmallIntegerField(
        _("有效年数"), null=True, blank=True, help_text=_("空白为长期有效。")
    )
    checked_yearly = models.BooleanField(_("每年复核"), default=False)
    order_text = models.CharField(
        _("公布的排序文本"),
        max_length=80,
        blank=True,
        help_text=_("名额零头相同时由这段公布在先的文字决定，谁也不能挑选。"),
    )
    basis = models.CharField(_("依据"), max_length=160)
    certain = models.BooleanField(_("已确认"), default=False, help_text=_("条件、名额和天数已由文件确认。"))
    state = models.CharField(_("状态"), max_length=8, choices=SchemeState, default=SchemeState.DRAFT)
    digest = models.CharField(_("方案摘要"), max_length=64, blank=True)
    opened_on = models.DateField(_("发布日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评选认定方案")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="schemes_scheme_ends_after_start",
                condition=Q(applies_until__gte=F("applies_from")),
                violation_error_message=_("申报截止不能早于申报开始。"),
            ),
            models.CheckConstraint(
                name="schemes_scheme_says_why",
                condition=~Q(basis=""),
                violation_error_message=_("方案须写明依据。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rank(self) -> Rank:
        """The level that grants what this scheme is about."""
        if self.decider == Decider.PROVINCE:
            return Rank.PROVINCE
        return Rank.COUNTY if len(self.area_id) > 4 else Rank.CITY


class SchemeCategory(models.Model):
    """评选类别: one thing that can be applied for, and how many may get it."""

    code = models.CharField(_("类别代码"), max_length=24, unique=True)
    scheme = models.ForeignKey(AwardScheme, verbose_name=_("方案"), on_delete=models.PROTECT)
    name = models.CharField(_("类别"), max_length=40)
    area = in_area(_("组织区划"))
    places = models.PositiveIntegerField(_("名额"), null=True, blank=True, help_text=_("空白为不限名额。"))
    weigh = models.CharField(_("分配办法"), max_length=8, choices=Weigh, default=Weigh.NONE)
    graduating_most = models.PositiveSmallIntegerField(
        _("毕业班最多占（%）"), null=True, blank=True, help_text=_("占名额的百分比；空白为不限。")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("评选类别")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="schemes_schemecategory_once",
                fields=["scheme", "name"],
                violation_error_message=_("这个方案里已有同名类别。"),
            ),
            models.CheckConstraint(
                name="schemes_schemecategory_shares_something",
                condition=Q(weigh=Weigh.NONE) | Q(places__isnull=False),
                violation_error_message=_("要分配到县（市、区），须先写明名额。"),
            ),
            models.CheckConstraint(
                name="schemes_schemecategory_graduating",
                condition=Q(graduating_most__isnull=True) | Q(graduating_most__lte=100, places__isnull=False),
                violation_error_message=_("毕业班占比是名额的百分之几，不超过 100，并须先写明名额。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}·{self.name}"


class SchemeCriterion(models.Model):
    """评选条件: one condition of a scheme. What a register knows is checked there and typed by nobody."""

    scheme = models.ForeignKey(AwardScheme, verbose_name=_("方案"), on_delete=models.PROTECT, db_index=False)
    number = models.PositiveSmallIntegerField(_("序号"))
    words = models.CharField(_("条件"), max_length=200)
    area = in_area(_("组织区划"))
    asked = models.CharField(_("核对方式"), max_length=8, choices=Asked, default=Asked.STATE)
    check_slug = models.CharField(
        _("核对项"), max_length=40, blank=True, help_text=_("由台账核对时填写，可用的核对项见方案页。")
    )
    limit = models.IntegerField(_("界限"), null=True, blank=True)
    needed = models.BooleanField(_("必须达到"), default=True)
    points = models.PositiveSmallIntegerField(_("满分"), null=True, blank=True)
    basis = models.CharField(_("条款"), max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评选条件")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="schemes_schemecriterion_once",
                fields=["scheme", "number"],
                violation_error_message=_("这个方案里已有这个序号的条件。"),
            ),
            models.CheckConstraint(
                name="schemes_schemecriterion_says_how",
                condition=Q(asked=Asked.CHECK) & ~Q(check_slug="") | ~Q(asked=Asked.CHECK) & Q(check_slug=""),
                violation_error_message=_("由台账核对的条件须写明核对项，其他条件不写。"),
            ),
            models.CheckConstraint(
                name="schemes_schemecriterion_points",
                condition=~Q(asked=Asked.SCORE) | Q(points__isnull=False, points__gt=0),
                violation_error_message=_("评委评分的条件须写明满分。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"


class SchemeQuota(models.Model):
    """名额分配: how many applications of a category a county, or one of its schools, may pass on, and the exact share."""

    category = models.ForeignKey(
        SchemeCategory, verbose_name=_("类别"), on_delete=models.PROTECT, db_index=False
    )
    area = in_area(_("县（市、区）"))
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    weight = models.PositiveIntegerField(_("分配依据数"))
    places = models.PositiveIntegerField(_("名额"))
    exact = models.CharField(_("按比例应得"), max_length=24)
    raised = models.BooleanField(_("进位"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("评选名额表")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="schemes_schemequota_once", fields=["category", "area"], condition=Q(school__isnull=True)
            ),
            models.UniqueConstraint(name="schemes_schemequota_school", fields=["category", "school"]),
        ]

    def __str__(self) -> str:
        return f"{self.category}：{self.school or self.area}"


class SchemeJuror(models.Model):
    """评委: somebody with a login who scores applications of one scheme."""

    scheme = models.ForeignKey(AwardScheme, verbose_name=_("方案"), on_delete=models.PROTECT, db_index=False)
    login = models.CharField(_("账号"), max_length=60)
    named_by = models.CharField(_("聘请人"), max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = _("评委")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="schemes_schemejuror_once", fields=["scheme", "login"])]

    def __str__(self) -> str:
        return f"{self.scheme}：{self.login}"
