"""The file given back with marks, put right, and sent again: only what changed applies."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl.styles import Font, PatternFill

from junheng.domains.kindergartens.models import Kindergarten
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers import register_called
from junheng.platform.registers.importing import carry_out, read_sheet
from tests import cast
from tests.makers import areas, make
from tests.makers.rows import HERE

pytestmark = pytest.mark.django_db
PAGE = "/registers/kindergartens/import/"


@pytest.fixture(autouse=True)
def officer(client: Client) -> Any:
    areas()
    user = cast.somebody(Role.COUNTY_OFFICER)
    client.force_login(user)
    return user


def headings() -> list[str]:
    """The headings as the register has them now."""
    register = register_called("kindergartens")
    return [
        register.label_of(one) for one in ("code", "name", "area", "location", "capacity", "fee_fen", "since")
    ]


def town() -> str:
    """A label of the choices of a place."""
    return str(Kindergarten._meta.get_field("location").flatchoices[0][1])


def line(number: int, **given: Any) -> list[Any]:
    """One good line, with something else in it."""
    names = ["code", "name", "area", "location", "capacity", "fee", "since"]
    cells = dict(
        zip(names, [f"21{number:08}", f"示例{number}园", HERE, town(), 180, "1,200", "2023.9.1"], strict=True)
    )
    return [(cells | given)[name] for name in names]


def workbook(rows: list[list[Any]]) -> bytes:
    """A workbook with formats of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "园所"
    sheet.append(["某区幼儿园统计表"])
    sheet["A1"].font = Font(size=20, bold=True)
    sheet.merge_cells("A1:G1")
    sheet.append(headings())
    for row in rows:
        sheet.append(row)
    sheet["B3"].fill = PatternFill("solid", start_color="FF00FF00")
    sheet.column_dimensions["B"].width = 33
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(client: Client, content: bytes, name: str = "园所.xlsx", **more: str) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)} | more)


def marked(client: Client, answer: Any) -> Any:
    """The workbook that the page offers."""
    given = client.post(PAGE + "marked/", {"token": answer.context["token"]})
    assert given.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(given.streaming_content)))


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_marked_fixed_and_sent_again(client: Client) -> None:
    answer = send(client, workbook([line(1), line(2, capacity="很多"), line(3, since="9月1日", area="999")]))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert all(word in page for word in ("E4", "C5", "G5", "按原因汇总", "数字或金额写法不对", "没有写年份"))
    book = marked(client, answer)
    sheet = book["园所"]
    assert {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment} == {
        "E4",
        "C5",
        "G5",
    }
    assert sheet["E4"].fill.start_color.rgb == "FFFFC7CE"
    assert "不是整数" in sheet["E4"].comment.text
    assert (sheet["H2"].value, sheet["H3"].value) == ("错误说明", None)
    assert "没有写年份" in sheet["H5"].value
    assert (sheet["A1"].font.size, sheet.column_dimensions["B"].width) == (20, 33)
    assert sheet["B3"].fill.start_color.rgb == "FF00FF00"
    assert [book["汇总"].cell(row, 3).value for row in (4, 5, 6)] == [1, 1, 1]
    sheet["E4"], sheet["G5"] = 90, "2023-09-01"
    again = send(client, saved(book))
    assert [one.cell for one in again.context["plan"].problems] == ["C5"]
    assert again.context["plan"].ignored == []
    book = marked(client, again)
    assert {cell.coordinate for row in book["园所"].iter_rows() for cell in row if cell.comment} == {"C5"}
    assert book.sheetnames.count("汇总") == 1
    book["园所"]["C5"] = HERE
    good = send(client, saved(book))
    assert good.context["plan"].new == 3, good.context["plan"].problems
    client.post(PAGE, {"token": good.context["token"], "why": "年报"})
    assert Kindergarten.objects.count() == 3
    assert Entry.objects.count() == 3
    assert send(client, saved(book)).context["plan"].does_nothing


def test_a_csv_comes_back_as_a_marked_workbook(client: Client) -> None:
    rows = [headings(), line(1), line(2, capacity="=cmd|' /C calc'!A0")]
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    book = marked(client, send(client, text.encode("gb18030"), "园所.csv"))
    sheet = book.worksheets[0]
    assert (sheet["E3"].data_type, sheet["E3"].fill.start_color.rgb) == ("s", "FFFFC7CE")
    assert "不是整数" in sheet["H3"].value


def test_a_marked_file_belongs_to_its_sender(client: Client) -> None:
    token = send(client, workbook([line(1, capacity="x")])).context["token"]
    client.force_login(cast.somebody(Role.COUNTY_OFFICER))
    assert client.post(PAGE + "marked/", {"token": token})["X-Refusal"] == "upload-gone"


def test_blank_leaves_what_is_there_unless_told(client: Client) -> None:
    row = make(Kindergarten, code="2100000001", phone="03911234567", capacity=90)
    register = register_called("kindergartens")
    rows = [register.label_of("code"), register.label_of("phone"), register.label_of("capacity")]
    text = ",".join(rows) + f"\n{row.code},,"
    assert send(client, text.encode(), "a.csv").context["plan"].does_nothing
    plan = send(client, text.encode(), "a.csv", clear_blanks="1")
    assert [one.column for one in plan.context["plan"].problems] == [register.label_of("capacity")]
    answer = send(client, (",".join(rows[:2]) + f"\n{row.code},").encode(), "a.csv", clear_blanks="1")
    assert answer.context["plan"].changed == 1
    client.post(PAGE, {"token": answer.context["token"], "why": "停机", "clear_blanks": "1"})
    row.refresh_from_db()
    assert (row.phone, row.capacity) == ("", 90)


@pytest.mark.parametrize("there", [False, True])
def test_statements_do_not_grow_with_the_lines(officer: Any, there: bool) -> None:
    register = register_called("kindergartens")
    counts = []
    for number, start in ((1, 50), (2, 1), (60, 100)):
        lines = [line(start + one) for one in range(number)]
        if there:
            take(register, lines, officer)
        changed = [[*one[:4], 77, *one[5:]] for one in lines]
        with CaptureQueriesContext(connection) as asked:
            take(register, changed, officer)
        counts.append(len(asked))
    assert counts[1] == counts[2]


def take(register: Any, lines: list[list[Any]], user: Any) -> None:
    sheet = read_sheet(register, "园所.xlsx", workbook(lines))
    carry_out(register, sheet, cast.asker(user), why="试")
