from datetime import date
from typing import Any

import pytest

from junheng.domains.projects.actions import accept_project, cancel_project
from junheng.domains.projects.models import Project
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.makers import AT

STARTED = date(2023, 3, 1)


@pytest.fixture
def section() -> User:
    return makers.user(Role.CITY_SECTION)


def project(**given: Any) -> Project:
    facts: dict[str, Any] = {
        "code": "X-1",
        "name": "示例幼儿园新建项目",
        "area_id": "410802",
        "programme": "kg_building",
        "kind": "new",
        "started_on": STARTED,
        "places_before": 0,
        "places_after": 0,
    }
    return Project.objects.create(**facts | given)


def accept(row: Project, by: User, *, on: date = date(2023, 8, 1), places_after: int = 180) -> Project:
    return accept_project(row, on=on, places_after=places_after, by=by, at=AT, why="竣工验收备案表")


def test_accepting_enters_day_and_places_together(section: User) -> None:
    accepted = accept(project(), section)
    assert (accepted.accepted_on, accepted.places_after) == (date(2023, 8, 1), 180)
    entry = Entry.objects.get()
    assert entry.after == {"accepted_on": "2023-08-01", "places_after": 180}


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


@pytest.mark.parametrize(("on", "fine"), [(STARTED, True), (date(2023, 2, 28), False)])
def test_not_before_it_started(section: User, on: date, fine: bool) -> None:
    row = project()
    if fine:
        assert accept(row, section, on=on).accepted_on == on
        return
    with pytest.raises(Refusal) as refused:
        accept(row, section, on=on)
    assert str(refused.value) == "验收日 2023-02-28 早于开工日 2023-03-01。请核对日期。"


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


def test_a_county_accepts_its_own_only() -> None:
    with pytest.raises(NotAllowed):
        accept(project(), makers.user(Role.COUNTY_OFFICER, area="410811"))
    assert accept(Project.objects.get(), makers.user(Role.COUNTY_OFFICER, area="410802")).accepted_on


def cancel(row: Project, by: User) -> Project:
    return cancel_project(row, on=date(2023, 6, 1), by=by, at=AT, why="规划调整")
