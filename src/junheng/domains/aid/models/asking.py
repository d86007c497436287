"""What is asked of a school about one pupil, and why somebody is aided or not against the lists."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.aid.terms import Answered, Question, Scheme, Side
from junheng.domains.areas.models import in_area
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School


class SchoolCheck(models.Model):
    """One question about one pupil, answered by the school with yes or no. Why it is asked, the school is not told."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    question = models.CharField(_("问题"), max_length=8, choices=Question)
    asked_on = models.DateField(_("提问日"))
    answer = models.CharField(_("答复"), max_length=3, choices=Answered, blank=True, default="")
    answered_on = models.DateField(_("答复日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("学校核实")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.pupil}：{self.get_question_display()}"


class AidReason(models.Model):
    """Why an entitled pupil was not aided, or an aided one not entitled: in words, by an aid officer."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    scheme = models.CharField(_("资助项目"), max_length=16, choices=Scheme)
    term = models.CharField(_("学期"), max_length=5)
    side = models.CharField(_("情形"), max_length=6, choices=Side)
    words = models.CharField(_("原因"), max_length=200)
    given_on = models.DateField(_("说明日"))
    given_by = models.CharField(_("说明人"), max_length=150)

    class Meta:
        verbose_name = verbose_name_plural = _("资助差异说明")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="aid_reason_once", fields=["pupil", "scheme", "term", "side"])
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.get_side_display()} {self.pk}"
