"""Schools and their classes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.areas.terms import Location
from junheng.domains.schools.terms import SchoolKind, SchoolNature, Stage
from junheng.platform.spans import ends_after_start


class School(models.Model):
    """One school; its code stays when it is renamed and is never given to another."""

    code = models.CharField(_("学校标识码"), max_length=10, unique=True)
    name = models.CharField(_("校名"), max_length=60, db_index=True)
    area = in_area(_("所在区划"))
    kind = models.CharField(_("办学类型"), max_length=12, choices=SchoolKind)
    nature = models.CharField(_("办学性质"), max_length=8, choices=SchoolNature)
    location = models.CharField(_("城乡分类"), max_length=8, choices=Location)
    boarding = models.BooleanField(_("寄宿制"), default=False)
    principal = models.CharField(_("校长"), max_length=40, blank=True)
    phone = models.CharField(_("联系电话"), max_length=20, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    since = models.DateField(_("设立日"))
    until = models.DateField(_("撤销日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("学校")
        ordering = ["id"]
        constraints = [ends_after_start()]

    def __str__(self) -> str:
        return self.name


class SchoolClass(models.Model):
    """One teaching class of one school while it exists."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("所在区划"))
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    grade = models.PositiveSmallIntegerField(_("年级（1–12）"))
    number = models.PositiveSmallIntegerField(_("班号"))
    since = models.DateField(_("开班日"))
    until = models.DateField(_("结班日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("班级")
        ordering = ["id"]
        indexes = [models.Index(fields=["school", "grade", "number"], name="schools_class_of_school")]
        constraints = [
            ends_after_start(),
            models.CheckConstraint(name="schools_class_grade", condition=Q(grade__range=(1, 12))),
            models.UniqueConstraint(
                name="schools_class_number_once",
                fields=["school", "grade", "number"],
                condition=Q(until__isnull=True),
                violation_error_message=_("这所学校的这个年级已有同一班号的班级。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}{self.grade}年级{self.number}班"
