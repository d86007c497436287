from datetime import date

import pytest

from junheng.domains.homevisits.actions import record_visit
from junheng.domains.homevisits.models import Visit
from junheng.domains.homevisits.terms import Way
from junheng.domains.pupils.models import Household
from junheng.domains.schools.models import School
from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.makers import AT


@pytest.fixture
def school() -> School:
    return makers.school()


def record(household: Household, school: School, by: User, on: date = date(2023, 11, 4)) -> Visit:
    return record_visit(
        household, school, teacher="示例教师", on=on, way=Way.IN_PERSON, by=by, at=AT, why="学期家访"
    )


def test_a_visit_lies_where_the_school_lies(school: School) -> None:
    pupil = makers.pupil(makers.school_class(school))
    visit = record(pupil.household, school, makers.user(Role.PRINCIPAL, area="410802", school=school))
    assert (visit.area_id, visit.way) == ("410802", "in_person")


@pytest.mark.parametrize(("until", "fine"), [(date(2023, 11, 5), True), (date(2023, 11, 4), False)])
def test_only_where_a_pupil_is_on_the_roll_that_day(school: School, until: date, fine: bool) -> None:
    pupil = makers.pupil(makers.school_class(school), until=until)
    principal = makers.user(Role.PRINCIPAL, area="410802", school=school)
    if fine:
        assert record(pupil.household, school, principal).pk
        return
    with pytest.raises(Refusal) as refused:
        record(pupil.household, school, principal)
    assert str(refused.value) == (
        f"家庭 {pupil.household} 在 2023-11-04 没有学生就读于{school}。请核对家庭编号，或由学生所在学校登记。"
    )


def test_not_tomorrow(school: School) -> None:
    pupil = makers.pupil(makers.school_class(school))
    principal = makers.user(Role.PRINCIPAL, area="410802", school=school)
    assert record(pupil.household, school, principal, AT.date()).visited_on == AT.date()
    with pytest.raises(Refusal) as refused:
        record(pupil.household, school, principal, date(2024, 1, 11))
    assert refused.value.code == "day-to-come"


def test_another_school_records_nothing_here(school: School) -> None:
    pupil = makers.pupil(makers.school_class(school))
    with pytest.raises(NotAllowed):
        record(pupil.household, school, makers.user(Role.PRINCIPAL, area="410802", school=makers.school()))
    assert not Visit.objects.exists()
