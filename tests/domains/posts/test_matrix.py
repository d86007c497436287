"""Place by hour by person: blanks and doubles are found, whatever the hours; and a year is made from the calendar."""

import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.domains.kindergartens.models import Nature
from junheng.domains.kindergartens.queries.support import category_on
from junheng.domains.posts.models import DutyRecord, PostTask
from junheng.domains.posts.queries import matrix, tally, year_of_kindergarten, year_of_school
from junheng.domains.posts.queries.matrix import pieces
from junheng.domains.posts.queries.year import items_of, periods, terms_of
from tests.domains import makers
from tests.domains.posts.school import member, place, post

ON = date(2023, 11, 1)


class Stand:
    """What the cutting of hours asks of a post."""

    def __init__(self, starts: int, ends: int, person_id: int) -> None:
        self.starts, self.ends, self.person_id = starts, ends, person_id


stands = st.lists(
    st.tuples(st.integers(0, 47), st.integers(1, 24), st.integers(1, 3)).map(
        lambda one: Stand(one[0], min(one[0] + one[1], 48), one[2])
    ),
    max_size=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stands, st.integers(0, 40), st.integers(1, 8))
def test_hours_are_cut_as_counting_every_minute_says(posts: list[Stand], starts: int, length: int) -> None:
    ends = starts + length
    found = pieces(starts, ends, posts)
    assert [found[0].starts, found[-1].ends] == [starts, ends]
    assert all(one.ends == other.starts for one, other in itertools.pairwise(found))
    for piece in found:
        for minute in range(piece.starts, piece.ends):
            there = [one for one in posts if one.starts <= minute < one.ends]
            assert list(piece.posts) == there
            assert (piece.blank, piece.double) == (not there, len({one.person_id for one in there}) > 1)


@pytest.mark.django_db
def test_a_matrix_shows_who_stands_where_and_what_is_blank_or_double() -> None:
    school = makers.school()
    gate, stairs = place(name="校门", weekdays=1), place(name="楼梯", weekdays=1, starts=480, ends=490)
    dormitory = place(name="宿舍", applies="boarding")
    first, second = member(school), member(school)
    post(school=school, place=gate, person=first, weekdays=1, starts=420, ends=480)
    post(school=school, place=gate, person=second, weekdays=1, starts=470, ends=500)
    post(school=school, place=gate, person=second, weekdays=2, starts=500, ends=540)  # another day
    post(school=school, place=stairs, person=first, weekdays=1, starts=480, ends=490, until=ON)  # ended
    post(place=gate)  # another school
    lines = matrix(school, on=ON)
    told = {
        line.place.name: [(cell.piece.hours, len(cell.piece.posts), cell.piece.double) for cell in line.cells]
        for line in lines
    }
    assert told == {
        "校门": [
            ("07:00–07:50", 1, False), ("07:50–08:00", 2, True), ("08:00–08:20", 1, False), ("08:20–09:00", 0, False),
        ],
        "楼梯": [("08:00–08:10", 0, False)],
    }  # fmt: skip
    told_of = tally(lines)
    assert (told_of.blanks, told_of.tasks, told_of.doubles) == (2, 0, 1)
    assert (told_of.blank_on, told_of.task_on, told_of.double_on) == (0, None, 0)
    PostTask.objects.create(
        school=school, area_id=school.area_id, place=gate, weekdays=1, starts=500, ends=540, opened_on=ON, due_on=ON
    )  # fmt: skip
    lines = matrix(school, on=ON)
    assert (tally(lines).blanks, tally(lines).tasks) == (1, 1)
    boarding = makers.school(boarding=True)
    assert {line.place for line in matrix(boarding, on=ON)} == {gate, stairs, dormitory}


@pytest.mark.django_db
def test_a_matrix_asks_three_questions_whatever_it_holds(django_assert_num_queries) -> None:
    school = makers.school()
    for _ in range(5):
        post(school=school, place=place())
    with django_assert_num_queries(3):
        assert len(matrix(school, on=ON)) == 25


def test_a_year_is_there_without_anybody_entering_it() -> None:
    months = [name for name, _first, _last in periods("month", 2023)]
    assert months == [
        "2023-09", "2023-10", "2023-11", "2023-12", "2024-03", "2024-04", "2024-05", "2024-06",
    ]  # fmt: skip
    assert [first for _name, first, _last in periods("quarter", 2023)] == [
        date(2023, 9, 1), date(2023, 12, 1), date(2024, 3, 1), date(2024, 6, 1),
    ]  # fmt: skip
    assert [(first, last) for _name, first, last in terms_of(2023)] == [
        (date(2023, 9, 1), date(2024, 1, 31)), (date(2024, 2, 1), date(2024, 7, 31)),
    ]  # fmt: skip
    assert items_of((), [], year=2023) == []


@pytest.mark.django_db
def test_done_and_missing_are_told_apart_by_the_day() -> None:
    school = makers.school()
    for kind, on, amount in (
        ("drill", date(2023, 9, 30), 1), ("drill", date(2023, 9, 5), 1), ("drill", date(2023, 8, 31), 1),
        ("lesson", date(2023, 9, 8), 7), ("lesson", date(2023, 12, 8), 5),
    ):  # fmt: skip
        DutyRecord.objects.create(school=school, area_id=school.area_id, kind=kind, on=on, amount=amount)
    items = year_of_school(school, day=ON)
    drills = [(one.period, one.done, one.state(ON)) for one in items if one.kind == "drill"]
    assert drills[:4] == [
        ("2023-09", 2, "met"), ("2023-10", 0, "missing"), ("2023-11", 0, "running"), ("2023-12", 0, "coming"),
    ]  # fmt: skip
    assert [(one.owed, one.done, one.met) for one in items if one.kind == "lesson"] == [(12, 12, True)]


@pytest.mark.django_db
def test_a_recognised_kindergarten_owes_what_a_public_one_owes_from_that_day() -> None:
    public, private = makers.kindergarten(nature="public"), makers.kindergarten()
    assert Nature.objects.count() == 2
    makers.application(private, decision="recognised", decided_on=ON, since=ON)
    assert [category_on(public, on=ON), category_on(private, on=ON), category_on(private, on=date(2023, 10, 31))] == [
        "public", "inclusive", "other",
    ]  # fmt: skip

    def owed(one):
        return [(item.kind, item.period, item.owed) for item in year_of_kindergarten(one, day=ON)]

    assert owed(public) == owed(private)
    assert [period for kind, period, _owed in owed(private) if kind == "drill"] == [
        "2023-09 – 2023-11", "2023-12 – 2024-02", "2024-03 – 2024-05", "2024-06 – 2024-08",
    ]  # fmt: skip
