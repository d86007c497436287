"""What schools and classes did, on which day, with how many."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from junheng.domains.activities.terms import ActivityKind
from junheng.domains.areas.models import in_area
from junheng.domains.schools.models import School, SchoolClass


class Activity(models.Model):
    """学校活动: one thing that a school, or one of its classes, did on one day. No pupil is named in it."""

    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    school_class = models.ForeignKey(
        SchoolClass,
        verbose_name=_("班级"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text=_("只有一个班参加的填写；全校的留空。"),
    )
    area = in_area(_("所在区划"))
    held_on = models.DateField(_("活动日"))
    kind = models.CharField(_("类别"), max_length=8, choices=ActivityKind)
    title = models.CharField(_("活动名称"), max_length=60, help_text=_("不要写学生姓名。"))
    people = models.PositiveIntegerField(_("参加人数"))

    class Meta:
        verbose_name = verbose_name_plural = _("学校活动")
        ordering = ["id"]
        indexes = [models.Index(fields=["school", "kind", "held_on"], name="activities_of_a_school")]
        constraints = [
            models.UniqueConstraint(
                name="activities_activity_once",
                fields=["school", "school_class", "held_on", "title"],
                nulls_distinct=False,
                violation_error_message=_("这一天的这项活动已经登记。"),
            ),
            models.CheckConstraint(
                name="activities_activity_somebody_came",
                condition=Q(people__gt=0),
                violation_error_message=_("参加人数须大于 0。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """It lies where its school lies, and its class is of its school."""
        wrong: dict[str, Any] = {}
        if self.school_id and self.area_id != self.school.area_id:
            wrong["area"] = _("所在区划须与学校的区划一致。")
        if self.school_class is not None and self.school_class.school_id != self.school_id:
            wrong["school_class"] = _("这个班不在所填的学校。请核对。")
        if wrong:
            raise ValidationError(wrong)
