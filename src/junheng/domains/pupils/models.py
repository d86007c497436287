"""Households, pupils and kindergarten children: the personal data of the house."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import Area, in_area
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.pupils.terms import How, KindergartenGrade, Purpose, Relation, Sex
from junheng.domains.schools.models import School, SchoolClass
from junheng.domains.schools.terms import Stage
from junheng.kernel.values.identity import birthday_and_sex
from junheng.platform.sealing import BlindIndexField, SealedCharField, SubjectKeyField, ToldField
from junheng.platform.spans import ends_after_start


class Household(models.Model):
    """One family with at least one pupil or child; siblings share it."""

    code = models.CharField(_("家庭编号"), max_length=20, unique=True)
    guardian = SealedCharField(_("监护人"), max_length=40, blank=True)
    area = in_area(_("户籍区划"))
    address = SealedCharField(_("住址"), max_length=120, blank=True)
    phone = SealedCharField(_("联系电话"), max_length=20, blank=True)
    seal = SubjectKeyField(_("数据密钥"))

    class Meta:
        verbose_name = verbose_name_plural = _("学生家庭")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code


class Pupil(models.Model):
    """One pupil on the roll of one school and class from one day to another; a transfer makes another row."""

    code = SealedCharField(_("学籍号"), max_length=19)
    code_blind = BlindIndexField(_("学籍号（查找用）"), of="code", null=True, db_index=False)
    code_tells = ToldField(_("学籍号所示生日和性别"), of="code", tells=birthday_and_sex, max_length=9)
    name = models.CharField(_("姓名"), max_length=40, db_index=True)
    id_number = SealedCharField(_("身份证件号"), max_length=18, blank=True)
    id_number_blind = BlindIndexField(_("身份证件号（查找用）"), of="id_number")
    seal = SubjectKeyField(_("数据密钥"))
    sex = models.PositiveSmallIntegerField(_("性别"), choices=Sex)
    born_on = models.DateField(_("出生日期"))
    household = models.ForeignKey(Household, verbose_name=_("家庭"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    school_class = models.ForeignKey(SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    home_area = models.ForeignKey(
        Area, verbose_name=_("户籍区划"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    grade = models.PositiveSmallIntegerField(_("年级（1–12）"))
    boarder = models.BooleanField(_("寄宿"), default=False)
    since = models.DateField(_("入学日"))
    until = models.DateField(_("离校日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("学生")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.CheckConstraint(name="pupils_pupil_grade", condition=Q(grade__range=(1, 12))),
            models.UniqueConstraint(
                name="pupils_pupil_code_since",
                fields=["code_blind", "since"],
                violation_error_message=_("这个学籍号在同一天已有一条在校记录。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Child(models.Model):
    """One child in one kindergarten from one day to another."""

    name = models.CharField(_("姓名"), max_length=40, db_index=True)
    id_number = SealedCharField(_("身份证件号"), max_length=18, blank=True)
    id_number_blind = BlindIndexField(_("身份证件号（查找用）"), of="id_number")
    seal = SubjectKeyField(_("数据密钥"))
    sex = models.PositiveSmallIntegerField(_("性别"), choices=Sex)
    born_on = models.DateField(_("出生日期"))
    household = models.ForeignKey(Household, verbose_name=_("家庭"), on_delete=models.PROTECT)
    kindergarten = models.ForeignKey(Kindergarten, verbose_name=_("幼儿园"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    grade = models.CharField(_("班级类型"), max_length=8, choices=KindergartenGrade)
    since = models.DateField(_("入园日"))
    until = models.DateField(_("离园日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("在园幼儿")
        ordering = ["id"]
        constraints = [ends_after_start()]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """One answer of one guardian for one child and one purpose. No answer is no consent."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, null=True, blank=True)
    child = models.ForeignKey(
        Child, verbose_name=_("在园幼儿"), on_delete=models.PROTECT, null=True, blank=True
    )
    school = models.ForeignKey(
        School, verbose_name=_("学校"), on_delete=models.PROTECT, null=True, blank=True
    )
    school_class = models.ForeignKey(
        SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT, null=True, blank=True
    )
    area = in_area(_("所在区划"))
    purpose = models.CharField(_("用途"), max_length=12, choices=Purpose)
    agreed = models.BooleanField(_("同意"))
    given_by = SealedCharField(_("答复人"), max_length=40)
    relation = models.CharField(_("与学生的关系"), max_length=10, choices=Relation)
    how = models.CharField(_("方式"), max_length=8, choices=How)
    since = models.DateField(_("答复日"))
    until = models.DateField(_("失效日"), null=True, blank=True)
    withdrawn_on = models.DateField(_("撤回日"), null=True, blank=True)
    seal = SubjectKeyField(_("数据密钥"))

    class Meta:
        verbose_name = verbose_name_plural = _("监护人同意")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="pupils_consent_about_one",
                condition=Q(pupil__isnull=True, child__isnull=False)
                | Q(pupil__isnull=False, child__isnull=True),
            ),
            models.CheckConstraint(
                name="pupils_consent_ends_not_before",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil or self.child}：{self.get_purpose_display()}"
