from datetime import date

import pytest

from junheng.domains.governance.actions import take_step
from junheng.domains.governance.models import Case
from junheng.domains.governance.terms import STEPS, CaseState
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.makers import AT

OPENED = date(2023, 4, 1)


@pytest.fixture
def case() -> Case:
    return Case.objects.create(
        code="A-1", site="S-1", title="某工作室", area_id="410802", kind="unlicensed", opened_on=OPENED
    )


@pytest.fixture
def officer() -> User:
    return makers.user(Role.COUNTY_OFFICER, area="410802")


def step(case: Case, to: CaseState, by: User, *, on: date = date(2023, 5, 1)) -> Case:
    return take_step(case, to, on=on, by=by, at=AT, why="现场笔录")


def test_from_tip_to_closed(case: Case, officer: User) -> None:
    for to in (CaseState.INVESTIGATING, CaseState.DECIDED, CaseState.CLOSED):
        case = step(case, to, officer)
    assert (case.state, case.decided_on) == ("closed", date(2023, 5, 1))
    assert [entry.after for entry in Entry.objects.order_by("id")] == [
        {"state": "investigating"},
        {"state": "decided", "decided_on": "2023-05-01"},
        {"state": "closed"},
    ]


def test_a_step_that_is_not_next_names_those_that_are(case: Case, officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        step(case, CaseState.CLOSED, officer)
    assert str(refused.value) == (
        "案件 A-1 某工作室 现为“线索”，不能直接变为“已结案”。下一步可以是：调查中、查无实据。"
    )


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.UNFOUNDED])
def test_a_finished_case_is_not_changed(case: Case, officer: User, state: CaseState) -> None:
    Case.objects.update(state=state)
    with pytest.raises(Conflict) as refused:
        step(case, CaseState.INVESTIGATING, officer)
    assert str(refused.value) == (
        f"案件 A-1 某工作室 已是“{state.label}”，不能再改。如有新情况，请另立新案。"
    )


def test_not_before_it_was_opened(case: Case, officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        step(case, CaseState.INVESTIGATING, officer, on=date(2023, 3, 31))
    assert str(refused.value) == "2023-03-31 早于立案日 2023-04-01。请核对日期。"
    assert step(case, CaseState.INVESTIGATING, officer, on=OPENED).state == "investigating"


def test_another_county_takes_no_step(case: Case) -> None:
    with pytest.raises(NotAllowed):
        step(case, CaseState.INVESTIGATING, makers.user(Role.COUNTY_OFFICER, area="410811"))


def test_every_state_but_the_last_two_leads_on() -> None:
    assert {state for state in CaseState if not any(source == state for source, _ in STEPS)} == {
        CaseState.CLOSED,
        CaseState.UNFOUNDED,
    }
