"""Writing by program: the same forms, scope and audit as the page; versions, and keys for repeated requests."""

from datetime import date
from typing import Any

import pytest

from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School
from junheng.domains.waters.models import Water
from junheng.platform.audit.models import Entry
from tests import cast
from tests.makers import areas, make
from tests.makers.rows import HERE, THERE
from tests.surfaces.api.cases import Program, program_of, told

pytestmark = pytest.mark.django_db
LIST = "/api/registers/kindergartens/"
NEW: dict[str, Any] = {
    "code": "5141080201", "name": "示例幼儿园", "area": HERE, "location": "urban", "capacity": 270,
    "fee_fen": 72_050, "since": "2020-09-01", "until": None,
}  # fmt: skip


@pytest.fixture
def program() -> Program:
    areas()
    return program_of(cast.somebody("county_officer"))


def new(program: Program, values: Any = None, **more: Any) -> Any:
    return program.post(LIST, {"values": NEW if values is None else values, "why": "新设"}, **more)


def test_a_new_row_is_written_told_and_audited(program: Program) -> None:
    answer = new(program)
    assert answer.status_code == 201, answer.content
    row = Kindergarten.objects.get()
    assert (row.fee_fen, row.area_id, row.since) == (72_050, HERE, date(2020, 9, 1))
    assert answer["Location"] == f"{LIST}{row.pk}/"
    read = program.get(answer["Location"])
    assert told(read) == told(answer)
    assert read["ETag"] == answer["ETag"]
    entry = Entry.objects.get(verb="create", table="kindergartens.kindergarten")
    assert entry.why.startswith("新设 · 考务系统")


def test_what_was_read_can_be_given_back_and_changes_nothing(program: Program) -> None:
    made = new(program)
    row = told(made)
    values = {name: row[name] for name in NEW}
    answer = program.patch(made["Location"], {"values": values, "why": "核对"}, If_Match=made["ETag"])
    assert answer.status_code == 200
    assert told(answer) == row
    assert not Entry.objects.filter(verb="change").exists()


def test_a_change_says_from_which_version_it_began(program: Program) -> None:
    made = new(program)
    address = made["Location"]
    change = {"values": {"capacity": 300}, "why": "扩班"}
    assert program.patch(address, change).status_code == 428
    done = program.patch(address, change, If_Match=made["ETag"])
    assert (done.status_code, told(done)["capacity"]) == (200, 300)
    late = program.patch(
        address, {"values": {"capacity": 310, "name": "新名"}, "why": "扩班"}, If_Match=made["ETag"]
    )
    assert (late.status_code, told(late)["code"]) == (409, "row-changed")
    by_field = {one["field"]: one for one in told(late)["differences"]}
    assert set(by_field) == {"capacity", "name"}
    both = by_field["capacity"]
    assert (both["before"], both["now"], both["entered"], both["clash"]) == ("270", "300", "310", True)
    assert not by_field["name"]["clash"]
    assert Kindergarten.objects.get().capacity == 300
    version = str(told(late)["version"])
    assert (
        program.patch(address, {"values": {"capacity": 310}, "why": "扩班"}, If_Match=version).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"capacity": "270"}, "capacity"),
        ({"capacity": True}, "capacity"),
        ({"capacity": 10**30}, "capacity"),
        ({"capacity": -1}, "capacity"),
        ({"capacity": 1.5}, "capacity"),
        ({"name": 5}, "name"),
        ({"name": None}, "name"),
        ({"name": "x" * 500}, "name"),
        ({"name": "a\x00"}, "name"),
        ({"location": "moon"}, "location"),
        ({"area": "999999"}, "area"),
        ({"area": THERE}, "area"),
        ({"area": {"id": 3}}, "area"),
        ({"since": "20200901"}, "since"),
        ({"since": "2020-02-30"}, "since"),
        ({"colour": "red"}, "colour"),
        ({"id": 5}, "id"),
    ],
)
def test_every_error_is_named_at_its_field_and_nothing_is_written(
    program: Program, values: dict[str, Any], field: str
) -> None:
    answer = new(program, NEW | values)
    assert (answer.status_code, told(answer)["code"]) == (422, "values-not-fit"), answer.content
    assert field in {one["field"] for one in told(answer)["errors"]}
    assert not Kindergarten.objects.exists()
    assert not Entry.objects.filter(table="kindergartens.kindergarten").exists()


