"""Who was admitted where, and the cases about children of one county in a school of another."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.admissions.terms import Came, CrossingAnswer, CrossingState, EntrantKind, LawfulException
from junheng.domains.areas.models import Area, in_area
from junheng.domains.pupils.models import Pupil
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


class Crossing(models.Model):
    """跨县域招生核查: a child registered in one county and in a school of another, without a lawful reason on record.

    It is about an admission, or about a pupil who came after the term began. The county says why or corrects it, the
    city closes the case; what closes it is written to the admission as well.
    """

    code = models.CharField(_("核查编号"), max_length=20, unique=True)
    entrant = models.OneToOneField(
        Entrant, verbose_name=_("新生录取"), on_delete=models.PROTECT, null=True, blank=True
    )
    pupil = models.OneToOneField(
        Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school = models.ForeignKey(School, verbose_name=_("就读学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    home_area = models.ForeignKey(
        Area, verbose_name=_("户籍区划"), on_delete=models.PROTECT, related_name="+", db_index=False
    )
    came = models.CharField(_("发现于"), max_length=10, choices=Came)
    found_on = models.DateField(_("发现日"))
    due_on = models.DateField(_("办理期限"))
    state = models.CharField(_("进度"), max_length=10, choices=CrossingState, default=CrossingState.OPEN)
    answer = models.CharField(_("说明"), max_length=10, choices=CrossingAnswer, blank=True)
    exception = models.CharField(_("合法情形"), max_length=16, choices=LawfulException, blank=True)
    evidence = models.CharField(_("依据材料"), max_length=120, blank=True)
    corrected_on = models.DateField(_("纠正日"), null=True, blank=True)
    answered_by = models.CharField(_("说明人"), max_length=60, blank=True)
    answered_on = models.DateField(_("说明日"), null=True, blank=True)
    returned = models.CharField(_("退回原因"), max_length=200, blank=True)
    closed_by = models.CharField(_("办结人"), max_length=60, blank=True)
    closed_on = models.DateField(_("办结日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("跨县域招生核查")
        ordering = ["id"]
        indexes = [models.Index(fields=["area", "state"], name="admissions_crossing_open")]
        constraints = [
            models.CheckConstraint(
                name="admissions_crossing_about_one",
                condition=Q(entrant__isnull=True, pupil__isnull=False)
                | Q(entrant__isnull=False, pupil__isnull=True),
            ),
            models.CheckConstraint(
                name="admissions_crossing_answered_with_grounds",
                condition=Q(answer="", state=CrossingState.OPEN)
                | Q(answer=CrossingAnswer.LAWFUL) & ~Q(exception="") & ~Q(evidence="")
                | Q(answer=CrossingAnswer.CORRECTED, corrected_on__isnull=False),
            ),
            models.CheckConstraint(
                name="admissions_crossing_closed_by_another",
                condition=~Q(state=CrossingState.CLOSED)
                | ~Q(closed_by="") & ~Q(closed_by=models.F("answered_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.code
