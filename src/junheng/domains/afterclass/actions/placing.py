"""A place in a course, and a course that another school takes over."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.afterclass.models import Course, Enrolment, Need
from junheng.domains.afterclass.queries.places import taken
from junheng.domains.areas.policies import check_may
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def place(need: Need, course: Course, *, on: date, by: Any, at: datetime, why: str) -> Enrolment:
    """Give the pupil of a need a place in a course of the school; a full course takes nobody."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    need = Need.objects.select_related("pupil").get(pk=need.pk)
    if not need.wanted:
        raise Refusal("no-need", "家长答复没有需求，不能安排。需求变了的，请先登记新的答复。没有改动。")
    if (need.pupil.school_id, need.term) != (course.school_id, course.term):
        raise Refusal("course-elsewhere", "这门课不是该生所在学校这个学期开设的，请另选。没有改动。")
    if course.until is not None and course.until <= on:
        raise Refusal("course-over", "这门课已于 {day} 结课，请另选。没有改动。", day=course.until)
    if Enrolment.objects.filter(pupil=need.pupil_id, term=need.term, course=course.name).exists():
        raise Conflict(
            "enrolled-already", "这名学生本学期已报名过《{course}》。没有改动。", course=course.name
        )
    if taken([course.pk], on=on).get(course.pk, 0) >= course.places:
        raise Conflict(
            "course-full",
            "《{course}》的 {places} 个名额已满。请另选课程，或先调整名额；暂时不能安排的，请说明原因。没有改动。",
            course=course.name,
            places=course.places,
        )
    made = enrolment(need, course, on=on)
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("安排课程"), made, by=by, at=at)
    return made


def enrolment(need: Need, course: Course, *, on: date) -> Enrolment:
    """A place as it will be kept, from the day on which it begins."""
    return Enrolment(
        pupil_id=need.pupil_id, area_id=need.area_id, stage=need.stage, term=need.term, course=course.name,
        offer=course, since=max(on, course.since), until=course.until,
    )  # fmt: skip


@transaction.atomic
def take_over(course: Course, school: School, *, code: str, by: Any, at: datetime, why: str) -> Course:
    """Offer a course of another school at one's own: its content and hours, with its origin; teachers and fee are one's own."""
    if course.school_id == school.pk:
        raise Refusal("own-course", "这是本校自己的课程，不用采用。没有改动。")
    if Course.objects.filter(school=school, term=course.term, taken_from=course).exists():
        raise Conflict("taken-already", "本校这个学期已经采用了这门课程。没有改动。")
    made = Course(
        code=code, school=school, area_id=school.area_id, term=course.term, name=course.name, content=course.content,
        weekdays=course.weekdays, begins=course.begins, ends=course.ends, places=course.places, taken_from=course,
        since=course.since, until=course.until,
    )  # fmt: skip
    try:
        made.full_clean()
    except ValidationError as wrong:
        raise Refusal("course-not-taken", "没有采用：{reason}", reason=" ".join(wrong.messages)) from None
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("采用课程"), made, by=by, at=at)
    return made
