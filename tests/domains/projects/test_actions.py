from datetime import date
from typing import Any

import pytest

from junheng.domains.projects.actions import cancel_project
from junheng.domains.projects.models import Project, ProjectAcceptance
from junheng.domains.projects.terms import Step
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.makers import AT
from tests.domains.projects import made
from tests.domains.projects.made import accept, planned, step

LATE_START = date(2023, 4, 30)
"""A beginning on the day on which the last step before the acceptance is reached."""


@pytest.fixture
def section() -> User:
    return makers.user(Role.CITY_SECTION)


def project(**given: Any) -> Project:
    """One that has come as far as its acceptance."""
    return planned(upto=Step.ACCEPTED, **given)


def test_accepting_enters_day_places_and_record_together(section: User) -> None:
    row = project(places_after=0)
    accepted = accept(row, section, classes=6, per_class=30)
    assert (accepted.accepted_on, accepted.places_after) == (date(2023, 8, 1), 180)
    assert Entry.objects.get(table="projects.project").after == {
        "accepted_on": "2023-08-01",
        "places_after": 180,
    }
    record = ProjectAcceptance.objects.get(project=row)
    assert (record.number, record.classes, record.per_class, record.places) == ("示验〔2023〕1号", 6, 30, 180)
    reached = step(row, Step.ACCEPTED)
    assert (reached.reached_on, reached.number) == (date(2023, 8, 1), "示验〔2023〕1号")


@pytest.mark.parametrize(
    ("kind", "before", "after", "code"),
    [
        ("new", 0, 1, None),
        ("new", 0, 0, "project-without-places"),
        ("extend", 180, 180, None),
        ("extend", 180, 179, "project-fewer-places"),
        ("repair", 180, 0, None),
    ],
)
def test_places_are_what_the_kind_allows(
    section: User, kind: str, before: int, after: int, code: str | None
) -> None:
    row = project(kind=kind, places_before=before)
    if code is None:
        assert accept(row, section, places_after=after).places_after == after
        return
    with pytest.raises(Refusal) as refused:
        accept(row, section, places_after=after)
    assert refused.value.code == code


def test_a_new_building_without_places_is_told_how_many(section: User) -> None:
    with pytest.raises(Refusal) as refused:
        accept(project(places_before=180), section, places_after=180)
    assert str(refused.value) == (
        "新建项目须有新增学位：建设前 180 个，建设后只有 180 个。请按验收的班数核定学位后再办理。"
    )


@pytest.mark.parametrize(("on", "fine"), [(LATE_START, True), (date(2023, 4, 29), False)])
def test_not_before_it_started(section: User, on: date, fine: bool) -> None:
    row = project(started_on=LATE_START)
    if fine:
        assert accept(row, section, on=on).accepted_on == on
        return
    with pytest.raises(Refusal) as refused:
        accept(row, section, on=on)
    assert str(refused.value) == "验收日 2023-04-29 早于开工日 2023-04-30。请核对日期。"


def test_what_never_started_is_not_accepted(section: User) -> None:
    with pytest.raises(Refusal) as refused:
        accept(project(started_on=None), section)
    assert str(refused.value) == "示例幼儿园新建项目还没有开工日，不能验收。请先补登开工日。"


def test_once_accepted_neither_accepted_nor_cancelled(section: User) -> None:
    row = accept(project(), section)
    for again in (lambda: accept(row, section), lambda: cancel(row, section)):
        with pytest.raises(Conflict) as refused:
            again()
        assert str(refused.value) == (
            "示例幼儿园新建项目已于 2023-08-01 竣工验收，没有再次办理。如验收有误，请另行登记更正。"
        )


def test_once_cancelled_not_accepted(section: User) -> None:
    row = cancel(project(), section)
    with pytest.raises(Conflict) as refused:
        accept(row, section)
    assert str(refused.value) == "示例幼儿园新建项目已于 2023-06-01 取消，不能再办理。"


def test_a_county_accepts_its_own_only_and_a_school_nothing() -> None:
    school = makers.school()
    row = project(school=school, kind="extend")
    for stranger in (
        makers.user(Role.COUNTY_OFFICER, area="410811"),
        makers.user(Role.PRINCIPAL, area="410802", school=school),
    ):
        with pytest.raises(NotAllowed):
            accept(row, stranger, classes=4, per_class=45)
        with pytest.raises(NotAllowed):
            cancel(row, stranger)
    assert accept(
        Project.objects.get(), makers.user(Role.COUNTY_OFFICER, area="410802"), classes=4, per_class=45
    ).accepted_on


def test_other_places_than_approved_wait_for_the_city() -> None:
    row = project(places_after=150)
    county = makers.user(Role.COUNTY_OFFICER, area="410802")
    with pytest.raises(Refusal) as refused:
        accept(row, county)
    assert refused.value.code == "places-need-approval"
    assert Project.objects.get().accepted_on is None
    assert accept(row, makers.user(Role.CITY_SECTION)).places_after == 180


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"classes": 6, "per_class": 30}, None),
        ({"classes": 6, "per_class": 29}, "places-do-not-fit-classes"),
        ({"classes": 6, "per_class": 29, "difference": "大班 36 人，批复 3 号"}, None),
        ({"classes": 5, "per_class": 36}, "classes-above-standard"),
        ({"classes": 5, "per_class": 36, "difference": "批复 3 号"}, None),
    ],
)
def test_places_follow_from_classes_or_are_explained(
    section: User, said: dict[str, Any], code: str | None
) -> None:
    row = project(kindergarten=makers.kindergarten())
    if code is None:
        assert accept(row, section, **said).accepted_on
        return
    with pytest.raises(Refusal) as refused:
        accept(row, section, **said)
    assert refused.value.code == code


def test_an_accepted_kindergarten_has_its_new_places(section: User) -> None:
    own = makers.kindergarten()
    accept(project(kindergarten=own), section, classes=6, per_class=30)
    own.refresh_from_db()
    assert own.capacity == 180
    assert Entry.objects.get(table="kindergartens.kindergarten").after == {"capacity": 180}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "ground-without-report"),
        ({"report_number": "J-1"}, "ground-without-report"),
        ({"report_number": "J-1", "report_verdict": "unfit"}, "ground-unfit"),
        ({"report_number": "J-1", "report_verdict": "fit"}, None),
    ],
)
def test_a_sports_ground_needs_a_test_that_it_passed(
    section: User, said: dict[str, Any], code: str | None
) -> None:
    row = project(kind="upgrade", programme="sports_ground", school=makers.school(), places_after=0)
    if code is None:
        assert accept(row, section, places_after=0, **said).accepted_on
        return
    with pytest.raises(Refusal) as refused:
        accept(row, section, places_after=0, **said)
    assert refused.value.code == code


def test_not_accepted_without_plan_or_before_the_steps(section: User) -> None:
    with pytest.raises(Refusal) as refused:
        accept(made.project(), section)
    assert refused.value.code == "project-unplanned"
    with pytest.raises(Refusal) as refused:
        accept(planned(upto=Step.COMPLETED), section)
    assert str(refused.value) == "「竣工」还没有完成，不能先登记「验收」。请先登记前面的节点及其依据文号。"
    assert not Project.objects.exclude(accepted_on=None).exists()


def cancel(row: Project, by: User) -> Project:
    return cancel_project(row, on=date(2023, 6, 1), by=by, at=AT, why="规划调整")
