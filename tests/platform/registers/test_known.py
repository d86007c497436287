"""A register as it was known on a day: compared with a plain replay of what was written, and asked by every surface."""

import json
import random
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.kernel.errors import Refusal
from junheng.platform.audit.append import append_many, record_batch
from junheng.platform.audit.chain import Draft
from junheng.platform.audit.history import last_entry_by
from junheng.platform.audit.models import Entry
from junheng.platform.audit.save import columns_of, save_row
from junheng.platform.registers import every_register, known, listing
from junheng.platform.registers.known import as_known
from junheng.platform.registers.shadows import SPELLED_OUT
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
START = date(2022, 1, 1)
SCHOOLS = every_register()["schools"]


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)


def written(row: Any, day: date) -> None:
    save_row(row, by="xiugai", at=noon(day), why="更正")


def city() -> Any:
    user = cast.who_may(SCHOOLS, "view", area=CITY)
    assert user is not None
    return cast.asker(user)


def history(seed: int) -> tuple[dict[date, dict[int, dict[str, Any]]], list[date]]:
    """Schools made, renamed, moved and ended on random days, and what each day ended with."""
    dice = random.Random(seed)
    rows = [make(School, where=dice.choice([HERE, THERE])) for _ in range(4)]
    days = [START + timedelta(days=number) for number in range(25)]
    states: dict[date, dict[int, dict[str, Any]]] = {}
    for day in days:
        for _ in range(dice.randrange(3)):
            deed = dice.choice(["new", "name", "area", "until", "phone", "boarding"])
            if deed == "new":
                fresh = School(
                    code=f"2141{seed:02}{len(rows):04}", name=f"新校{len(rows)}", area_id=HERE, kind="primary",
                    nature="public", location="urban", since=date(2020, 9, 1),
                )  # fmt: skip
                written(fresh, day)
                rows.append(fresh)
                continue
            row = dice.choice(rows)
            match deed:
                case "name":
                    row.name = f"校名{dice.randrange(1000)}"
                case "area":
                    row.area_id = dice.choice([HERE, THERE, f"{HERE}001"])
                case "until":
                    row.until = dice.choice([None, date(2023, 12, 20), date(2024, 7, 15)])
                case "phone":
                    row.phone = f"0000-{dice.randrange(10**7):07}"
                case "boarding":
                    row.boarding = not row.boarding
            written(row, day)
        states[day] = {row.pk: columns_of(row) for row in School.objects.all()}
    return states, days


@pytest.mark.parametrize("seed", range(6))
def test_every_day_of_a_random_history_is_what_a_replay_says(seed: int) -> None:
    states, days = history(seed)
    asker = city()
    for day in days:
        with as_known(SCHOOLS, day, asker=asker):
            found = {row.pk: columns_of(row) for row in School.objects.all()}
        assert found == states[day]
    assert {row.pk: columns_of(row) for row in School.objects.all()} == states[days[-1]]


@pytest.mark.parametrize("seed", range(3))
def test_filters_search_and_order_work_on_the_older_values(seed: int) -> None:
    states, days = history(seed + 50)
    asker = city()
    for day in days[::6]:
        old = states[day]
        for name, expected in (
            ({"area": HERE}, {k for k, v in old.items() if v["area_id"].startswith(HERE)}),
            ({"boarding": "1"}, {k for k, v in old.items() if v["boarding"]}),
            ({"q": "校名"}, {k for k, v in old.items() if "校名" in v["name"]}),
        ):
            query = listing.read_query(SCHOOLS, {"on": "all", "known": str(day), **name}, default_day=day)
            with as_known(SCHOOLS, query.known, asker=asker):
                assert {row.pk for row in listing.rows_for(SCHOOLS, asker, query)} == expected
        query = listing.read_query(SCHOOLS, {"on": "all", "sort": "-code"}, default_day=day)
        with as_known(SCHOOLS, day, asker=asker):
            codes = [row.code for row in listing.rows_for(SCHOOLS, asker, query)]
        assert codes == sorted((one["code"] for one in old.values()), reverse=True)


