"""Committee members for mental health, and counselling sessions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.care.terms import SessionKind
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.spans import ends_after_start


class CommitteeMember(models.Model):
    """One pupil appointed as the class's committee member for mental health."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT)
    school_class = models.ForeignKey(SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    trained_on = models.DateField(_("培训日"), null=True, blank=True)
    consent = models.BooleanField(_("监护人同意"), default=False)
    own_yes = models.BooleanField(_("本人自愿"), null=True, blank=True)
    since = models.DateField(_("聘任日"))
    until = models.DateField(_("解聘日"), null=True, blank=True)
    renewed_on = models.DateField(_("续聘日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("心理委员")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="care_committeemember_one_open",
                fields=["pupil"],
                condition=Q(until__isnull=True),
                violation_error_message=_("这名学生已是心理委员。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_class}：{self.pupil}"


class Session(models.Model):
    """One counselling session."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    kind = models.CharField(_("形式"), max_length=10, choices=SessionKind)
    topic = models.CharField(_("主题"), max_length=80, blank=True)
    held_on = models.DateField(_("举办日"))
    attendance = models.PositiveIntegerField(_("参与人次"))

    class Meta:
        verbose_name = verbose_name_plural = _("心理辅导")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="care_session_individual_says_nothing",
                condition=~Q(kind=SessionKind.INDIVIDUAL) | Q(topic="", attendance=1),
                violation_error_message=_("个别辅导只记一次，不写主题。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}：{self.get_kind_display()}（{self.held_on}）"
