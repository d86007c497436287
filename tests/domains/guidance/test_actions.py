from datetime import date

import pytest

from junheng.domains.guidance.actions.closing import close_care_case
from junheng.domains.guidance.actions.planning import renew_plan
from junheng.domains.guidance.models import CareCase, CarePlan
from junheng.domains.guidance.terms import Result
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.spans import holds
from tests.domains import makers
from tests.domains.makers import AT

OPENED = date(2023, 9, 1)


@pytest.fixture
def officer() -> User:
    return makers.user(Role.SEALED_OFFICER, area="410802")


@pytest.fixture
def case() -> CareCase:
    return CareCase.objects.create(
        code="T-1", school=makers.school(), area_id="410802", number="L410802000000000001", opened_on=OPENED
    )


def renew(case: CareCase, by: User, since: date = OPENED) -> CarePlan:
    return renew_plan(case, responsible="示例负责人", since=since, by=by, at=AT, why="每月会商")


def test_on_every_day_exactly_one_plan(case: CareCase, officer: User) -> None:
    first, second = renew(case, officer), renew(case, officer, date(2023, 10, 1))
    first.refresh_from_db()
    assert first.until == date(2023, 10, 1)
    for day, plan in [(date(2023, 9, 30), first), (date(2023, 10, 1), second)]:
        assert CarePlan.objects.get(holds(day), case=case) == plan


def test_a_plan_does_not_begin_twice_on_one_day(case: CareCase, officer: User) -> None:
    renew(case, officer)
    with pytest.raises(Refusal) as refused:
        renew(case, officer)
    assert refused.value.code == "ends-before-start"


def test_no_plan_before_the_case(case: CareCase, officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        renew(case, officer, date(2023, 8, 31))
    assert str(refused.value) == "方案生效日 2023-08-31 早于建档日 2023-09-01。请核对日期。"


def test_closing_ends_the_plan_and_is_final(case: CareCase, officer: User) -> None:
    plan = renew(case, officer)
    close_care_case(case, on=date(2023, 12, 1), result=Result.REACHED, by=officer, at=AT, why="目标达成")
    plan.refresh_from_db()
    assert plan.until == date(2023, 12, 1)
    with pytest.raises(Conflict) as refused:
        renew(case, officer, date(2023, 12, 2))
    assert str(refused.value) == "台账 T-1 已于 2023-12-01 结案，不能再改。需要时请重新建档。"


def test_not_closed_before_it_was_opened(case: CareCase, officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        close_care_case(case, on=date(2023, 8, 31), result=Result.REACHED, by=officer, at=AT, why="误填")
    assert str(refused.value) == "结案日 2023-08-31 早于建档日 2023-09-01。请核对日期。"


@pytest.mark.parametrize(
    "role",
    [
        role
        for role in Role
        if role != Role.SEALED_OFFICER and role not in {Role.PRINCIPAL, Role.CLASS_TEACHER}
    ],
)
def test_nobody_else_touches_a_sealed_case(case: CareCase, role: Role) -> None:
    with pytest.raises(NotAllowed) as refused:
        renew(case, makers.user(role, area="4108"))
    assert str(refused.value) == (
        "您没有“更新一人一策方案”的权限，没有做任何改动。能办理的是本辖区或本校的：心理教师、封存台账专员。"
    )
