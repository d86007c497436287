"""After-class service: what families want, and who takes what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.terms import Stage
from junheng.platform.spans import ends_after_start


class Need(models.Model):
    """One family's answer for one term; no row means not asked."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    term = models.CharField(_("学期"), max_length=5)
    wanted = models.BooleanField(_("有需求"))
    answered_on = models.DateField(_("答复日"))

    class Meta:
        verbose_name = verbose_name_plural = _("课后服务需求")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="afterclass_need_once_a_term",
                fields=["pupil", "term"],
                violation_error_message=_("这名学生本学期已有答复。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pupil}（{self.term}）"


class Enrolment(models.Model):
    """One pupil in one course of one term; a pupil may be in several."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    term = models.CharField(_("学期"), max_length=5)
    course = models.CharField(_("课程"), max_length=40)
    since = models.DateField(_("开始日"))
    until = models.DateField(_("结束日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("课后服务报名")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="afterclass_enrolment_course_once",
                fields=["pupil", "term", "course"],
                violation_error_message=_("这名学生本学期已报名这门课程。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}：{self.course}"
