"""A round from its plan to the reply of a county, and everything that is refused on the way."""

from datetime import timedelta

import pytest

from junheng.domains.areas.models import Area
from junheng.domains.checklists.models import ChecklistItem
from junheng.domains.safety import actions
from junheng.domains.safety.models import Answer, Inspection, RoundPlan, Sheet
from junheng.domains.safety.policies import FILLERS
from junheng.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import write
from junheng.platform.registers.asker import Asker
from tests.domains import makers
from tests.domains.safety.round import (
    AT,
    DAY,
    HERE,
    THERE,
    WHY,
    a_list,
    a_round,
    fill,
    officer,
    opened,
    planned,
    principal,
    said,
    section,
    sheet_of,
)

BY = {"at": AT, "why": WHY}


@pytest.fixture
def school():
    return makers.school(area_id=HERE)


@pytest.fixture
def round_(school):
    return opened(section())


def code(caught) -> str:
    return caught.value.code


# --- plan and opening -----------------------------------------------------------------------------------------------


def test_a_round_gives_every_school_and_its_county_a_sheet(school) -> None:
    makers.school(area_id=THERE, kind="junior")
    makers.school(area_id=THERE, kind="senior")
    makers.school(area_id=THERE, until=DAY)
    one = opened(section())
    rows = {
        (sheet.school.area_id, sheet.level, sheet.by_area_id) for sheet in Sheet.objects.filter(round=one)
    }
    assert rows == {
        (HERE, "self", None),
        (HERE, "county", HERE),
        (THERE, "self", None),
        (THERE, "county", THERE),
    }
    assert {sheet.state for sheet in Sheet.objects.all()} == {"due"}
    assert verify() is None


def test_a_round_by_a_list_that_may_still_change_is_not_opened(school) -> None:
    by = section()
    one = planned(by, checklist=a_list(by, issued=False))
    with pytest.raises(Refusal) as caught:
        actions.open_round(one, by=by, **BY)
    assert code(caught) == "checklist-is-draft"
    assert not Sheet.objects.exists()


def test_only_the_city_plans_and_opens_its_round(school) -> None:
    one = planned(section())
    for deed in (
        lambda by: actions.open_round(one, by=by, **BY),
        lambda by: planned(by, one, checklist=one.plan.checklist),
    ):
        with pytest.raises(NotAllowed) as caught:
            deed(officer())
        assert code(caught) == "deed-not-yours"


def test_what_an_open_round_rests_on_does_not_change(round_) -> None:
    by = section()
    with pytest.raises(Conflict) as caught:
        planned(by, round_, checklist=round_.plan.checklist)
    assert code(caught) == "plan-is-open"
    round_.title = "改名"
    with pytest.raises(Conflict) as caught:
        write(register_called("rounds"), round_, asker=Asker(by, AT), why=WHY, source="hand")
    assert code(caught) == "round-is-open"
    with pytest.raises(Conflict) as caught:
        actions.open_round(round_, by=by, **BY)
    assert code(caught) == "round-open-already"


def test_a_round_of_earlier_books_is_edited_as_before() -> None:
    one = a_round()
    one.title = "更名"
    assert write(register_called("rounds"), one, asker=Asker(section(), AT), why=WHY, source="hand").entry


@pytest.mark.parametrize(
    ("windows", "refused"),
    [
        ({"self": (DAY - timedelta(days=1), None)}, "window-before-round"),
        ({"city": (None, DAY)}, "window-before-round"),
        ({"self": (DAY, DAY - timedelta(days=1))}, "bad-window"),
    ],
)
def test_windows_lie_within_their_round(school, windows, refused) -> None:
    with pytest.raises(Refusal) as caught:
        planned(section(), **windows)
    assert code(caught) == refused
    assert not RoundPlan.objects.exists()


def test_a_round_without_self_check_or_schools_is_not_opened(school) -> None:
    by = section()
    with pytest.raises(Refusal) as caught:
        opened(by, self=(None, None))
    assert code(caught) == "no-self-window"
    one = a_round()
    actions.plan_round(
        one, checklist=a_list(by), kinds=["special"], windows={"self": (DAY, None)}, by=by, **BY
    )
    with pytest.raises(Refusal) as caught:
        actions.open_round(one, by=by, **BY)
    assert code(caught) == "no-schools"
    with pytest.raises(Refusal) as caught:
        actions.plan_round(one, checklist=a_list(by), kinds=[], windows={}, by=by, **BY)
    assert code(caught) == "no-kinds"


# --- filling in and sending -----------------------------------------------------------------------------------------


def test_a_sheet_asks_what_concerns_the_school(school) -> None:
    boarding = makers.school(area_id=HERE, kind="junior", boarding=True)
    one = opened(section())
    asked = {
        of.pk: {ChecklistItem.objects.get(pk=item).number for item in said(sheet_of(one, of))}
        for of in (school, boarding)
    }
    assert asked == {
        school.pk: {"1.1", "1.2", "2.1", "2.2"},
        boarding.pk: {"1.1", "1.2", "2.1", "2.2", "3.1", "4.1"},
    }


