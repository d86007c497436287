"""The pages of after-class service: a county, a school, a class, courses of others, and a family on its phone."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from junheng.domains.afterclass.actions import drawing
from junheng.domains.afterclass.models import Course, CourseChoice, Enrolment, Need
from junheng.domains.afterclass.queries.families import code_of
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests import cast
from tests.domains import makers
from tests.domains.looking import as_, text
from tests.makers.rows import AT
from tests.platform.deeds.afterclass import TERM, course, need, period

pytestmark = pytest.mark.django_db
SAID = {"name": "示例学生", "proof": "20140301"}


@pytest.fixture(autouse=True)
def on_a_day(settings) -> None:
    settings.JUNHENG_AS_OF = date(2023, 9, 6)


def words(answer: Any) -> str:
    """What a page says, refused or not."""
    return str(answer.content.decode())


def test_county_school_and_class_see_who_waits_and_others_nothing() -> None:
    one, elsewhere = need(), need()
    room = one.pupil.school_class
    served = need(makers.pupil(makers.school_class(room.school)))
    Enrolment.objects.create(
        pupil=served.pupil,
        area_id=served.area_id,
        stage=served.stage,
        term=TERM,
        course="阅读",
        since=date(2023, 9, 1),
    )
    county = as_(cast.somebody(Role.COUNTY_OFFICER))
    page = text(county.get("/afterclass/"))
    assert "2 所学校中 0 所有需求的学生都已安排" in page
    assert "2 个班中 1 个班" in text(county.get(f"/afterclass/?school={room.school_id}"))
    principal = as_(cast.somebody(Role.PRINCIPAL, school=room.school))
    page = text(principal.get("/afterclass/"))
    assert "2 个班中 1 个班" in page
    course(room.school, places=1)
    page = text(principal.get(f"/afterclass/?class={room.pk}"))
    for word in ("示***", "2023-09-01 起", "没有说明原因", "安排课程", "余 1 / 1"):
        assert word in page
    assert "示例学生" not in page
    assert "名学生需要课后服务，还没有安排" in text(principal.get("/"))
    teacher = as_(cast.somebody(Role.CLASS_TEACHER, school=room.school, school_class=room))
    page = text(teacher.get("/afterclass/"))
    assert "说明原因" in page
    assert "安排课程" not in page, "a place is given by the school"
    assert teacher.get(f"/afterclass/?class={elsewhere.pupil.school_class_id}").status_code == 404
    assert principal.get(f"/afterclass/?school={elsewhere.pupil.school_id}").status_code == 404
    Need.objects.filter(pk=one.pk).update(term="2024S")
    assert "没有说明原因" in text(principal.get("/afterclass/")), (
        "opens with the term in which somebody waits"
    )
    assert as_(cast.stranger()).get("/afterclass/").status_code == 404


def test_a_course_is_taken_over_with_one_click() -> None:
    origin, own = course(makers.school(), name="书法", content="楷书"), makers.school()
    principal = as_(cast.somebody(Role.PRINCIPAL, school=own))
    assert "采用到本校<" in text(principal.get("/afterclass/courses/?q=书"))
    assert "书法" not in text(principal.get("/afterclass/courses/?q=篮球"))
    answer = principal.post(f"/afterclass/courses/{origin.pk}/take/")
    made = Course.objects.get(school=own)
    assert (answer["Location"], made.taken_from) == (f"/registers/courses/{made.pk}/", origin)
    assert "采用自" in text(principal.get("/afterclass/courses/"))
    again = text(principal.post(f"/afterclass/courses/{origin.pk}/take/", follow=True))
    assert "已经采用了这门课程" in again
    county = as_(cast.somebody(Role.COUNTY_OFFICER))
    assert "采用到本校<" not in text(county.get("/afterclass/courses/"))
    assert county.post(f"/afterclass/courses/{origin.pk}/take/").status_code == 404


def test_a_class_teacher_writes_needs_of_the_class_in_the_register() -> None:
    one, other = (makers.pupil(makers.school_class(makers.school())) for _each in range(2))
    teacher = as_(cast.somebody(Role.CLASS_TEACHER, school=one.school, school_class=one.school_class))
    filled = {
        "area": "410802", "stage": "primary", "term": TERM, "wanted": "true", "answered_on": "2023-09-01", "why": "家长会",
    }  # fmt: skip
    answer = teacher.post("/registers/needs/new/", filled | {"pupil": str(one.pk)})
    assert answer.status_code == 302, words(answer)
    assert teacher.post("/registers/needs/new/", filled | {"pupil": str(other.pk)}).status_code != 302
    assert [row.pupil for row in Need.objects.all()] == [one]


def test_a_family_says_what_it_needs_sees_no_other_child_and_later_why() -> None:
    one = period()
    child = Need.objects.get().pupil
    room = child.school_class
    Need.objects.filter(pupil=child).update(wanted=False)
    CourseChoice.objects.all().delete()
    makers.pupil(room, name="别的孩子")
    ball, calligraphy = course(room.school, name="篮球", places=1), course(room.school, name="书法")
    link, page = f"/afterclass/family/{code_of(room, TERM)}/", Client()
    assert "别的孩子" not in text(page.get(link))
    assert Client().get("/afterclass/family/answer/").status_code == 403
    wrong = page.post(link, SAID | {"proof": "0000"})
    assert (wrong.status_code, "对不上" in words(wrong)) == (404, True)
    assert page.post(link, SAID)["Location"] == "/afterclass/family/answer/"
    opened = text(page.get("/afterclass/family/answer/"))
    assert "篮球" in opened
    assert "别的孩子" not in opened
    twice = page.post("/afterclass/family/answer/", {"wanted": "yes", "course1": ball.pk, "course2": ball.pk})
    assert (twice.status_code, "同一门课程只能选一次" in words(twice)) == (400, True)
    assert page.post("/afterclass/family/answer/", {}).status_code == 422
    sent = page.post(
        "/afterclass/family/answer/", {"wanted": "yes", "course1": ball.pk, "course3": calligraphy.pk}
    )
    assert sent.status_code == 302
    assert "已保存" in text(page.get(sent["Location"]))
    choice = CourseChoice.objects.get()
    assert (choice.need.wanted, choice.chosen()) == (True, [ball.pk, calligraphy.pk])
    assert Entry.objects.filter(who="家庭").count() == 2
    assert page.get("/afterclass/family/list.csv").status_code == 404

    rival = need(makers.pupil(room, name="对手"))
    CourseChoice.objects.create(need=rival, first=ball)
    by = cast.somebody(Role.PRINCIPAL, school=room.school)
    drawing.give_places(one, seed="777777", on=date(2023, 9, 9), by=by, at=AT, why="w")
    came = Enrolment.objects.get(pupil=child)
    told = text(page.get("/afterclass/family/answer/"))
    assert came.course in told
    assert ("《篮球》1 个名额已满" in told) == (came.offer == calligraphy)
    late = page.post("/afterclass/family/answer/", {"wanted": "no"})
    assert (late.status_code, "填报已于" in words(late)) == (400, True)
    table = page.get("/afterclass/family/list.csv").content.decode()
    assert "777777" in table
    assert str(choice.need_id) in table
    assert f"# course,{ball.pk},篮球,free,1" in table
    assert "示例" not in table
    page.post("/afterclass/family/leave/")
    assert page.get("/afterclass/family/answer/").status_code == 403


def test_wrong_tries_at_a_child_are_counted() -> None:
    period()
    room = Need.objects.get().pupil.school_class
    link, page = f"/afterclass/family/{code_of(room, TERM)}/", Client()
    answers = [page.post(link, SAID | {"proof": "0000"}).status_code for _each in range(9)]
    assert answers == [404] * 8 + [400]
    assert page.post(link, SAID).status_code == 400, "not even the right one now"
    assert page.get("/afterclass/family/0000000000AB/").status_code == 404
