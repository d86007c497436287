"""Who needs after-class service and has no place, what a course may be, what a family says, and a draw anyone repeats."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from junheng.domains.afterclass.actions import answering, drawing, placing
from junheng.domains.afterclass.models import Course, CourseChoice, Enrolment, Need
from junheng.domains.afterclass.queries.draws import given_out, places_drawn, waiting_list
from junheng.domains.afterclass.queries.families import code_of, opened, pupil_in
from junheng.domains.afterclass.queries.gaps import by_class, by_school, unserved, unserved_now
from junheng.domains.institutions.models import Institution
from junheng.kernel.errors import Refusal
from junheng.kernel.matching import Group, faults, market_of
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests import cast
from tests.domains import makers
from tests.domains.fees.test_fees import item
from tests.makers import make
from tests.platform.deeds.afterclass import TERM, course, need, period

pytestmark = pytest.mark.django_db
AT = datetime(2023, 10, 9, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
DAY = date(2023, 10, 9)


def waiting() -> set[int]:
    return set(unserved(Need.objects.all(), TERM, on=DAY).values_list("pk", flat=True))


def test_whoever_needs_it_and_has_no_place_is_listed_the_same_day_until_placed() -> None:
    one, no, left = need(), need(wanted=False), need()
    left.pupil.until = date(2023, 10, 1)
    left.pupil.save()
    other = need(term="2024S")
    assert waiting() == {one.pk}
    assert set(unserved_now(Need.objects.all(), on=DAY)) == {one, other}
    assert [
        (line.wanted, line.waiting, line.since) for line in by_school(Need.objects.all(), TERM, on=DAY)
    ] == [(1, 1, date(2023, 9, 1))]
    assert [line.pk for line in by_class(Need.objects.all(), TERM, on=DAY)] == [one.pupil.school_class_id]
    by = cast.somebody(Role.PRINCIPAL, school=one.pupil.school)
    said = answering.explain_gap(one, gap="staff", on=DAY, by=by, at=AT, why="w")
    assert (said.gap, waiting()) == ("staff", {one.pk})
    made = placing.place(one, course(one.pupil.school), on=DAY, by=by, at=AT, why="w")
    assert waiting() == set()
    assert [line.waiting for line in by_school(Need.objects.all(), TERM, on=DAY)] == [0]
    with pytest.raises(Refusal, match="已经安排了课程"):
        answering.explain_gap(one, gap="staff", on=DAY, by=by, at=AT, why="w")
    made.since, made.until = date(2023, 9, 11), DAY
    made.save()
    assert waiting() == {one.pk}, "a place that has ended is none"
    assert no.pk not in waiting()


def test_a_full_course_and_one_of_another_school_take_nobody() -> None:
    first, by = need(), cast.somebody(Role.COUNTY_OFFICER)
    room = first.pupil.school_class
    second = need(makers.pupil(room))
    small = course(room.school, places=1)

    def placed(one: Need, at: Course) -> Enrolment:
        return placing.place(one, at, on=DAY, by=by, at=AT, why="w")

    assert placed(first, small).offer == small
    for one, where, code in (
        (second, small, "course-full"),
        (first, small, "enrolled-already"),
        (second, course(makers.school()), "course-elsewhere"),
        (second, course(room.school, until=DAY), "course-over"),
        (need(makers.pupil(room), wanted=False), course(room.school), "no-need"),
    ):
        with pytest.raises(Refusal) as refused:
            placed(one, where)
        assert refused.value.code == code
    assert Enrolment.objects.count() == 1


def test_who_writes_for_whom() -> None:
    one, stranger = (
        makers.pupil(makers.school_class(makers.school())),
        makers.pupil(makers.school_class(makers.school())),
    )
    teacher = cast.somebody(Role.CLASS_TEACHER, school=one.school, school_class=one.school_class)

    def said(of: Any) -> Need:
        return answering.answer(of, term=TERM, wanted=True, on=DAY, by=teacher, at=AT, why="家长会上答复")

    assert said(one).wanted
    with pytest.raises(Refusal, match="班主任"):
        said(stranger)
    with pytest.raises(Refusal):
        placing.place(Need.objects.get(), course(one.school), on=DAY, by=teacher, at=AT, why="w")
    Enrolment.objects.create(
        pupil=one, area_id=one.area_id, stage=one.stage, term=TERM, course="阅读", since=DAY
    )
    with pytest.raises(Refusal, match="先由学校办理退课"):
        answering.answer(one, term=TERM, wanted=False, on=DAY, by=teacher, at=AT, why="w")


def test_a_course_costs_no_more_than_the_list_and_an_outsider_has_a_licence() -> None:
    school = makers.school()
    facts: dict[str, Any] = {"code": "X", "school": school, "area_id": school.area_id, "term": TERM, "name": "篮球",
                             "places": 20, "since": date(2023, 9, 11)}  # fmt: skip

    def wrong(**given: Any) -> str:
        with pytest.raises(ValidationError) as refused:
            Course(**facts | given).clean()
        return str(refused.value)

    assert "没有这所学校的“课后服务费”" in wrong(fee_fen=1)
    listed = item()
    fine = Course(**facts | {"fee_fen": 15_000, "weekdays": "五一"})
    fine.clean()
    assert (fine.item, fine.weekdays, fine.hours) == (listed, "一五", "周一、周五 16:30–17:30")
    assert "最高标准 150.00 元（示例文件）" in wrong(fee_fen=15_001)
    ended = make(Institution, since=date(2020, 1, 1), until=date(2023, 9, 11))
    assert "有效的办学许可证" in wrong(origin="outside", institution=ended)
    assert "有效的办学许可证" in wrong(origin="outside")
    ended.until = date(2023, 9, 12)
    Course(**facts | {"origin": "outside", "institution": ended}).clean()
    assert "不填校外机构" in wrong(institution=ended)
    assert "例如“一三五”" in wrong(weekdays="周一")
    assert "区划须与学校" in wrong(area_id="410811")


def test_a_course_taken_over_shows_where_it_comes_from() -> None:
    origin = course(makers.school(), content="楷书", teachers="甲", fee_fen=0)
    own = makers.school()
    by = cast.somebody(Role.PRINCIPAL, school=own)
    made = placing.take_over(origin, own, code="OWN-1", by=by, at=AT, why="w")
    assert (made.taken_from, made.content, made.hours, made.teachers) == (origin, "楷书", origin.hours, "")
    for code, words in (("OWN-2", "已经采用"), ("OWN-1", "已经采用")):
        with pytest.raises(Refusal, match=words):
            placing.take_over(origin, own, code=code, by=by, at=AT, why="w")
    with pytest.raises(Refusal, match="本校自己的课程"):
        placing.take_over(made, own, code="OWN-3", by=by, at=AT, why="w")
    with pytest.raises(Refusal, match="没有采用"):
        placing.take_over(course(makers.school()), own, code="OWN-1", by=by, at=AT, why="w")


def test_the_code_of_a_class_opens_its_school_only_and_no_child_by_name_alone() -> None:
    one = period()
    child = Need.objects.get().pupil
    room = child.school_class
    code = code_of(room, TERM)
    assert opened(code.lower(), on=DAY) == (room, one)
    assert opened(code, on=date(2023, 8, 31)) is None, "before it opens"
    assert opened(code_of(room, "2024S"), on=DAY) is None
    assert opened(code_of(makers.school_class(makers.school()), TERM), on=DAY) is None
    assert opened(code[:-2] + ("00" if code[-2:] != "00" else "11"), on=DAY) is None
    assert pupil_in(room, "示例学生", "20140301", on=DAY) == child
    assert pupil_in(room, "示例学生", "20140302", on=DAY) is None
    assert pupil_in(room, "示例", "20140301", on=DAY) is None
    makers.pupil(room)
    assert pupil_in(room, "示例学生", "20140301", on=DAY) is None, "two who cannot be told apart"


def crowd(number: int) -> tuple[Any, Course, Course]:
    """A school where so many families want one small course first, then a larger one."""
    one = period()
    first = Need.objects.get()
    room = first.pupil.school_class
    small, large = course(room.school, places=2), course(room.school, places=3)
    CourseChoice.objects.update(first=small, second=large)
    for _each in range(number - 1):
        CourseChoice.objects.create(need=need(makers.pupil(room)), first=small, second=large)
    return one, small, large


def test_places_are_given_out_by_a_draw_that_anyone_repeats() -> None:
    one, small, large = crowd(7)
    by = cast.somebody(Role.PRINCIPAL, school=one.school)
    choices = waiting_list(one, on=DAY)
    planned = given_out(one, choices, seed="351624", on=DAY)
    assert [each.place - 1 for each in planned] == places_drawn(one, choices, "351624")
    assert places_drawn(one, choices, "351624") != places_drawn(one, choices, "351625")
    market = market_of(
        [Group("s", 2), Group("l", 3)], [[(0, each.place), (1, each.place)] for each in planned]
    )
    edge = {small: 0, large: 1}
    result = [2 * row + edge[each.course] if each.course else -1 for row, each in enumerate(planned)]
    assert list(faults(market, result)) == []
    for seed, on, code in (("35162", DAY, "seed-not-thrown"), ("三五一六二四", DAY, "seed-not-thrown"),
                           ("351624", date(2023, 9, 8), "choosing-runs")):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            drawing.give_places(one, seed=seed, on=on, by=by, at=AT, why="w")
        assert refused.value.code == code
    drawing.give_places(one, seed="351624", on=DAY, by=by, at=AT, why="w")
    assert (Enrolment.objects.filter(offer=small).count(), Enrolment.objects.filter(offer=large).count()) == (
        2,
        3,
    )
    given = dict(Enrolment.objects.values_list("pupil", "offer"))
    assert given == {each.choice.need.pupil_id: each.course.pk for each in planned if each.course}
    best = sorted(planned, key=lambda each: each.place)
    assert [each.course for each in best] == [small, small, large, large, large, None, None]
    left = Need.objects.filter(gap="full", gap_on=DAY)
    assert (
        {row.pk for row in left}
        == waiting()
        == {each.choice.need_id for each in planned if each.course is None}
    )
    assert Entry.objects.filter(table="afterclass.enrolment").count() == 5
    assert Entry.objects.filter(table="afterclass.coursechoice").count() == 7
    with pytest.raises(Refusal) as refused:
        drawing.give_places(one, seed="351624", on=DAY, by=by, at=AT, why="w")
    assert refused.value.code == "placed-already"


def test_where_there_is_room_the_draw_decides_nothing() -> None:
    one, _small, large = crowd(3)
    CourseChoice.objects.update(first=large, second=None)
    for seed in ("111111", "222222"):
        found = given_out(one, waiting_list(one, on=DAY), seed=seed, on=DAY)
        assert {each.course for each in found} == {large}
