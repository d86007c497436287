from datetime import date

import pytest

from junheng.domains.care.actions import appoint_member, end_left, end_membership, renew_member
from junheng.domains.care.models import CommitteeMember
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.makers import AT

AUTUMN = date(2023, 9, 1)


@pytest.fixture
def school_class() -> SchoolClass:
    return makers.school_class(makers.school())


@pytest.fixture
def psychologist(school_class: SchoolClass) -> User:
    return makers.user(Role.PSYCHOLOGIST, area="410802", school=school_class.school)


def appoint(
    pupil: Pupil, by: User, *, since: date = AUTUMN, consent: bool = True, own_yes: bool = True
) -> CommitteeMember:
    return appoint_member(pupil, since=since, consent=consent, own_yes=own_yes, by=by, at=AT, why="开学聘任")


def test_an_appointment_says_where_and_leaves_one_entry(
    school_class: SchoolClass, psychologist: User
) -> None:
    pupil = makers.pupil(school_class)
    member = appoint(pupil, psychologist)
    assert (member.school_class, member.school, member.area_id) == (
        school_class,
        school_class.school,
        "410802",
    )
    entry = Entry.objects.get(table="care.committeemember")
    assert (entry.row, entry.who, entry.why, entry.verb) == (
        member.pk,
        psychologist.username,
        "开学聘任",
        "deed",
    )


def test_two_serve_and_a_third_is_refused(school_class: SchoolClass, psychologist: User) -> None:
    first, second, third = (makers.pupil(school_class) for _ in range(3))
    member = appoint(first, psychologist)
    appoint(second, psychologist)
    with pytest.raises(Refusal) as refused:
        appoint(third, psychologist)
    assert str(refused.value) == f"{school_class}已有 2 名心理委员，每班至多 2 名。请先解聘一名再聘任。"
    end_membership(member, until=AUTUMN.replace(day=20), by=psychologist, at=AT, why="本人申请")
    appoint(third, psychologist, since=AUTUMN.replace(day=20))
    assert CommitteeMember.objects.count() == 3


def test_the_day_before_the_end_still_counts(school_class: SchoolClass, psychologist: User) -> None:
    first, second, third = (makers.pupil(school_class) for _ in range(3))
    end_membership(
        appoint(first, psychologist), until=date(2023, 9, 20), by=psychologist, at=AT, why="本人申请"
    )
    appoint(second, psychologist)
    with pytest.raises(Refusal) as refused:
        appoint(third, psychologist, since=date(2023, 9, 19))
    assert refused.value.code == "committee-full"


@pytest.mark.parametrize(
    ("since", "until", "on_roll"),
    [
        (AUTUMN, None, True),
        (date(2023, 9, 2), None, False),
        (makers.BEGUN, date(2023, 9, 2), True),
        (makers.BEGUN, AUTUMN, False),
    ],
)
def test_only_a_pupil_on_the_roll_that_day(
    school_class: SchoolClass, psychologist: User, since: date, until: date | None, on_roll: bool
) -> None:
    pupil = makers.pupil(school_class, since=since, until=until)
    if on_roll:
        assert appoint(pupil, psychologist).pk
        return
    with pytest.raises(Refusal) as refused:
        appoint(pupil, psychologist)
    assert str(refused.value) == (
        "这名学生在 2023-09-01 不在本班在籍，不能聘任。请选择当日在籍的学生，或更正聘任日。"
    )


def test_no_consent_no_appointment(school_class: SchoolClass, psychologist: User) -> None:
    with pytest.raises(Refusal) as refused:
        appoint(makers.pupil(school_class), psychologist, consent=False)
    assert str(refused.value) == ("须先取得监护人同意才能聘任心理委员。请与监护人沟通并留存同意书后再办理。")


def test_nobody_is_appointed_against_the_own_will(school_class: SchoolClass, psychologist: User) -> None:
    with pytest.raises(Refusal) as refused:
        appoint(makers.pupil(school_class), psychologist, own_yes=False)
    assert str(refused.value) == "学生本人不愿意的，不能聘任为心理委员。请另请一名自愿的同学。"