def test_a_batch_counts_from_its_time(monkeypatch: Any) -> None:
    rows = [make(School) for _ in range(5)]
    first = min(row.pk for row in rows)
    for number in (0, 2, 4):
        record_batch(
            School, first_row=first + number, last_row=first + number, count=1, digest="0" * 64,
            source="名单.xlsx", by="daoru", at=noon(START), why="导入",
        )  # fmt: skip
    asker = city()
    kept = {first + 1, first + 3}
    with as_known(SCHOOLS, START - timedelta(days=1), asker=asker):
        assert set(School.objects.values_list("pk", flat=True)) == kept
    with as_known(SCHOOLS, START, asker=asker):
        assert School.objects.count() == 5
    monkeypatch.setattr("junheng.platform.registers.shadows.SPELLED_OUT", 1)
    assert SPELLED_OUT > 1
    with as_known(SCHOOLS, START - timedelta(days=1), asker=asker):
        assert set(School.objects.values_list("pk", flat=True)) == kept


def test_the_scope_is_where_the_row_lay_then() -> None:
    school = make(School, where=HERE)
    school.area_id = THERE
    written(school, START)
    before = START - timedelta(days=1)
    here, there = (
        cast.asker(cast.who_may(SCHOOLS, "view", area=area))  # type: ignore[arg-type]
        for area in (HERE, THERE)
    )
    for day, asker, seen in (
        (before, here, True),
        (before, there, False),
        (START, here, False),
        (START, there, True),
    ):
        with as_known(SCHOOLS, day, asker=asker):
            assert asker.within(SCHOOLS.rows(), SCHOOLS, "view").exists() is seen


def test_a_sealed_register_does_not_open_by_going_back() -> None:
    """Who may no longer see a child does not see it by asking for an earlier day."""
    register = next(
        one
        for one in every_register().values()
        if one.readers is not None and one.area == "area" and cast.role_for(one, "view")
    )
    row = make(register.model, where=HERE)
    before = Draft(
        noon(START), "xiugai", "迁出", "change", register.model._meta.label_lower, row=row.pk,
        before={"area_id": THERE}, after={"area_id": HERE},
    )  # fmt: skip
    append_many([before])
    there = cast.asker(cast.who_may(register, "view", area=THERE))  # type: ignore[arg-type]
    with as_known(register, START - timedelta(days=1), asker=there):
        assert not there.within(register.rows(), register, "view").exists()
    assert there.within(register.rows(), register, "view").count() == 0


def test_what_is_found_by_number_is_found_by_its_older_number() -> None:
    register = every_register()["pupils"]
    pupil = make(Pupil, id_number="11010119900307123X")
    pupil = Pupil.objects.get(pk=pupil.pk)
    pupil.id_number = "110101199003071000"
    written(pupil, START)
    user = cast.who_may(register, "unmask", area=CITY)
    if user is None:
        pytest.skip("nobody over the city unmasks pupils")
    asker = cast.asker(user)
    for text, now, then in (("11010119900307123X", 0, 1), ("110101199003071000", 1, 0)):
        for day, count in ((None, now), (START - timedelta(days=1), then)):
            query = listing.read_query(register, {"on": "all", "q": text}, default_day=START)
            with as_known(register, day, asker=asker):
                assert listing.rows_for(register, asker, query).count() == count


def test_relations_are_called_as_they_were(client: Client) -> None:
    register = every_register()["classes"]
    one = make(SchoolClass)
    before = one.school.name
    one.school.name = "改名以后的学校"
    written(one.school, START)
    client.force_login(cast.who_may(register, "view", area=CITY))  # type: ignore[arg-type]
    address = reverse("registers:list", args=["classes"])
    then = client.get(address, {"on": "all", "known": str(START - timedelta(days=1))}).content.decode()
    now = client.get(address, {"on": "all"}).content.decode()
    assert before in then.split('id="results"')[1]
    assert "改名以后的学校" not in then.split('id="results"')[1].split("<tbody>")[1]
    assert "改名以后的学校" in now


def test_pages_say_so_and_offer_nothing_to_change(client: Client) -> None:
    school = make(School)
    old = school.name
    school.name = "新名学校"
    written(school, START)
    client.force_login(cast.who_may(SCHOOLS, "change", area=CITY))  # type: ignore[arg-type]
    day = str(START - timedelta(days=1))
    listed = client.get(reverse("registers:list", args=["schools"]), {"on": "all", "known": day})
    assert old in listed.content.decode()
    assert f"按 {day} 当天掌握的情况显示" in listed.content.decode()
    assert reverse("registers:new", args=["schools"]) not in listed.content.decode()
    detail = client.get(reverse("registers:detail", args=["schools", school.pk]), {"known": day})
    text = detail.content.decode()
    assert old in text
    assert "新名学校" not in text
    assert f"按 {day} 当天掌握的情况显示" in text
    assert reverse("registers:edit", args=["schools", school.pk]) not in text
    assert (
        client.get(reverse("registers:list", args=["schools"]), {"known": "昨天"})["X-Refusal"] == "bad-known"
    )