def test_every_step_is_kept_and_sending_wants_everything(round_, school) -> None:
    by, sheet = principal(school), sheet_of(round_, school)
    whole = said(sheet, n1_1="fail")
    first = next(iter(whole))
    actions.record_answers(sheet, {first: ("fail", "")}, by=by, **BY)
    assert sheet_of(round_, school).state == "draft"
    with pytest.raises(Refusal) as caught:
        actions.send_sheet(sheet, on=DAY, by=by, **BY)
    assert code(caught) == "not-all-answered"
    actions.record_answers(sheet, whole | {first: ("fail", "")}, by=by, **BY)
    with pytest.raises(Refusal) as caught:
        actions.send_sheet(sheet, on=DAY, by=by, **BY)
    assert code(caught) == "failed-without-note"
    sheet = fill(sheet, by, n1_1="fail", n1_2="na")
    assert (sheet.state, sheet.items, sheet.failed, sheet.left_out) == ("sent", 4, 1, 1)
    with pytest.raises(Conflict) as caught:
        fill(sheet, by)
    assert code(caught) == "sheet-is-sent"
    assert verify() is None


def test_what_is_not_in_the_version_is_not_answered(round_, school) -> None:
    by, sheet = principal(school), sheet_of(round_, school)
    boarding = ChecklistItem.objects.get(checklist=round_.plan.checklist, number="3.1")
    other = ChecklistItem.objects.filter(checklist=a_list(section())).first()
    for item in (boarding, other):
        with pytest.raises(Refusal) as caught:
            actions.record_answers(sheet, said(sheet) | {item.pk: ("pass", "")}, by=by, **BY)
        assert code(caught) == "item-not-in-version"
    with pytest.raises(Refusal) as caught:
        actions.record_answers(sheet, {min(said(sheet)): ("good", "")}, by=by, **BY)
    assert code(caught) == "no-such-result"
    assert not Answer.objects.exists()


def test_after_its_window_or_its_round_nothing_is_sent(round_, school) -> None:
    by, sheet = principal(school), sheet_of(round_, school)
    over = AT + timedelta(days=11)
    with pytest.raises(Conflict) as caught:
        actions.record_answers(sheet, said(sheet), by=by, at=over, why=WHY)
    assert code(caught) == "window-not-open"
    actions.record_answers(sheet, said(sheet), by=by, **BY)
    actions.close_round(round_, on=DAY, by=section(), **BY)
    for deed in (
        lambda: actions.send_sheet(sheet, on=DAY, by=by, **BY),
        lambda: actions.record_answers(sheet, said(sheet), by=by, **BY),
    ):
        with pytest.raises(Conflict) as caught:
            deed()
        assert code(caught) == "round-closed"
        assert "结束" in str(caught.value)
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("level", "role", "area"),
    [
        ("self", Role.COUNTY_OFFICER, HERE),
        ("self", Role.CITY_SECTION, "4108"),
        ("county", Role.COUNTY_OFFICER, THERE),
        ("county", Role.CITY_SECTION, "4108"),
        ("county", Role.AUDITOR, "4108"),
    ],
)
def test_who_may_not_fill_a_sheet_in(round_, school, level, role, area) -> None:
    sheet = sheet_of(round_, school, level)
    with pytest.raises(NotAllowed) as caught:
        actions.record_answers(sheet, said(sheet), by=makers.user(role, area=area), **BY)
    assert code(caught) == "sheet-not-yours"


def test_another_school_does_not_fill_in_this_one(round_, school) -> None:
    sheet = sheet_of(round_, school)
    with pytest.raises(NotAllowed):
        actions.record_answers(sheet, said(sheet), by=principal(makers.school()), **BY)


def test_a_room_above_sends_inspectors(round_, school) -> None:
    somebody, sheet = makers.user(Role.INSPECTOR, area=THERE), sheet_of(round_, school, "county")
    FILLERS.append(lambda one, by, at: by == somebody and one.pk == sheet.pk)
    try:
        assert fill(sheet, somebody).state == "sent"
    finally:
        FILLERS.pop()


def test_a_county_does_not_cross_check_itself(round_, school) -> None:
    facts = {"by": makers.user(Role.COUNTY_OFFICER, area=HERE), "at": AT, "why": WHY}
    for own in (None, Area.objects.get(pk=HERE)):
        with pytest.raises(Refusal) as caught:
            actions.begin_sheet(round_, school, "cross", by_area=own, **facts)
        assert code(caught) == "county-checks-itself"
    there = Area.objects.get(pk=THERE)
    with pytest.raises(NotAllowed):
        actions.begin_sheet(round_, school, "cross", by_area=there, **facts)
    sheet = actions.begin_sheet(round_, school, "cross", by_area=there, by=officer(THERE), **BY)
    again = actions.begin_sheet(round_, school, "cross", by_area=there, by=officer(THERE), **BY)
    assert sheet == again
    sheet = fill(sheet_of(round_, school, "cross"), officer(THERE), n1_1="fail")
    assert (sheet.inspection.level, sheet.inspection.by_area_id) == ("county", THERE)


def test_a_drawn_school_keeps_its_lot(round_, school) -> None:
    by = section()
    actions.begin_sheet(round_, school, "city", draw="ab12", by=by, **BY)
    sheet = fill(sheet_of(round_, school, "city"), by)
    assert (sheet.inspection.level, sheet.inspection.draw, sheet.inspection.findings) == ("city", "ab12", 0)


def test_what_is_not_in_the_round_is_not_begun(round_) -> None:
    senior = makers.school(kind="senior")
    with pytest.raises(NotFound) as caught:
        actions.begin_sheet(round_, senior, "city", by=section(), **BY)
    assert code(caught) == "school-not-in-round"


def test_all_levels_judge_what_the_school_was_when_it_was_first_asked(round_, school) -> None:
    school.boarding, school.kind = True, "nine_year"
    school.save()
    actions.begin_sheet(round_, school, "city", by=section(), **BY)
    assert set(said(sheet_of(round_, school, "city"))) == set(said(sheet_of(round_, school)))
