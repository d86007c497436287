"""What changed since one last looked: others' deeds in one's scope, from what to what, at one price."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.domains.waters.models import Water
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import record, record_batch
from junheng.platform.audit.save import save_row
from junheng.platform.changes.actions import mark_seen
from junheng.platform.changes.models import Look
from junheng.platform.changes.queries import arrived, by_register, count_for, entries_for, last_look, news_for
from tests import cast
from tests.makers import areas, make
from tests.makers.rows import HERE, THERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return cast.somebody(Role.COUNTY_OFFICER)


def rename(row: School, name: str, *, by: str = "li") -> None:
    row.name = name
    save_row(row, by=by, at=cast.NOW, why="更名")


def names(user: User) -> list[str]:
    return [one.name for group in news_for(cast.asker(user)).groups for one in group.rows]


def test_it_says_from_what_to_what_and_by_whom(officer: User) -> None:
    school = make(School, name="旧名")
    rename(school, "新名")
    moved = make(School, name="迁址")
    moved.area = areas()[f"{HERE}001"]
    save_row(moved, by=cast.somebody(Role.CITY_SECTION), at=cast.NOW, why="撤并")
    [group] = news_for(cast.asker(officer)).groups
    (later, first) = group.rows
    [event] = first.events
    assert (event.who, event.why) == ("li", "更名")
    assert [(step.before, step.after) for step in event.steps] == [("旧名", "新名")]
    assert [(step.before, step.after) for step in later.events[0].steps] == [("解放区", "民生街道")]
    assert later.events[0].who == "市局科室"
    assert count_for(cast.asker(officer)) == (2, False)


def test_neither_others_scopes_nor_ones_own_deeds_nor_readings_are_news(officer: User) -> None:
    rename(make(School, where=THERE, name="界外"), "界外新名")
    rename(make(School, name="自己改的"), "自己新名", by=officer.username)
    record(make(Pupil), "read", by="li", at=cast.NOW, why="核对")
    assert names(officer) == []
    assert count_for(cast.asker(officer)) == (0, False)
    assert names(cast.stranger()) == []


def test_sensitive_values_stay_masked(officer: User) -> None:
    pupil = make(Pupil, name="王小明")
    pupil.name = "张大山"
    save_row(pupil, by="li", at=cast.NOW, why="更正")
    client = Client()
    client.force_login(officer)
    page = client.get("/changes/").content.decode()
    assert "王**" in page
    assert not {"王小明", "张大山"} & {word for word in ("王小明", "张大山") if word in page}


def test_what_was_seen_is_new_no_more_and_what_came_since_is(officer: User) -> None:
    rename(make(School), "甲校")
    client = Client()
    client.force_login(officer)
    page = client.get("/changes/")
    upto = page.context["news"].upto
    rename(make(School), "乙校")
    assert client.post("/changes/seen/", {"upto": upto}, follow=True).status_code == 200
    assert names(officer) == ["乙校"]
    assert "甲校" not in client.get("/changes/").content.decode()
    mark_seen(cast.asker(officer), 10**17)
    assert names(officer) == []
    rename(make(School), "丙校")
    assert names(officer) == ["丙校"]
    mark_seen(cast.asker(officer), 1)
    assert names(officer) == ["丙校"]
    assert client.post("/changes/seen/", {"upto": "x"}).status_code == 400
    assert client.get("/changes/seen/").status_code == 405
    assert Look.objects.count() == 1


def test_rows_of_a_batch_are_counted_within_the_scope(officer: User) -> None:
    rows = [make(School), make(School, where=THERE), make(School)]
    record_batch(
        School,
        first_row=rows[0].pk,
        last_row=rows[-1].pk,
        count=3,
        digest="0" * 64,
        source="名单",
        by="li",
        at=cast.NOW,
        why="导入",
    )
    [group] = news_for(cast.asker(officer)).groups
    assert (group.arrived, group.count) == (2, 0)
    assert count_for(cast.asker(officer)) == (1, False)


def test_batches_that_touch_are_one_run_and_a_gap_stays_out(officer: User) -> None:
    rows = [make(School) for _one in range(7)]
    for first, last in ((4, 5), (0, 1), (2, 2), (1, 2)):
        record_batch(
            School,
            first_row=rows[first].pk,
            last_row=rows[last].pk,
            count=last - first + 1,
            digest="0" * 64,
            source="名单",
            by="li",
            at=cast.NOW,
            why="导入",
        )
    asker = cast.asker(officer)
    entries = list(entries_for(asker, last_look(asker)))
    with CaptureQueriesContext(connection) as asked:
        assert list(arrived(by_register(entries), asker).values()) == [5]
    assert asked[0]["sql"].count("BETWEEN") == 2, "three that touch are one"
    assert count_for(asker) == (1, False)


def test_the_number_on_the_first_page_is_that_of_the_page_behind_it(officer: User) -> None:
    for row in (make(School), make(School, where=THERE), make(Pupil).school):
        rename(row, f"{row.pk}校")
    batch = [make(School) for _one in range(2)]
    record_batch(
        School,
        first_row=batch[0].pk,
        last_row=batch[1].pk,
        count=2,
        digest="0" * 64,
        source="名单",
        by="li",
        at=cast.NOW,
        why="导入",
    )
    asker = cast.asker(officer)
    assert count_for(asker) == (news_for(asker).count, False) == (3, False)


def test_counting_costs_the_same_for_one_register_and_for_many(officer: User) -> None:
    def price() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert count_for(cast.asker(officer))[0] > 0
        return len(asked)

    rename(make(School), "新名")
    price()  # the rights are read once
    alone = price()
    for model in (Pupil, SchoolClass, Water, Kindergarten):
        row = make(model)
        record(row, "create", by="li", at=cast.NOW, why="新增")
    assert count_for(cast.asker(officer)) == (5, False)
    assert price() == alone


def test_what_somebody_sees_nothing_of_counts_nothing() -> None:
    record(make(Water), "create", by="li", at=cast.NOW, why="新增")
    assert count_for(cast.asker(cast.somebody(Role.COUNTY_OFFICER, area=THERE))) == (0, False)
    assert count_for(cast.asker(cast.somebody(Role.PRINCIPAL, school=make(School)))) == (0, False)


def test_it_costs_the_same_for_one_change_and_for_many(officer: User) -> None:
    def change() -> None:
        school = make(School)
        school.area = areas()[f"{HERE}001"]
        school.name = f"{school.pk} 校"
        save_row(school, by=cast.somebody(Role.CITY_SECTION), at=cast.NOW, why="更名")

    def price() -> int:
        user = User.objects.get(pk=officer.pk)
        with CaptureQueriesContext(connection) as queries:
            news_for(cast.asker(user))
        return len(queries)

    change()
    one = price()
    for _ in range(12):
        change()
    assert price() == one
