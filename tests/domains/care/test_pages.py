"""The page of committee members: who appoints sees the own classes and their gaps, and chooses from the roll."""

from datetime import date

import pytest

from junheng.domains.care.desk.waiting import members
from junheng.domains.care.models import CommitteeMember
from junheng.domains.schools.models import SchoolClass
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import lines
from tests.domains import makers
from tests.domains.looking import as_, text
from tests.domains.makers import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def school_class() -> SchoolClass:
    return makers.school_class(makers.school(), grade=4, number=2)


def teacher_of(room: SchoolClass) -> User:
    user = makers.user(Role.CLASS_TEACHER, area="410802", school=room.school)
    Grant.objects.filter(user=user).update(school_class=room.pk)
    return user


@pytest.fixture
def asked() -> dict[str, str]:
    return {"since": "2024-01-09", "consent": "是", "own_yes": "是", "why": "班会推荐，本人自愿"}


@pytest.mark.parametrize("role", [Role.PSYCHOLOGIST, Role.PRINCIPAL, Role.CLASS_TEACHER])
def test_who_may_appoint_there_finds_the_gap_and_closes_it(
    school_class: SchoolClass, asked: dict[str, str], role: Role
) -> None:
    other = makers.school_class(school_class.school, grade=5, number=1)
    pupil = makers.pupil(school_class, name="某某甲")
    elsewhere = makers.pupil(other, name="某某乙")
    if role == Role.CLASS_TEACHER:
        user = teacher_of(school_class)
    else:
        user = makers.user(role, area="410802", school=school_class.school)
    page = text(as_(user).get("/care/members/?show=gaps"))
    assert ("4年级2班" in page, "5年级1班" in page) == (True, role != Role.CLASS_TEACHER)
    assert [one.count for one in lines(members(Asker(user, AT)))] == [1 if role == Role.CLASS_TEACHER else 2]
    place = f"/care/members/{school_class.pk}/"
    shown = text(as_(user).get(place))
    assert (f"某某甲（{pupil.code[-4:]}）" in shown, "某某乙" in shown) == (True, False)
    entry = Entry.objects.get(table="pupils.pupil", verb="read")
    assert (entry.who, entry.after["class"], entry.after["pupils"]) == (user.username, school_class.pk, 1)
    assert as_(user).post(place, asked | {"pupil": str(elsewhere.pk)}).status_code == 422
    silent = as_(user).post(place, asked | {"pupil": str(pupil.pk), "consent": ""})
    assert (silent.status_code, CommitteeMember.objects.exists()) == (422, False)
    unwilling = as_(user).post(place, asked | {"pupil": str(pupil.pk), "own_yes": "否"})
    assert (unwilling.status_code, unwilling["X-Refusal"]) == (400, "committee-without-own-yes")
    answer = as_(user).post(place, asked | {"pupil": str(pupil.pk)})
    assert (answer.status_code, CommitteeMember.objects.get().pupil) == (302, pupil)
    assert "4年级2班" not in text(as_(user).get("/care/members/?show=gaps"))
    member = CommitteeMember.objects.get()
    ended = as_(user).post(f"/deeds/committee/{member.pk}/end/", {"until": "2024-01-10", "why": "本人申请"})
    member.refresh_from_db()
    assert (ended.status_code, member.until) == (302, date(2024, 1, 10))


def test_nobody_else_has_the_page(school_class: SchoolClass) -> None:
    place = f"/care/members/{school_class.pk}/"
    for user in (makers.user(Role.COUNTY_OFFICER, area="410802"), makers.user(Role.AUDITOR)):
        assert [as_(user).get(one).status_code for one in ("/care/members/", place)] == [404, 404]
    neighbour = teacher_of(makers.school_class(school_class.school, grade=6, number=3))
    assert as_(neighbour).get(place).status_code == 404
    assert as_(neighbour).get("/care/members/99999999999999999999/").status_code == 404


def test_who_left_and_who_is_to_be_asked_again_are_named(school_class: SchoolClass) -> None:
    user = makers.user(Role.PSYCHOLOGIST, area="410802", school=school_class.school)
    facts = {"school": school_class.school, "school_class": school_class, "area_id": "410802"}
    gone = makers.pupil(school_class, until=date(2023, 12, 1))
    CommitteeMember.objects.create(pupil=gone, since=date(2023, 9, 5), **facts)
    old = CommitteeMember.objects.create(pupil=makers.pupil(school_class), since=date(2022, 9, 5), **facts)
    page = text(as_(user).get("/care/members/"))
    assert (page.count("已离开本班"), page.count("待续聘")) == (1, 1)
    assert f"/deeds/committee/{old.pk}/renew/" in text(as_(user).get(f"/care/members/{school_class.pk}/"))
