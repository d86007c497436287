"""Exports: what a file says about itself, what it hides, and that it is remembered."""

import csv
import hashlib
import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from junheng.domains.aid.models import Payment
from junheng.domains.pupils.models import Household
from junheng.domains.schools.models import School
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers import every_register, exporting, exportlines
from junheng.platform.registers.flags import SENSITIVE
from tests import cast
from tests.makers import make, make_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> Any:
    user = cast.somebody(Role.COUNTY_OFFICER)
    client.force_login(user)
    return user


def body(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_a_csv_begins_with_what_it_is(client: Client, officer: Any, settings: Any) -> None:
    school = make(School, name="=1+1")
    text = body(client.get("/registers/schools/export/", {"format": "csv"})).decode("utf-8-sig")
    note, head, line = text.splitlines()
    assert note.startswith("# 名录：学校 · 导出人：县（市、区）教育局 · 导出时间：")
    assert "行数：1" in note
    assert "演示数据" not in note
    assert head.startswith("学校标识码,校名,所在区划")
    assert line.startswith(f"{school.code},'=1+1,410802 解放区,")
    settings.DEMO = True
    demo = body(client.get("/registers/schools/export/", {"format": "csv"})).decode("utf-8-sig")
    assert demo.startswith("# 标识：演示数据 · ")


def test_a_workbook_ends_with_what_it_is(client: Client, officer: Any, settings: Any) -> None:
    settings.DEMO = True
    make(School, name="=1+1", code="0000000001")
    answer = client.get("/registers/schools/export/", {"format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(body(answer)))
    assert book.sheetnames == ["名录", "说明"]
    assert [cell.value for cell in book["名录"][2]][:2] == ["0000000001", "=1+1"]
    assert book["名录"]["B2"].data_type == "s"
    about = {row[0].value: row[1].value for row in book["说明"].rows}
    assert about["标识"] == "演示数据"
    assert about["行数"] == "1"
    assert len(about["校验值"]) == 64


def test_money_is_written_in_yuan_and_adds_up(client: Client) -> None:
    make(Payment, amount_fen=62_550)
    client.force_login(cast.somebody(Role.AID_OFFICER))
    book = openpyxl.load_workbook(
        io.BytesIO(body(client.get("/registers/payments/export/", {"format": "xlsx"})))
    )
    head = [cell.value for cell in book["名录"][1]]
    assert [cell.value for cell in book["名录"][2]][head.index("金额（元）")] == 625.5


def test_an_export_asks_the_same_however_many_rows_it_has(client: Client) -> None:
    client.force_login(cast.somebody(Role.AID_OFFICER))
    asked = []
    for _ in range(2):
        make_many(Payment, 3)
        with CaptureQueriesContext(connection) as queries:
            text = body(client.get("/registers/payments/export/", {"format": "csv"})).decode()
        asked.append(len(queries))
    assert len(text.splitlines()) == 8
    assert asked[0] == asked[1]


def test_an_export_is_remembered_with_its_digest(client: Client, officer: Any) -> None:
    make(School)
    body(client.get("/registers/schools/export/", {"format": "csv", "q": "nam"}))
    entry = Entry.objects.get()
    assert (entry.verb, entry.who, entry.table, entry.why) == (
        "export",
        officer.username,
        "schools.school",
        "导出名录",
    )
    assert entry.after is not None
    assert (entry.after["rows"], entry.after["clear"], entry.after["query"]["q"]) == (1, False, "nam")
    assert len(entry.after["digest"]) == 64


def test_sensitive_values_leave_masked_or_with_a_reason(client: Client, officer: Any) -> None:
    make(Household, phone="13900001234")
    page = "/registers/households/export/?format=csv"
    assert "139****1234" in body(client.get(page)).decode()
    assert client.post(page, {"why": ""})["X-Refusal"] == "why-missing"
    assert "13900001234" in body(client.post(page, {"why": "开学核对电话"})).decode()
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.why, entry.after and entry.after["clear"]) == ("开学核对电话", True)


def test_too_many_rows_and_unknown_kinds_are_refused(client: Client, officer: Any, monkeypatch: Any) -> None:
    make(School)
    assert client.get("/registers/schools/export/", {"format": "pdf"})["X-Refusal"] == "bad-export-kind"
    monkeypatch.setitem(exporting.LIMITS, "xlsx", 0)
    answer = client.get("/registers/schools/export/", {"format": "xlsx"})
    assert answer["X-Refusal"] == "export-too-long"
    assert "请用筛选条件缩小范围，或改为导出 .csv" in answer.content.decode()


@pytest.mark.parametrize("register", list(every_register().values()), ids=repr)
def test_values_alone_are_written_as_whole_rows_are(register: Any) -> None:
    make_many(register.model, 3)
    for clear in (False, True):
        stores = {
            one: exportlines.References(column, masked=SENSITIVE in one.flags and not clear)
            for one in register.fields
            if (column := exportlines.relation(register, one))
        }
        by_row = exportlines.by_rows(register, register.rows().order_by("pk"), stores, clear=clear)
        found = exportlines.blocks_of(register, register.rows().order_by("pk"), clear=clear)
        assert [[list(line) for line in block] for block in found] == [
            [list(line) for line in block] for block in by_row
        ]


def test_the_digest_is_that_of_the_cells(officer: Any, client: Client) -> None:
    make_many(School, 3)
    text = body(client.get("/registers/schools/export/", {"format": "csv"})).decode("utf-8-sig")
    lines = list(csv.reader(text.splitlines()))[2:]
    cells = [[cell.removeprefix("'") for cell in line] for line in lines]
    digest = hashlib.sha256("".join("\x1f".join(line) + "\x1e" for line in cells).encode()).hexdigest()
    assert f"校验值：{digest}" in text
    assert Entry.objects.get(verb="export").after["digest"] == digest
