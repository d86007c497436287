"""Who was admitted where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.admissions.terms import EntrantKind, LawfulException
from junheng.domains.areas.models import Area, in_area
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import Stage


class Entrant(models.Model):
    """One child admitted to grade 1 or 7, or moved in: who, where from, why there."""

    code = models.CharField(_("报名号"), max_length=20, unique=True)
    name = models.CharField(_("姓名"), max_length=40)
    school = models.ForeignKey(School, verbose_name=_("录取学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    home_area = models.ForeignKey(
        Area, verbose_name=_("户籍区划"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    grade = models.PositiveSmallIntegerField(_("年级"))
    term = models.CharField(
        _("学期"), max_length=5, help_text=_("2023A 为 2023 年秋季学期，2023S 为春季学期。")
    )
    kind = models.CharField(_("类别"), max_length=8, choices=EntrantKind)
    migrant = models.BooleanField(_("随迁子女（材料齐备）"), default=False)
    admitted_on = models.DateField(_("录取日"))
    arrived = models.BooleanField(_("已报到"), default=False)
    exception = models.CharField(  # noqa: DJ001 -- the contract tells "no exception" by null
        _("跨县域合法情形"), max_length=16, choices=LawfulException, null=True, blank=True
    )
    corrected_on = models.DateField(_("违规纠正日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("新生录取")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.code
