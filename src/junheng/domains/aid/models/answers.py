"""What families say: a letter with a code that they answer, a waiver that they sign, an application of their own."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.aid.terms import Band, RequestStage, Scheme
from junheng.domains.areas.models import in_area
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.sealing import SealedCharField, SubjectKeyField


class Waiver(models.Model):
    """One signed waiver of one family for one scheme and term. Taken back before payment, the row is taken out."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    scheme = models.CharField(_("资助项目"), max_length=16, choices=Scheme)
    term = models.CharField(_("学期"), max_length=5)
    signed_on = models.DateField(_("签字日"))
    seal = SubjectKeyField(_("数据密钥"))
    signed_by = SealedCharField(_("签字人"), max_length=40, blank=True, default="")
    reason = SealedCharField(_("放弃原因"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("自愿放弃资助")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="aid_waiver_once",
                fields=["pupil", "scheme", "term"],
                violation_error_message=_("这名学生该学期该项目已有放弃声明。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pupil}：{self.get_scheme_display()}（{self.term}）"


class AidLetter(models.Model):
    """One letter to one family for one term. Its code follows from the row and a key of this house; it is kept nowhere."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    term = models.CharField(_("学期"), max_length=5)
    turn = models.PositiveSmallIntegerField(_("第几封"), default=1)
    made_on = models.DateField(_("发出日"))
    confirmed_on = models.DateField(_("家庭确认日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("资助告知书")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="aid_letter_once", fields=["pupil", "term"])]

    def __str__(self) -> str:
        return f"{self.term}-{self.pk}"


class AidRequest(models.Model):
    """One application of a family that stands on no list, with its promise that what it says is true."""

    receipt = models.CharField(_("回执号"), max_length=12, unique=True)
    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT)
    area = in_area(_("学校所在区划"))
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    school_class = models.ForeignKey(SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField(_("学年（秋季所在年）"))
    stage = models.CharField(_("进度"), max_length=10, choices=RequestStage, default=RequestStage.SCHOOL)
    seal = SubjectKeyField(_("数据密钥"))
    words = SealedCharField(_("困难情况"), max_length=520)
    promised_by = SealedCharField(_("承诺人"), max_length=40)
    asked_on = models.DateField(_("申请日"))
    band = models.CharField(_("档次"), max_length=8, choices=Band, blank=True, default="")
    shown_on = models.DateField(_("公示开始"), null=True, blank=True)
    shown_until = models.DateField(_("公示截止"), null=True, blank=True)
    objection = SealedCharField(_("异议"), max_length=500, blank=True, default="")
    answer = SealedCharField(_("异议答复"), max_length=500, blank=True, default="")
    answered_on = models.DateField(_("答复日"), null=True, blank=True)
    ended_on = models.DateField(_("办结日"), null=True, blank=True)
    ended_words = SealedCharField(_("告知家庭的结果"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = _("资助申请")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="aid_request_one_open",
                fields=["pupil", "year"],
                condition=~Q(stage="refused"),
                violation_error_message=_("这名学生本学年已有一份申请。"),
            )
        ]

    def __str__(self) -> str:
        return self.receipt