def test_whoever_left_the_class_is_ended_by_night_from_the_day_of_leaving(
    school_class: SchoolClass, psychologist: User
) -> None:
    day = date(2023, 12, 1)
    stays, gone, moved, leaves_later = (makers.pupil(school_class) for _ in range(4))
    rooms = [makers.school_class(school_class.school) for _ in range(2)]
    for pupil, room in zip((gone, leaves_later), rooms, strict=True):
        Pupil.objects.filter(pk=pupil.pk).update(school_class=room)
        pupil.refresh_from_db()
    for pupil in (stays, gone, moved, leaves_later):
        appoint(pupil, psychologist)
    Pupil.objects.filter(pk=gone.pk).update(until=date(2023, 11, 20))
    Pupil.objects.filter(pk=moved.pk).update(school_class=rooms[0])
    Pupil.objects.filter(pk=leaves_later.pk).update(until=date(2023, 12, 2))
    assert (end_left(on=day, at=AT), end_left(on=day, at=AT)) == (2, 0)
    until = dict(CommitteeMember.objects.values_list("pupil", "until"))
    assert until == {
        stays.pk: None,
        gone.pk: date(2023, 11, 20),
        moved.pk: day,
        leaves_later.pk: None,
    }
    assert Entry.objects.filter(table="care.committeemember", who="夜间任务").count() == 2


def test_every_school_year_both_are_asked_again(school_class: SchoolClass, psychologist: User) -> None:
    def renew(on: date, **told: bool) -> CommitteeMember:
        agreed = {"consent": True, "own_yes": True} | told
        return renew_member(member, on=on, **agreed, by=psychologist, at=AT, why="新学年续聘")

    member = appoint(makers.pupil(school_class), psychologist, since=date(2022, 9, 5))
    with pytest.raises(Refusal) as refused:
        renew(date(2023, 8, 31))
    assert refused.value.code == "committee-renewed-already"
    with pytest.raises(Refusal) as unwilling:
        renew(AUTUMN, own_yes=False)
    assert unwilling.value.code == "committee-without-own-yes"
    assert renew(AUTUMN).renewed_on == AUTUMN
    with pytest.raises(Refusal) as again:
        renew(date(2024, 1, 9))
    assert str(again.value) == "这名心理委员本学年已于 2023-09-01 聘任或续聘，不必再次办理。"
    Pupil.objects.filter(pk=member.pupil_id).update(school_class=makers.school_class(school_class.school))
    with pytest.raises(Refusal) as left:
        renew(date(2024, 1, 9))
    assert left.value.code == "committee-left"


def test_nobody_serves_twice(school_class: SchoolClass, psychologist: User) -> None:
    pupil = makers.pupil(school_class)
    appoint(pupil, psychologist)
    with pytest.raises(Refusal) as refused:
        appoint(pupil, psychologist)
    assert str(refused.value) == "这名学生已是心理委员，不必再次聘任。"


def test_a_psychologist_of_another_school_appoints_nobody(school_class: SchoolClass) -> None:
    stranger = makers.user(Role.PSYCHOLOGIST, area="410802", school=makers.school())
    with pytest.raises(NotAllowed) as refused:
        appoint(makers.pupil(school_class), stranger)
    assert str(refused.value) == (
        "您没有“聘任心理委员”的权限，没有做任何改动。能办理的是本辖区或本校的：校长、班主任、心理教师。"
    )
    assert (CommitteeMember.objects.count(), Entry.objects.count()) == (0, 0)


def test_an_end_is_after_the_beginning_and_is_not_moved(
    school_class: SchoolClass, psychologist: User
) -> None:
    member = appoint(makers.pupil(school_class), psychologist)
    with pytest.raises(Refusal) as refused:
        end_membership(member, until=AUTUMN, by=psychologist, at=AT, why="误填")
    assert str(refused.value) == (
        "终止日 2023-09-01 须晚于起始日 2023-09-01：终止日是不再有效的第一天。请改正日期后再办理。"
    )
    end_membership(member, until=date(2023, 9, 2), by=psychologist, at=AT, why="转学")
    with pytest.raises(Conflict) as again:
        end_membership(member, until=date(2023, 9, 3), by=psychologist, at=AT, why="转学")
    assert str(again.value) == "这名心理委员已于 2023-09-02 解聘，没有再次办理。"
