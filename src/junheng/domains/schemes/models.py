"""A scheme with its categories and criteria, applications with their evidence and reviews, publicity, certificates."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.kindergartens.models import Kindergarten, Recognition
from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.terms import (
    Answer,
    Asked,
    Effect,
    ReviewLevel,
    SchemeState,
    Stage,
    Subject,
    Verdict,
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
    awards = models.CharField(
        _("证书上的称号"), max_length=40, help_text=_("如“普惠性民办幼儿园”“优秀班主任”。")
    )
    applies_from = models.DateField(_("申报开始"))
    applies_until = models.DateField(_("申报截止"), help_text=_("当天仍可提交。"))
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


class SchemeCategory(models.Model):
    """评选类别: one thing that can be applied for, and how many may get it."""

    code = models.CharField(_("类别代码"), max_length=24, unique=True)
    scheme = models.ForeignKey(AwardScheme, verbose_name=_("方案"), on_delete=models.PROTECT)
    name = models.CharField(_("类别"), max_length=40)
    area = in_area(_("组织区划"))
    places = models.PositiveIntegerField(_("名额"), null=True, blank=True, help_text=_("空白为不限名额。"))
    weigh = models.CharField(_("分配办法"), max_length=8, choices=Weigh, default=Weigh.NONE)

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
    """名额分配: how many applications of a category a county may pass on, and the exact share it comes from."""

    category = models.ForeignKey(
        SchemeCategory, verbose_name=_("类别"), on_delete=models.PROTECT, db_index=False
    )
    area = in_area(_("县（市、区）"))
    weight = models.PositiveIntegerField(_("分配依据数"))
    places = models.PositiveIntegerField(_("名额"))
    exact = models.CharField(_("按比例应得"), max_length=24)
    raised = models.BooleanField(_("进位"), default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("评选名额表")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="schemes_schemequota_once", fields=["category", "area"])]

    def __str__(self) -> str:
        return f"{self.category}：{self.area}"


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


class SchemeApplication(models.Model):
    """申报: one subject applies for one category. The number comes with the first submission."""

    number = models.CharField(_("申报编号"), max_length=32, unique=True, null=True, blank=True)
    category = models.ForeignKey(SchemeCategory, verbose_name=_("类别"), on_delete=models.PROTECT)
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    kindergarten = models.ForeignKey(
        Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT, null=True, blank=True
    )
    teacher = models.CharField(
        _("班主任账号"), max_length=60, blank=True, help_text=_("申报班主任的，填写其登录账号。")
    )
    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, null=True, blank=True)
    area = in_area(_("所在区划"))
    statement = models.CharField(
        _("事迹与说明"),
        max_length=1000,
        blank=True,
        help_text=_("只写与条件有关的；台账里有的不必重写。匿名评分的不要写校名和姓名。"),
    )
    stage = models.CharField(_("进度"), max_length=12, choices=Stage, default=Stage.DRAFT)
    submitted_on = models.DateField(_("提交日"), null=True, blank=True)
    submitted_by = models.CharField(_("提交人"), max_length=60, blank=True)
    turn = models.PositiveSmallIntegerField(_("提交次数"), default=0)
    twin = models.CharField(_("与相似幼儿园的关系"), max_length=200, blank=True)
    points = models.PositiveIntegerField(_("评分合计"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("评选申报")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="schemes_schemeapplication_of_one",
                condition=Q(school__isnull=False, kindergarten__isnull=True)
                | Q(school__isnull=True, kindergarten__isnull=False, teacher="", pupil__isnull=True),
                violation_error_message=_("一份申报只能是一所学校（及其班主任或学生），或一所幼儿园。"),
            ),
            models.CheckConstraint(
                name="schemes_schemeapplication_one_person",
                condition=Q(teacher="") | Q(pupil__isnull=True),
                violation_error_message=_("一份申报不能既是班主任又是学生。"),
            ),
            models.CheckConstraint(
                name="schemes_schemeapplication_numbered",
                condition=Q(stage=Stage.DRAFT) | Q(number__isnull=False, submitted_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}：{self.number or _('草稿')}"

    @property
    def scheme(self) -> AwardScheme:
        """The scheme whose category this is."""
        return self.category.scheme

    def clean(self) -> None:
        """The subject is of the kind that the scheme is about, and lies in the area of the application."""
        if not self.category_id:
            return
        wanted = self.category.scheme.subject
        given = (
            Subject.KINDERGARTEN
            if self.kindergarten_id
            else Subject.TEACHER
            if self.teacher
            else Subject.PUPIL
            if self.pupil_id
            else Subject.SCHOOL
        )
        if given != wanted:
            raise ValidationError(
                _("这个方案的申报对象是“%(wanted)s”，请只填写相应的一栏（班主任和学生还要填学校）。")
                % {"wanted": Subject(wanted).label}
            )
        place = self.kindergarten or self.school
        if place is not None and place.area_id != self.area_id:
            raise ValidationError(
                {"area": _("所在区划须与申报单位的区划一致：%(area)s。") % {"area": place.area}}
            )
        if self.pupil is not None and self.pupil.school_id != self.school_id:
            raise ValidationError({"pupil": _("这名学生不在所填的学校。请核对。")})


class SchemeInvitation(models.Model):
    """填报码: lets a kindergarten, which has no account, fill in its own application. The code itself is not kept."""

    application = models.OneToOneField(SchemeApplication, verbose_name=_("申报"), on_delete=models.PROTECT)
    digest = models.CharField(_("填报码摘要"), max_length=64, unique=True)
    made_by = models.CharField(_("发码人"), max_length=60)
    made_on = models.DateField(_("发码日"))

    class Meta:
        verbose_name = verbose_name_plural = _("评选填报码")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.application}"


class SchemeEvidence(models.Model):
    """核对结果: what a register, or the applicant, said about one criterion when the application was submitted."""

    application = models.ForeignKey(
        SchemeApplication, verbose_name=_("申报"), on_delete=models.PROTECT, db_index=False
    )
    criterion = models.ForeignKey(SchemeCriterion, verbose_name=_("条件"), on_delete=models.PROTECT)
    met = models.BooleanField(_("达到"), null=True)
    said = models.CharField(_("依据"), max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = _("评选核对结果")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="schemes_schemeevidence_once", fields=["application", "criterion"])
        ]

    def __str__(self) -> str:
        return f"{self.application}：{self.said}"


class SchemeReview(models.Model):
    """审核意见: what one person found about one application in one round, at one level."""

    application = models.ForeignKey(
        SchemeApplication, verbose_name=_("申报"), on_delete=models.PROTECT, db_index=False
    )
    turn = models.PositiveSmallIntegerField(_("第几次提交"))
    level = models.CharField(_("环节"), max_length=8, choices=ReviewLevel)
    login = models.CharField(_("审核人"), max_length=60)
    verdict = models.CharField(_("意见"), max_length=8, choices=Verdict)
    words = models.CharField(_("说明"), max_length=500)
    points = models.PositiveIntegerField(_("分数"), null=True, blank=True)
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("评选审核意见")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="schemes_schemereview_once", fields=["application", "turn", "level", "login"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}：{self.get_verdict_display()}"


class Publicity(models.Model):
    """公示: a frozen list, shown for so many working days, against which anybody may object."""

    code = models.CharField(_("公示编号"), max_length=32, unique=True)
    scheme = models.ForeignKey(AwardScheme, verbose_name=_("方案"), on_delete=models.PROTECT)
    area = in_area(_("组织区划"))
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
        return f"{self.awards}：{self.holder}{self.person}"


def subject_of(application: SchemeApplication) -> Any:
    """The school, kindergarten or pupil that an application is about; for a class teacher the login name."""
    return application.kindergarten or application.teacher or application.pupil or application.school
