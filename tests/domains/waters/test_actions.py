from datetime import date

import pytest

from junheng.domains.waters.actions import end_assignment, hand_over
from junheng.domains.waters.models import Assignment, Water
from junheng.domains.waters.queries import in_charge
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.makers import AT

ON = date(2023, 7, 3)


@pytest.fixture
def section() -> User:
    return makers.user(Role.CITY_SECTION)


@pytest.fixture
def water() -> Water:
    return makers.water()


@pytest.fixture
def charge(water: Water) -> Assignment:
    return makers.assignment(water, makers.person())


def test_no_day_without_a_person_and_none_with_two(charge: Assignment, section: User) -> None:
    successor = makers.person()
    hand_over(charge, successor, on=ON, by=section, at=AT, why="岗位调整")
    for day, person in [(date(2023, 7, 2), charge.person), (ON, successor)]:
        assert [one.person for one in in_charge(charge.water, level="township", on=day)] == [person]


@pytest.mark.parametrize(
    ("since", "until", "fine"),
    [
        (ON, None, True),
        (date(2023, 7, 4), None, False),
        (makers.BEGUN, date(2023, 7, 4), True),
        (makers.BEGUN, ON, False),
    ],
)
def test_the_successor_is_in_office(
    charge: Assignment, section: User, since: date, until: date | None, fine: bool
) -> None:
    successor = makers.person(since=since, until=until)
    if fine:
        assert hand_over(charge, successor, on=ON, by=section, at=AT, why="岗位调整").pk
        return
    with pytest.raises(Refusal) as refused:
        hand_over(charge, successor, on=ON, by=section, at=AT, why="岗位调整")
    assert str(refused.value) == (
        "示例责任人（街道副主任）在 2023-07-03 不在任，不能接任。请选择当日在任的人员。"
    )


@pytest.mark.parametrize(("area", "place"), [("410811001", "东方红街道"), ("410802", "解放区")])
def test_the_successor_is_of_that_place_and_level(
    charge: Assignment, section: User, area: str, place: str
) -> None:
    with pytest.raises(Refusal) as refused:
        hand_over(charge, makers.person(area_id=area), on=ON, by=section, at=AT, why="岗位调整")
    assert str(refused.value) == (
        f"示例责任人（街道副主任）属于{place}，不能担任示例河段的乡镇级责任人。请选择所在地同级的人员。"
    )


def test_not_to_oneself(charge: Assignment, section: User) -> None:
    with pytest.raises(Refusal) as refused:
        hand_over(charge, charge.person, on=ON, by=section, at=AT, why="误填")
    assert str(refused.value) == "示例责任人（街道副主任）已负责示例河段，不必移交。"


def test_a_listed_water_is_not_left_alone(charge: Assignment, water: Water, section: User) -> None:
    with pytest.raises(Refusal) as refused:
        end_assignment(charge, on=ON, by=section, at=AT, why="退休")
    assert str(refused.value) == ("示例河段在 2023-07-03 将没有乡镇级责任人。请改用“移交责任”并写明接任人。")
    makers.assignment(water, makers.person())
    assert end_assignment(charge, on=ON, by=section, at=AT, why="退休").until == ON


@pytest.mark.parametrize(("until", "fine"), [(ON, True), (date(2023, 7, 4), False)])
def test_a_water_off_the_list_needs_nobody(
    charge: Assignment, water: Water, section: User, until: date, fine: bool
) -> None:
    Water.objects.filter(pk=water.pk).update(until=until)
    if fine:
        assert end_assignment(charge, on=ON, by=section, at=AT, why="水域填平").until == ON
        return
    with pytest.raises(Refusal):
        end_assignment(charge, on=ON, by=section, at=AT, why="水域填平")


def test_an_end_is_not_moved(charge: Assignment, section: User) -> None:
    hand_over(charge, makers.person(), on=ON, by=section, at=AT, why="岗位调整")
    with pytest.raises(Conflict) as refused:
        end_assignment(charge, on=date(2023, 8, 1), by=section, at=AT, why="岗位调整")
    assert str(refused.value) == "这项责任已定于 2023-07-03 终止，没有再次办理。"


def test_a_warden_hands_nothing_over(charge: Assignment) -> None:
    with pytest.raises(NotAllowed):
        hand_over(
            charge,
            makers.person(),
            on=ON,
            by=makers.user(Role.TOWNSHIP_WARDEN, area="410802001"),
            at=AT,
            why="岗位调整",
        )
