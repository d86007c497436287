"""What a class voted about one of its pupils."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.pupils.models import Pupil
from junheng.domains.schemes.models.schemes import SchemeCategory
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.spans import holds


class ClassVote(models.Model):
    """班级投票: how many of those present in a class voted for one of its pupils, counted by two."""

    category = models.ForeignKey(SchemeCategory, verbose_name=_("类别"), on_delete=models.PROTECT)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT)
    school_class = models.ForeignKey(SchoolClass, verbose_name=_("班级"), on_delete=models.PROTECT)
    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT)
    area = in_area(_("所在区划"))
    held_on = models.DateField(_("投票日"))
    present = models.PositiveSmallIntegerField(_("到会人数"), help_text=_("同一个班同一次投票填同一个数。"))
    votes = models.PositiveSmallIntegerField(_("得票数"))
    counted_by = models.CharField(_("计票人"), max_length=40, help_text=_("教师姓名，不要写学生。"))
    checked_by = models.CharField(_("监票人"), max_length=40, help_text=_("另一名教师。"))

    class Meta:
        verbose_name = verbose_name_plural = _("班级投票")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="schemes_classvote_once",
                fields=["category", "pupil"],
                violation_error_message=_("这名学生在这个类别已有投票记录。"),
            ),
            models.CheckConstraint(
                name="schemes_classvote_of_those_present",
                condition=Q(votes__lte=F("present"), present__gt=0),
                violation_error_message=_("得票数不能超过到会人数，到会人数须大于 0。"),
            ),
            models.CheckConstraint(
                name="schemes_classvote_two_counted",
                condition=~Q(counted_by=F("checked_by")),
                violation_error_message=_("计票人和监票人须是两个人。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}：{self.school_class}"

    def clean(self) -> None:
        """The pupil is of the class and the class of the school; nobody was present who is not on its roll."""
        if not (self.pupil_id and self.school_class_id):
            return
        wrong: dict[str, Any] = {}
        if self.pupil.school_class_id != self.school_class_id:
            wrong["pupil"] = _("这名学生不在所填的班级。请核对。")
        if self.school_class.school_id != self.school_id:
            wrong["school_class"] = _("这个班不在所填的学校。请核对。")
        elif self.school_class.area_id != self.area_id:
            wrong["area"] = _("所在区划须与班级的区划一致。")
        if self.held_on and self.present:
            roll = Pupil.objects.filter(holds(self.held_on), school_class=self.school_class_id).count()
            if self.present > roll:
                wrong["present"] = _("到会人数超过这个班当天在籍的 %(roll)s 人。") % {"roll": roll}
            others = ClassVote.objects.filter(
                category=self.category_id, school_class=self.school_class_id, held_on=self.held_on
            ).exclude(pk=self.pk)
            if others.exclude(present=self.present).exists():
                wrong["present"] = _("这个班同一天的投票已按另一个到会人数登记。请核对。")
        if wrong:
            raise ValidationError(wrong)
