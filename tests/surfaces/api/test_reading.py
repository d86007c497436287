"""Reading by program: pages that neither skip nor repeat, fields one chooses, and questions that are refused."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from junheng.domains.kindergartens.models import Kindergarten, Recognition
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from tests import cast
from tests.makers import make, make_many
from tests.makers.rows import AT, HERE
from tests.surfaces.api.cases import Program, program_of, told

pytestmark = pytest.mark.django_db
LIST = "/api/registers/schools/"


def officer(**given: Any) -> Program:
    return program_of(cast.somebody("county_officer", **given), scope="read")


def all_pages(program: Program, address: str) -> list[dict[str, Any]]:
    """Every row, page after page."""
    rows: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        answer = program.get(following)
        assert answer.status_code == 200, answer.content
        rows += told(answer)["rows"]
        following = told(answer)["next"]
    return rows


@pytest.mark.parametrize("order", ["", "name", "-name", "since", "-since"])
def test_pages_hold_every_row_once_in_order(order: str) -> None:
    for number, school in enumerate(make_many(School, 7)):
        school.since = date(2020, 1 + number % 3, 1)
        school.save()
    rows = all_pages(officer(), f"{LIST}?as_of=all&size=2&fields=name,since&sort={order}")
    assert sorted(row["id"] for row in rows) == sorted(School.objects.values_list("pk", flat=True))
    name = order.removeprefix("-") or "id"
    keys = [row[name] for row in rows]
    assert keys == sorted(keys, reverse=order.startswith("-"))


@pytest.mark.parametrize("order", ["since", "-since"])
def test_empty_values_come_first_and_last_the_other_way_round(order: str) -> None:
    for number in range(4):
        day = date(2023, 9, 1 + number % 2)
        make(Recognition, decision="recognised", decided_on=day, since=day)
        make(Recognition)
    rows = all_pages(officer(), f"/api/registers/recognitions/?as_of=all&size=1&sort={order}")
    assert len({row["id"] for row in rows}) == len(rows) == 8
    days = [row["since"] or "" for row in rows]
    assert days == sorted(days, reverse=order.startswith("-"))
    assert days.count("") == 4


def test_rows_written_meanwhile_are_neither_skipped_nor_repeated() -> None:
    first = make_many(School, 5)
    program = officer()
    page = told(program.get(LIST, {"as_of": "all", "size": "2"}))
    late = make(School)
    rest = all_pages(program, page["next"])
    found = [row["id"] for row in page["rows"] + rest]
    assert found == [one.pk for one in [*first, late]]


def test_a_cursor_belongs_to_its_question() -> None:
    make_many(School, 3)
    program = officer()
    following = told(program.get(LIST, {"as_of": "all", "size": "1"}))["next"]
    cursor = following.split("cursor=")[1]
    for other in (f"{LIST}?as_of=2023-12-31&cursor={cursor}", f"{LIST}?as_of=all&sort=name&cursor={cursor}",
                  f"{LIST}?as_of=all&cursor={cursor}x", f"/api/registers/pupils/?cursor={cursor}"):  # fmt: skip
        answer = program.get(other)
        assert (answer.status_code, told(answer)["code"]) == (400, "bad-cursor")


def test_the_day_decides_and_stays_over_pages() -> None:
    gone, there = make(School, until=date(2023, 12, 31)), make(School)
    program = officer()
    assert {row["id"] for row in all_pages(program, f"{LIST}?as_of=2023-12-30&size=1")} == {gone.pk, there.pk}
    assert {row["id"] for row in all_pages(program, f"{LIST}?as_of=2023-12-31&size=1")} == {there.pk}
    assert "as_of=2023-12-30" in told(program.get(LIST, {"as_of": "2023-12-30", "size": "1"}))["next"]


def test_fields_are_chosen_among_those_one_may_read() -> None:
    school = make(School)
    row = told(officer().get(f"{LIST}{school.pk}/", {"fields": "name,since"}))
    assert row == {"id": school.pk, "name": school.name, "since": school.since.isoformat()}
    answer = Program().get(f"{LIST}{school.pk}/", {"fields": "principal"})
    assert (answer.status_code, told(answer)["code"]) == (400, "bad-field")


def test_money_is_in_fen_and_moments_carry_their_offset() -> None:
    garden = make(Kindergarten, fee_fen=72_050)
    row = told(officer().get(f"/api/registers/kindergartens/{garden.pk}/"))
    assert row["fee_fen"] == 72_050
    assert row["area"]["key"] == HERE
    assert AT.isoformat().endswith("+08:00")


def test_what_is_sensitive_stays_masked_for_programs() -> None:
    pupil = make(Pupil, name="王小明")
    row = told(officer().get(f"/api/registers/pupils/{pupil.pk}/"))
    assert row["name"] == "王**"


@pytest.mark.parametrize(
    ("parameters", "code"),
    [
        ({"colour": "red"}, "bad-filter"),
        ({"size": "0"}, "bad-size"),
        ({"size": "1001"}, "bad-size"),
        ({"sort": "principal"}, "bad-order"),
        ({"as_of": "31.12.2023"}, "bad-day"),
        ({"as_of": "all", "on": "all"}, "day-twice"),
        ({"area": "x"}, "bad-filter"),
        ({"fields": "nothing"}, "bad-field"),
        ({"cursor": "nonsense"}, "bad-cursor"),
    ],
)
def test_what_is_not_understood_is_refused(parameters: dict[str, str], code: str) -> None:
    answer = officer().get(LIST, parameters)
    assert (answer.status_code, told(answer)["code"]) == (400, code)
    assert answer["Content-Type"].startswith("application/problem+json")


def test_a_parameter_written_twice_is_refused() -> None:
    assert told(officer().get(f"{LIST}?size=1&size=2"))["code"] == "parameter-twice"


def test_refusals_speak_the_programs_language(client: Client) -> None:
    chinese = client.get("/api/registers/nothing/")
    english = client.get("/api/registers/nothing/", headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"})
    assert told(chinese)["code"] == told(english)["code"] == "unknown-register"
    assert told(chinese)["sentence"].startswith("没有名为")
    assert "register" in told(english)["sentence"]
    assert (told(english)["status"], english["Content-Language"]) == (404, "en")
    assert told(client.get("/api/no-such-address/"))["code"] == "not-found"


def test_what_did_not_change_is_not_sent_again() -> None:
    school = make(School)
    program = officer()
    for address in (LIST, f"{LIST}{school.pk}/", "/api/registers/"):
        answer = program.get(address)
        again = program.get(address, **{"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    old = program.get(f"{LIST}{school.pk}/")["ETag"]
    School.objects.filter(pk=school.pk).update(name="改名")
    assert program.get(f"{LIST}{school.pk}/", **{"If-None-Match": old}).status_code == 200


def test_the_public_is_told_of_recognitions_and_not_of_refusals() -> None:
    held = make(Recognition, decision="recognised", decided_on=date(2023, 9, 1), since=date(2023, 9, 1))
    refused = make(Recognition, decision="rejected", decided_on=date(2023, 9, 1))
    public = Program()
    rows = told(public.get("/api/registers/recognitions/", {"as_of": "all"}))["rows"]
    assert [row["id"] for row in rows] == [held.pk]
    assert "decision" not in rows[0]
    assert public.get(f"/api/registers/recognitions/{refused.pk}/").status_code == 404
    assert public.get(f"/api/registers/recognitions/{held.pk}/").status_code == 200


def test_only_the_methods_of_an_address_are_heard() -> None:
    answer = officer().send("DELETE", f"{LIST}1/", {})
    assert (answer.status_code, told(answer)["code"], answer["Allow"]) == (
        405,
        "wrong-method",
        "GET, HEAD, PATCH",
    )
