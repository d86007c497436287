"""Dormitories of schools, and which pupil has which bed from when to when."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import in_area
from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.terms import Sex
from junheng.domains.schools.models import School
from junheng.platform.spans import ends_after_start


class Dormitory(models.Model):
    """One room of a school in which pupils of one sex sleep, with so many beds."""

    code = models.CharField(_("宿舍编号"), max_length=30, unique=True)
    name = models.CharField(_("宿舍"), max_length=40)
    school = models.ForeignKey(School, verbose_name=_("学校"), on_delete=models.PROTECT, db_index=False)
    area = in_area(_("学校所在区划"))
    sex = models.PositiveSmallIntegerField(_("男生或女生宿舍"), choices=Sex)
    beds = models.PositiveSmallIntegerField(_("床位数"))
    since = models.DateField(_("启用日"))
    until = models.DateField(_("停用日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("学生宿舍")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="funds_dormitory_name_once",
                fields=["school", "name"],
                violation_error_message=_("这所学校已有同名的宿舍。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BedAssignment(models.Model):
    """One bed of one dormitory, given to one pupil from one day to another."""

    pupil = models.ForeignKey(Pupil, verbose_name=_("学生"), on_delete=models.PROTECT)
    dormitory = models.ForeignKey(Dormitory, verbose_name=_("宿舍"), on_delete=models.PROTECT, db_index=False)
    bed = models.PositiveSmallIntegerField(_("床号"))
    area = in_area(_("学校所在区划"))
    since = models.DateField(_("入住日"))
    until = models.DateField(_("退宿日"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("床位安排")
        ordering = ["id"]
        constraints = [
            ends_after_start(),
            models.UniqueConstraint(
                name="funds_bedassignment_bed_once",
                fields=["dormitory", "bed", "since"],
                violation_error_message=_("这张床同一天已安排给一名学生。"),
            ),
            models.UniqueConstraint(
                name="funds_bedassignment_bed_open",
                fields=["dormitory", "bed"],
                condition=Q(until__isnull=True),
                violation_error_message=_("这张床已安排给别的学生。请先为原来的安排填写退宿日。"),
            ),
            models.UniqueConstraint(
                name="funds_bedassignment_pupil_open",
                fields=["pupil"],
                condition=Q(until__isnull=True),
                violation_error_message=_("这名学生已有床位。请先为原来的床位填写退宿日。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dormitory} {self.bed} 号床"

    def clean(self) -> None:
        """A bed that is there, for a boarder of that school and that sex, and for nobody else at the time."""
        if self.pupil_id is None or self.dormitory_id is None or self.bed is None or self.since is None:
            return
        refusals: dict[str, str] = {}
        self.check_room(refusals)
        self.check_pupil(refusals)
        for field, mine, words in (
            ("bed", Q(dormitory=self.dormitory_id, bed=self.bed), _("这张床在这段时间已安排给别的学生。请核对床号和日期。")),
            ("pupil", Q(pupil=self.pupil_id), _("这名学生在这段时间已有另一张床。一人一床，请先办理退宿。")),
        ):  # fmt: skip
            if field not in refusals and self.at_the_same_time().filter(mine).exists():
                refusals[field] = str(words)
        if refusals:
            raise ValidationError(refusals)

    def check_room(self, refusals: dict[str, str]) -> None:
        """The dormitory has the bed, and is in use."""
        room = self.dormitory
        if not 1 <= self.bed <= room.beds:
            words = gettext("%(room)s只有 %(beds)s 张床，没有 %(bed)s 号床。")
            refusals["bed"] = words % {"room": room.name, "beds": room.beds, "bed": self.bed}
        if self.since < room.since or (room.until is not None and (self.until or room.until) > room.until):
            refusals["since"] = gettext("入住时间超出了这间宿舍启用的时间。请核对日期。")

    def check_pupil(self, refusals: dict[str, str]) -> None:
        """The pupil boards at the school of the dormitory and may sleep there."""
        pupil, room = self.pupil, self.dormitory
        if pupil.school_id != room.school_id:
            refusals["pupil"] = gettext("这名学生的学籍不在这间宿舍所属的学校。请核对学籍号。")
        elif self.since < pupil.since or (pupil.until is not None and self.since >= pupil.until):
            refusals["pupil"] = gettext("入住日这名学生不在这所学校。请核对日期。")
        elif not pupil.boarder:
            refusals["pupil"] = gettext("这名学生的学籍没有登记寄宿。请先在学籍中登记寄宿，再安排床位。")
        elif pupil.sex != room.sex:
            words = gettext("%(room)s是%(sex)s生宿舍，不能安排这名学生。请换一间。")
            refusals["pupil"] = words % {"room": room.name, "sex": room.get_sex_display()}

    def at_the_same_time(self) -> "models.QuerySet[Any]":
        """Other rows that hold on some day on which this one does."""
        others = BedAssignment.objects.filter(Q(until=None) | Q(until__gt=self.since)).exclude(pk=self.pk)
        return others if self.until is None else others.filter(since__lt=self.until)