@pytest.mark.parametrize(
    ("content", "kind", "status", "code"),
    [
        ("{", "application/json", 400, "bad-json"),
        ("[]", "application/json", 400, "bad-body"),
        ('{"values": {"a": NaN}}', "application/json", 400, "bad-json"),
        ('{"why": "x", "why": "y"}', "application/json", 400, "bad-json"),
        ("[" * 100_000, "application/json", 400, "bad-json"),
        (b"\xff\xfe", "application/json", 400, "bad-json"),
        ('{"colour": 1}', "application/json", 400, "unknown-name"),
        ("values=1", "application/x-www-form-urlencoded", 415, "wrong-kind"),
        ("{}", "application/json", 400, "why-missing"),
        ('{"why": "x"}', "application/json", 422, "values-not-fit"),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(
    program: Program, content: Any, kind: str, status: int, code: str
) -> None:
    answer = program.post(LIST, content, kind=kind)
    assert (answer.status_code, told(answer)["code"]) == (status, code)


def test_a_row_elsewhere_is_absent_and_cannot_be_moved_there(program: Program) -> None:
    there, here = make(Kindergarten, where=THERE), make(Kindergarten)
    change = {"values": {"capacity": 1}, "why": "试"}
    assert program.patch(f"{LIST}{there.pk}/", change, If_Match="0").status_code == 404
    assert program.post(f"{LIST}{there.pk}/end/", {"until": "2030-01-01", "why": "试"}).status_code == 404
    away = program.patch(f"{LIST}{here.pk}/", {"values": {"area": THERE}, "why": "试"}, If_Match="0")
    assert (away.status_code, told(away)["errors"][0]["field"]) == (422, "area")
    here.refresh_from_db()
    assert here.area_id == HERE


def test_a_row_is_ended_and_stays(program: Program) -> None:
    made = new(program)
    address = f"{made['Location']}end/"
    assert told(program.post(address, {"until": "2019-01-01", "why": "停办"}))["code"] == "bad-end"
    assert told(program.post(address, {"until": "soon", "why": "停办"}))["code"] == "bad-day"
    done = program.post(address, {"until": "2024-09-01", "why": "停办"}, If_Match=made["ETag"])
    assert (done.status_code, told(done)["until"]) == (200, "2024-09-01")
    assert Entry.objects.filter(verb="retire", table="kindergartens.kindergarten").count() == 1
    assert (
        program.post(address, {"until": "2025-09-01", "why": "停办"}, If_Match=made["ETag"]).status_code
        == 409
    )


def test_a_code_that_numbers_its_rows_stays(program: Program) -> None:
    answer = program_of(cast.somebody("city_section", area="4108")).patch(
        f"/api/registers/areas/{HERE}/", {"values": {"code": "410899"}, "why": "试"}, If_Match="0"
    )
    assert (answer.status_code, told(answer)["errors"][0]["field"]) == (422, "code")


def lines(*objects: Any) -> str:
    import json

    return "\n".join(json.dumps(one, ensure_ascii=False) for one in objects)


def send(program: Program, text: str, **more: Any) -> Any:
    return program.post(f"{LIST}upload/?why=%E6%89%B9%E9%87%8F", text, kind="application/jsonl", **more)


def test_an_upload_writes_all_lines_in_one_go(program: Program) -> None:
    here = make(Kindergarten)
    answer = send(program, lines(
        {"values": NEW}, {"values": NEW | {"code": "5141080202"}}, {"id": here.pk, "values": {"capacity": 99}},
        {"id": told(new(program, NEW | {"code": "5141080209"}))["id"], "values": {"capacity": 270}},
    ))  # fmt: skip
    assert answer.status_code == 200, answer.content
    done = told(answer)
    assert (done["new"], done["changed"], done["unchanged"]) == (2, 1, 1)
    assert done["rows"][2] == here.pk
    here.refresh_from_db()
    assert here.capacity == 99
    assert Entry.objects.filter(why__startswith="批量 · 考务系统").count() == 3


def test_an_upload_with_an_error_writes_nothing_and_names_line_and_field(program: Program) -> None:
    there = make(Kindergarten, where=THERE)
    answer = send(program, lines(
        {"values": NEW}, {"values": NEW | {"code": "5141080202", "capacity": "x"}},
        {"id": there.pk, "values": {"capacity": 1}}, {"values": NEW | {"code": "3", "area": THERE}},
        [1], {"values": {"name": "缺很多"}},
    ) + "\n{")  # fmt: skip
    assert (answer.status_code, told(answer)["code"]) == (422, "values-not-fit")
    found = {(one["line"], one["field"]) for one in told(answer)["errors"]}
    assert {(2, "capacity"), (3, "id"), (5, ""), (6, "code"), (7, "")} <= found
    assert Kindergarten.objects.count() == 1


def test_two_lines_that_are_one_row_are_refused(program: Program) -> None:
    here = make(Kindergarten)
    twice = send(program, lines({"id": here.pk, "values": {}}, {"id": here.pk, "values": {}}))
    assert told(twice)["errors"][0]["code"] == "row-twice"
    same = send(program, lines({"values": NEW}, {"values": NEW}))
    assert (same.status_code, told(same)["errors"][0]["line"]) == (422, 2)
    moved = send(program, lines({"values": NEW | {"area": THERE}}))
    assert (moved.status_code, told(moved)["errors"][0]["field"]) == (422, "area")
    assert Kindergarten.objects.count() == 1


def test_a_repeated_request_answers_the_same_and_writes_nothing(program: Program) -> None:
    first, again = (new(program, Idempotency_Key="k-1") for _ in range(2))
    assert (first.status_code, first.content, first["ETag"]) == (201, again.content, again["ETag"])
    assert (again.status_code, again["Idempotency-Replayed"]) == (201, "true")
    assert Kindergarten.objects.count() == 1
    assert Entry.objects.filter(table="kindergartens.kindergarten").count() == 1
    other = new(program, NEW | {"code": "2"}, Idempotency_Key="k-1")
    assert (other.status_code, told(other)["code"]) == (422, "idempotency-key-reused")


def test_a_refused_request_may_be_tried_again_under_its_key(program: Program) -> None:
    assert new(program, NEW | {"capacity": -1}, Idempotency_Key="k").status_code == 422
    assert new(program, Idempotency_Key="k").status_code == 201


def test_a_key_belongs_to_its_token(program: Program) -> None:
    new(program, Idempotency_Key="k")
    other = program_of(cast.somebody("county_officer"))
    assert new(other, NEW | {"code": "2"}, Idempotency_Key="k").status_code == 201


def test_what_only_actions_write_is_refused(program: Program) -> None:
    make(Water)
    office = program_of(cast.somebody("city_office", area="4108"))
    answer = office.post("/api/registers/renderings/", {"values": {}, "why": "试"})
    assert answer.status_code in {403, 404}
    assert make(School).pk