def test_export_has_the_older_values_and_says_so_in_its_name(client: Client) -> None:
    school = make(School)
    old = school.name
    school.name = "新名学校"
    written(school, START)
    client.force_login(cast.who_may(SCHOOLS, "export", area=CITY))  # type: ignore[arg-type]
    day = str(START - timedelta(days=1))
    answer = client.get(
        reverse("registers:export", args=["schools"]), {"format": "csv", "on": "all", "known": day}
    )
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert old in content
    assert "新名学校" not in content
    assert day in answer["Content-Disposition"]


def test_the_api_gives_the_values_of_the_day(client: Client) -> None:
    school = make(School)
    old, late = school.name, make(School)
    late_entry = School(
        code="2141999999", name="后录的学校", area_id=HERE, kind="primary", nature="public", location="urban",
        since=date(2020, 9, 1),
    )  # fmt: skip
    written(late_entry, START)
    school.name, school.until = "新名学校", date(2023, 12, 1)
    written(school, START)
    day = str(START - timedelta(days=1))
    address = reverse("api:register", args=["schools"])

    def asked(**given: str) -> dict[int, str]:
        answer = json.loads(client.get(address, given).content)
        return {row["id"]: row["name"] for row in answer["rows"]}

    assert asked(as_of=day) == {late_entry.pk: late_entry.name}
    day = str(date(2023, 10, 1))
    school.name = "再次改名"
    written(school, date(2023, 11, 1))
    assert asked(as_of=day) == {school.pk: "新名学校", late.pk: late.name, late_entry.pk: "后录的学校"}
    assert asked(as_of=day, known="now")[school.pk] == "再次改名"
    assert asked(as_of=day, known="2021-12-31") == {school.pk: old, late.pk: late.name}
    row = reverse("api:row", args=["schools", school.pk])
    assert json.loads(client.get(row, {"known": "2021-12-31"}).content)["name"] == old
    assert client.get(row, {"known": "x"}).status_code == 400
    gone = reverse("api:row", args=["schools", late_entry.pk])
    assert client.get(gone, {"known": "2021-12-31"}).status_code == 404


def test_pages_of_the_api_stay_in_the_same_past(client: Client) -> None:
    rows = [make(School) for _ in range(5)]
    names = {row.pk: row.name for row in rows}
    for row in rows:
        row.name = "都改了"
        written(row, START)
    address = reverse("api:register", args=["schools"])
    answer = client.get(address, {"size": "2", "known": "2021-12-31", "as_of": "all", "sort": "name"})
    found: dict[int, str] = {}
    while True:
        page = json.loads(answer.content)
        found |= {row["id"]: row["name"] for row in page["rows"]}
        if page["next"] is None:
            break
        answer = client.get(page["next"])
    assert found == names


def test_the_number_of_questions_does_not_grow(client: Client) -> None:
    client.force_login(cast.who_may(SCHOOLS, "view", area=CITY))  # type: ignore[arg-type]
    address = reverse("registers:list", args=["schools"])

    def cost(number: int) -> int:
        for _ in range(number):
            school = make(School)
            school.name += "改"
            written(school, START)
        with CaptureQueriesContext(connection) as asked:
            client.get(address, {"on": "all", "known": "2021-12-31"})
        return len(asked)

    cost(1)
    assert cost(1) == cost(12)


def test_too_much_to_undo_is_refused_with_a_sentence(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(known, "MOST", 3)
    for _ in range(4):
        school = make(School)
        school.name += "改"
        written(school, START)
    with pytest.raises(Refusal, match="超过 3 处"), as_known(SCHOOLS, date(2021, 1, 1), asker=city()):
        pass
    client.force_login(cast.who_may(SCHOOLS, "view", area=CITY))  # type: ignore[arg-type]
    page = client.get(reverse("registers:list", args=["schools"]), {"known": "2021-01-01"})
    assert (page.status_code, page["X-Refusal"]) == (400, "known-too-far-back")


def test_the_last_entry_by_a_day_is_found_by_halving() -> None:
    assert last_entry_by(START) == 0
    school = make(School)
    for number in range(17):
        school.phone = f"{number}"
        written(school, START + timedelta(days=2 * number))
    for number in range(40):
        day = START + timedelta(days=number - 2)
        expected = Entry.objects.filter(at__lt=noon(day) + timedelta(hours=12)).count()
        assert last_entry_by(day) == expected
    assert last_entry_by(date.max) == 17
    assert last_entry_by(date.min) == 0
