"""The steps of a project: planned, reached in their turn with proof, moved with a reason, reported by the school."""

from datetime import date, timedelta
from typing import Any

import pytest

from junheng.domains.projects.actions import cancel_project, explain, lay_plan, move, reach, report
from junheng.domains.projects.models import Milestone, Project, ProjectPayment
from junheng.domains.projects.queries.standing import late_steps, progress_of, standing
from junheng.domains.projects.queries.sums import by_county, total
from junheng.domains.projects.terms import HeldBy, ProjectState, Step
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.makers import AT
from tests.domains.projects.made import STARTED, planned, project, step

DAYS = {Step.INITIATED: date(2024, 3, 1), Step.BEGUN: date(2024, 5, 1), Step.ACCEPTED: date(2025, 5, 1)}
WHY = {"at": AT, "why": "按计划"}


@pytest.fixture
def county() -> User:
    return makers.user(Role.COUNTY_OFFICER, area="410802")


def refused(code: str, deed: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as told:
        deed(*args, **kwargs)
    assert told.value.code == code
    return told.value


def test_a_plan_is_laid_and_laid_anew_until_it_is_under_way(county: User) -> None:
    row = project(started_on=None)
    lay_plan(row, days=DAYS, by=county, **WHY)
    later = {key: day + timedelta(days=1) for key, day in DAYS.items()}
    lay_plan(row, days=later | {Step.OPENED: date(2025, 9, 1)}, by=county, **WHY)
    begun = step(row, Step.BEGUN)
    assert (begun.first_on, begun.planned_on) == (date(2024, 5, 2), date(2024, 5, 2))
    assert Milestone.objects.count() == 4
    refused("plan-lacks-steps", lay_plan, row, days=DAYS, by=county, **WHY)
    reach(step(row, Step.INITIATED), on=date(2024, 1, 2), number="发改〔2024〕1号", by=county, **WHY)
    refused("plan-under-way", lay_plan, row, days=later, by=county, **WHY)


@pytest.mark.parametrize(
    ("kind", "changed", "code"),
    [
        ("new", {Step.ACCEPTED: None}, "plan-without-acceptance"),
        ("new", {Step.BEGUN: date(2024, 2, 29)}, "plan-days-not-in-order"),
        ("new", {Step.BEGUN: date(2024, 3, 1)}, ""),
        ("equip", {}, "plan-step-of-another-kind"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    county: User, kind: str, changed: dict[Step, Any], code: str
) -> None:
    days = {key: day for key, day in (DAYS | changed).items() if day is not None}
    if code:
        refused(code, lay_plan, project(kind=kind), days=days, by=county, **WHY)
    else:
        assert len(lay_plan(project(kind=kind), days=days, by=county, **WHY)) == 3


def test_a_step_is_reached_in_its_turn_with_a_number(county: User) -> None:
    row = planned(upto=Step.BEGUN, started_on=None)
    begun = step(row, Step.BEGUN)
    waits = refused(
        "milestone-before-its-turn",
        reach,
        step(row, Step.STRUCTURE),
        on=date(2023, 6, 1),
        number="1",
        by=county,
        **WHY,
    )
    assert "「开工」还没有完成" in str(waits)
    refused("milestone-day-before-earlier", reach, begun, on=date(2023, 1, 29), number="1", by=county, **WHY)
    refused("milestone-without-proof", reach, begun, on=STARTED, number=" ", by=county, **WHY)
    refused("day-to-come", reach, begun, on=date(2024, 1, 11), number="1", by=county, **WHY)
    assert Project.objects.get().started_on is None
    done = reach(begun, on=STARTED, number="施工许可 1 号", by=county, **WHY)
    assert (done.reached_on, done.reached_by, Project.objects.get().started_on) == (
        STARTED,
        county.username,
        STARTED,
    )
    refused("milestone-reached", reach, begun, on=STARTED, number="2", by=county, **WHY)
    for other in (Step.STRUCTURE, Step.COMPLETED):
        reach(step(row, other), on=date(2023, 7, 1), number="3", by=county, **WHY)
    refused(
        "acceptance-is-a-deed",
        reach,
        step(row, Step.ACCEPTED),
        on=date(2023, 8, 1),
        number="4",
        by=county,
        **WHY,
    )


def test_building_begins_on_the_day_that_the_register_has(county: User) -> None:
    row = planned(upto=Step.BEGUN, started_on=STARTED)
    told = refused(
        "begun-on-another-day",
        reach,
        step(row, Step.BEGUN),
        on=date(2023, 3, 2),
        number="1",
        by=county,
        **WHY,
    )
    assert "2023-03-01" in str(told)


def test_a_day_is_moved_with_a_reason_and_the_first_is_kept(county: User) -> None:
    row = planned(upto=Step.COMPLETED)
    done = step(row, Step.COMPLETED)
    first = done.planned_on
    facts = {"held_by": HeldBy.MONEY, "words": "第二批未到位", "by": county} | WHY
    before = refused("moved-before-earlier-step", move, done, planned_on=date(2023, 3, 30), **facts)
    assert "「主体」" in str(before)
    moved = move(done, planned_on=date(2024, 1, 10), **facts)
    assert (moved.first_on, moved.planned_on, moved.held_by) == (first, date(2024, 1, 10), "money")
    assert Entry.objects.last().before["planned_on"] == str(first)  # type: ignore[union-attr, index]


def test_a_school_reports_and_the_county_registers(county: User) -> None:
    school = makers.school()
    row = planned(upto=Step.STRUCTURE, school=school, kind="extend")
    head = makers.user(Role.PRINCIPAL, area="410802", school=school)
    told = report(row, on=date(2023, 4, 1), words="主体封顶", by=head, **WHY)
    assert (told.step, told.reported_on, told.reached_on) == ("structure", date(2023, 4, 1), None)
    for deed in (
        lambda: reach(told, on=date(2023, 4, 1), number="1", by=head, **WHY),
        lambda: move(told, planned_on=date(2024, 6, 1), held_by=HeldBy.OTHER, words="", by=head, **WHY),
        lambda: lay_plan(row, days=DAYS, by=head, **WHY),
        lambda: explain(row, held_by=HeldBy.OTHER, words="", by=head, **WHY),
    ):
        with pytest.raises(NotAllowed):
            deed()
    other = makers.user(Role.PRINCIPAL, area="410802", school=makers.school())
    with pytest.raises(NotAllowed):
        report(row, on=date(2023, 4, 1), words="", by=other, **WHY)
    assert reach(told, on=date(2023, 4, 1), number="验 1", by=county, **WHY).reached_on == date(2023, 4, 1)


def test_why_it_is_not_done_stands_at_the_next_step(county: User) -> None:
    row = planned(upto=Step.STRUCTURE)
    waits = explain(row, held_by=HeldBy.PERMIT, words="消防补正", by=county, **WHY)
    assert (waits.step, waits.held_by, waits.planned_on) == ("structure", "permit", waits.first_on)
    refused("project-unplanned", explain, project(), held_by=HeldBy.PERMIT, words="", by=county, **WHY)
    cancel_project(row, on=date(2023, 9, 1), by=county, **WHY)
    with pytest.raises(Conflict):
        explain(row, held_by=HeldBy.PERMIT, words="", by=county, **WHY)
    with pytest.raises(Conflict):
        reach(waits, on=date(2023, 9, 1), number="1", by=county, **WHY)


def test_late_from_the_day_after_the_planned_one() -> None:
    row = planned(upto=Step.OPENED, accepted_on=date(2023, 6, 1), budget_fen=700)
    given_up = planned(cancelled_on=date(2023, 3, 1), area_id="410811", budget_fen=900)
    open_one = project(area_id="410811", budget_fen=100)
    [opened] = Milestone.objects.filter(project=row, reached_on=None)
    for day, late in ((opened.planned_on, 0), (opened.planned_on + timedelta(days=1), 1)):
        assert late_steps(day).count() == late
        [told, gone] = progress_of([row, given_up], on=day)
        assert (len(told.late), told.reached, gone.late, gone.next) == (late, 7, [], None)
        found = set(Project.objects.filter(standing(ProjectState.LATE, on=day)))
        assert found == ({row} if late else set())
    after = opened.planned_on + timedelta(days=1)
    assert list(Project.objects.filter(standing(ProjectState.UNPLANNED, on=after))) == [open_one]
    counties = by_county(Project.objects.all(), ProjectPayment.objects.all(), on=after)
    assert [
        (one.code, one.projects, one.accepted, one.running, one.late, one.unplanned) for one in counties
    ] == [
        ("410802", 1, 1, 0, 1, 0),
        ("410811", 2, 0, 1, 0, 1),
    ]
    assert [one.budget_fen for one in (*counties, total(counties))] == [700, 100, 800]
