"""An application with its evidence and reviews, and the code with which a kindergarten fills in its own."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.groups.models import GroupMember, SchoolGroup
from junheng.domains.groups.terms import GroupRole
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.models.schemes import AwardScheme, SchemeCategory, SchemeCriterion
from junheng.domains.schemes.terms import (
    ReviewLevel,
    Stage,
    Subject,
    Verdict,
)
from junheng.domains.schools.models import School, SchoolClass


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
        _("班主任账号"), max_length=60, blank=True, help_text=_("申报班主任、教师的，填写其登录账号。")
    )
    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, null=True, blank=True)
    school_class = models.ForeignKey(
        SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT, null=True, blank=True
    )
    group = models.ForeignKey(
        SchoolGroup,
        verbose_name=_("教育集团"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text=_("申报集团的，学校填牵头学校。"),
    )
    named = models.CharField(
        _("集体或教师名称"),
        max_length=60,
        blank=True,
        help_text=_("宿舍、社团的名称，或没有账号的教师姓名；不要写学生姓名。"),
    )
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
                | Q(
                    school__isnull=True,
                    teacher="",
                    pupil__isnull=True,
                    school_class__isnull=True,
                    group__isnull=True,
                    named="",
                ),
                violation_error_message=_(
                    "一份申报只能是一所学校（及其班级、教师或学生）、一所幼儿园、一个集团或一个县（市、区）。"
                ),
            ),
            models.CheckConstraint(
                name="schemes_schemeapplication_one_subject",
                condition=Q(teacher="", pupil__isnull=True, school_class__isnull=True, group__isnull=True)
                | Q(named="", pupil__isnull=True, school_class__isnull=True, group__isnull=True)
                | Q(named="", teacher="", school_class__isnull=True, group__isnull=True)
                | Q(named="", teacher="", pupil__isnull=True, group__isnull=True)
                | Q(named="", teacher="", pupil__isnull=True, school_class__isnull=True),
                violation_error_message=_("班主任或教师、学生、班级、集团、集体名称，一份申报只填其中一栏。"),
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

    def given(self) -> Subject:
        """What kind of subject the filled columns make, where the scheme leaves it open by what it asks for."""
        wanted = Subject(self.category.scheme.subject)
        if self.kindergarten_id:
            return Subject.KINDERGARTEN
        if self.group_id:
            return Subject.GROUP
        if self.pupil_id:
            return Subject.PUPIL
        if self.school_class_id:
            return Subject.CLASS
        if self.teacher:
            return Subject.STAFF if wanted == Subject.STAFF else Subject.TEACHER
        if self.named:
            return Subject.STAFF if wanted == Subject.STAFF else Subject.COLLECTIVE
        return Subject.SCHOOL if self.school_id else Subject.COUNTY

    def clean(self) -> None:
        """The subject is of the kind that the scheme is about, and lies in the area of the application."""
        if not self.category_id:
            return
        wanted = self.category.scheme.subject
        if self.given() != wanted:
            raise ValidationError(
                _("这个方案的申报对象是“%(wanted)s”，请只填写相应的一栏（除县、集团牵头以外，还要填学校）。")
                % {"wanted": Subject(wanted).label}
            )
        place = self.kindergarten or self.school
        if place is not None and place.area_id != self.area_id:
            raise ValidationError(
                {"area": _("所在区划须与申报单位的区划一致：%(area)s。") % {"area": place.area}}
            )
        if wanted == Subject.COUNTY and len(self.area_id) != 6:
            raise ValidationError({"area": _("申报对象是县（市、区），所在区划须填县（市、区）。")})
        for name, words in (
            ("pupil", _("这名学生不在所填的学校。请核对。")),
            ("school_class", _("这个班不在所填的学校。请核对。")),
        ):
            row = getattr(self, name)
            if row is not None and row.school_id != self.school_id:
                raise ValidationError({name: words})
        if self.group is not None and not leads(self.school, self.group):
            raise ValidationError({"group": _("所填的学校不是这个集团现在的牵头学校。请核对。")})


def leads(school: School | None, group: SchoolGroup) -> bool:
    """Whether a school leads a group now: a group applies by the hand of the school that leads it."""
    return GroupMember.objects.filter(group=group, school=school, role=GroupRole.LEAD, until=None).exists()


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
    present = models.PositiveSmallIntegerField(_("到会人数"), null=True, blank=True)
    agreed = models.PositiveSmallIntegerField(_("赞成人数"), null=True, blank=True)
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("评选审核意见")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="schemes_schemereview_once", fields=["application", "turn", "level", "login"]
            ),
            models.CheckConstraint(
                name="schemes_schemereview_votes",
                condition=Q(present__isnull=True, agreed__isnull=True) | Q(agreed__lte=F("present")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}：{self.get_verdict_display()}"
