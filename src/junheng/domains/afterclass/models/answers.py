"""What families want, which courses they choose, and who takes what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from junheng.domains.afterclass.models.courses import Course
from junheng.domains.afterclass.terms import Gap
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
    gap = models.CharField(  # noqa: DJ001 — null, so that the rows of years need no word
        _("未安排原因"), max_length=8, choices=Gap, null=True, blank=True
    )
    gap_on = models.DateField(_("原因登记日"), null=True, blank=True)

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


class CourseChoice(models.Model):
    """The courses that a family chose, the dearest first. There is none where a family only said yes or no."""

    need = models.OneToOneField(Need, verbose_name=_("课后服务需求"), on_delete=models.PROTECT)
    first = models.ForeignKey(
        Course,
        verbose_name=_("第一志愿"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    second = models.ForeignKey(
        Course,
        verbose_name=_("第二志愿"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    third = models.ForeignKey(
        Course,
        verbose_name=_("第三志愿"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
    )
    place = models.PositiveIntegerField(_("抽签序号"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("选课志愿")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.need}"

    def chosen(self) -> list[int]:
        """The courses in their order."""
        return [one for one in (self.first_id, self.second_id, self.third_id) if one is not None]


class Enrolment(models.Model):
    """One pupil in one course of one term; a pupil may be in several.

    ``course`` is what it is called; ``offer`` the course of the school where it was taken from its list.
    """

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    stage = models.CharField(_("学段"), max_length=8, choices=Stage)
    term = models.CharField(_("学期"), max_length=5)
    course = models.CharField(_("课程"), max_length=40)
    offer = models.ForeignKey(
        Course, verbose_name=_("开设的课程"), on_delete=models.PROTECT, null=True, blank=True
    )
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
