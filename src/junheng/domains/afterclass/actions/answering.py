"""What a family needs: written by the family itself until the closing day, or by the school in its words."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.afterclass.models import ChoosingPeriod, Course, CourseChoice, Enrolment, Need
from junheng.domains.afterclass.terms import MOST_CHOICES, Gap
from junheng.domains.areas.policies import check_may
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come, held_from

FAMILY, CHOSEN = "家庭", "家长在手机上填报"


@transaction.atomic
def answer(pupil: Pupil, *, term: str, wanted: bool, on: date, by: Any, at: datetime, why: str) -> Need:
    """Write down what a family said of a term. The last word counts."""
    check_has_come(on, at=at)
    need = need_of(pupil, term, wanted=wanted, on=on)
    save_row(need, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记课后服务需求"), need, by=by, at=at)
    return need


@transaction.atomic
def choose(
    pupil: Pupil, period: ChoosingPeriod, *, wanted: bool, courses: Sequence[Course], on: date, at: datetime
) -> Need:
    """What a family says on its phone: whether it needs the service, and which courses, the dearest first."""
    period = ChoosingPeriod.objects.select_for_update().get(pk=period.pk)
    check_open(period, on=on)
    if len({one.pk for one in courses}) != len(courses) or len(courses) > MOST_CHOICES:
        raise Refusal("choice-twice", "同一门课程只能选一次，最多选 {most} 门。没有保存。", most=MOST_CHOICES)
    if any((one.school_id, one.term) != (period.school_id, period.term) for one in courses):
        raise Refusal("choice-elsewhere", "有课程不是本校本学期开设的，请重新选择。没有保存。")
    need = need_of(pupil, period.term, wanted=wanted, on=on)
    save_row(need, by=FAMILY, at=at, why=CHOSEN, verb=Verb.DEED.value)
    chosen = CourseChoice.objects.filter(need=need).first() or CourseChoice(need=need)
    three = [*(courses if wanted else ()), None, None, None][:MOST_CHOICES]
    chosen.first, chosen.second, chosen.third = three
    if chosen.pk or chosen.first:
        save_row(chosen, by=FAMILY, at=at, why=CHOSEN, verb=Verb.DEED.value)
    return need


def check_open(period: ChoosingPeriod, *, on: date) -> None:
    """Refuse an answer before the first day, after the last one, and once places were given out."""
    if on < period.opens_on:
        raise Refusal("choosing-not-yet", "{day} 起才能填报。", day=period.opens_on)
    if on > period.closes_on or period.drawn_on is not None:
        raise Refusal(
            "choosing-is-over",
            "填报已于 {day} 截止。需要变更的，请与班主任联系。没有保存。",
            day=period.closes_on,
        )


def need_of(pupil: Pupil, term: str, *, wanted: bool, on: date) -> Need:
    """The answer of a family as it will be kept; refused where a pupil with a place would need none."""
    pupil = Pupil.objects.select_for_update().get(pk=pupil.pk)
    if not wanted and Enrolment.objects.filter(held_from(on), pupil=pupil, term=term).exists():
        raise Conflict(
            "still-enrolled",
            "这名学生本学期还在课后服务课程中。请先由学校办理退课，再登记为没有需求。没有保存。",
        )
    need = Need.objects.filter(pupil=pupil, term=term).first() or Need(pupil=pupil, term=term)
    need.area_id, need.stage, need.wanted, need.answered_on = pupil.area_id, pupil.stage, wanted, on
    if not wanted:
        need.gap = need.gap_on = None
    return need


@transaction.atomic
def explain_gap(need: Need, *, gap: str, on: date, by: Any, at: datetime, why: str) -> Need:
    """Say why a pupil has no place yet. It stays on the list of those who wait all the same."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    check_has_come(on, at=at)
    if (
        not need.wanted
        or Enrolment.objects.filter(held_from(on), pupil=need.pupil_id, term=need.term).exists()
    ):
        raise Conflict("no-gap", "这名学生没有需求，或者已经安排了课程，不用说明原因。没有改动。")
    need.gap, need.gap_on = Gap(gap).value, on
    save_row(need, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("说明未安排原因"), need, by=by, at=at)
    return need
