"""What is unusual about counselling: counted by school, never by child."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from junheng.domains.care.models import Session
from junheng.domains.pupils.models import Pupil
from junheng.platform.quality import Rows, Severity, Sides, measure, reconcile, soft_rule
from junheng.platform.quality.counting import count_of

FEW = 60
"""Below that no roll of a school is asked: a class and its teachers fit into a room."""


@soft_rule(
    "session-over-roll",
    "sessions",
    title=_("一场团体辅导的人次多于全校学生"),
    why=_("一场辅导的人次不会多于全校学生，多为多写一位。"),
    sentence=_("{held_on} 的团体辅导登记 {attendance} 人次，当日在籍学生 {pupils} 人。"),
    severity=Severity.MEDIUM,
    facts=("held_on", "attendance", "pupils"),
    fields=("attendance",),
    acts=_("心理教师核对人次"),
)
def over_roll(rows: Rows, on: date) -> Rows:
    """Against everybody on the roll on that day; of schools whose roll goes back so far."""
    roll = Pupil.objects.filter(school=OuterRef("school"), since__lte=OuterRef("held_on"))
    roll = roll.filter(Q(until=None) | Q(until__gt=OuterRef("held_on")))
    group = rows.filter(Exists(roll), kind="group", attendance__gt=FEW)
    return group.annotate(pupils=count_of(roll)).filter(attendance__gt=F("pupils"))


@reconcile(
    "committee-class",
    "committee",
    sides=Sides(_("聘任时的班级"), _("学籍所在班级")),
    title=_("心理委员的班级与学籍不一致"),
    why=_("班级覆盖率按聘任的班级计算；学生换班后须重新聘任。"),
    sentence=_("聘任在班级编号 {left}，学籍在班级编号 {right}；以学籍为准。"),
    severity=Severity.MEDIUM,
    fields=("school_class",),
    touches=("pupils.school_class",),
    acts=_("学校办理解聘和重新聘任"),
)
def committee_class(rows: Rows, on: date) -> Rows:
    """A member is of the class in which the pupil is."""
    differing = rows.exclude(school_class_id=F("pupil__school_class_id"))
    return differing.annotate(left=F("school_class_id"), right=F("pupil__school_class_id"))


@soft_rule(
    "committee-left",
    "committee",
    title=_("学生已离校，心理委员仍在任"),
    why=_("学生离开班级，聘任就终止；夜间自动办理，仍有的说明离校日是补填的。"),
    sentence=_("学生 {left_on} 离校，聘任没有终止。"),
    severity=Severity.MEDIUM,
    facts=("left_on",),
    fields=("until",),
    touches=("pupils.until",),
    acts=_("学校办理解聘"),
)
def committee_left(rows: Rows, on: date) -> Rows:
    """Members of whom the roll says that they are gone."""
    gone = rows.filter(until=None, pupil__until__lte=on)
    return gone.annotate(left_on=F("pupil__until"))


@measure(
    "school-sessions",
    "schools",
    title=_("团体心理辅导人次"),
    unit=_("人次"),
    why=_("与本校往年相比变化远大于其他学校，多为多写一位或重复登记。"),
    fields=("code",),
    touches=("sessions.attendance",),
    least=200,
    least_share=Fraction(2),
    acts=_("心理教师核对"),
)
def attendance_by_year(on: date) -> Iterator[tuple[int, str, int]]:
    """Attendance at group sessions by school and calendar year, whole years up to the day."""
    held = Session.objects.filter(kind="group", held_on__lte=on).order_by()
    rows = (
        held.annotate(year=ExtractYear("held_on")).values_list("school", "year").annotate(Sum("attendance"))
    )
    for school, year, attendance in rows:
        yield school, str(year), attendance
