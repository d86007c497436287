"""Files that mean harm, or would do some: refused or read, within bounded time and memory."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from junheng.kernel.errors import Refusal
from junheng.platform.registers import workbooks
from junheng.platform.registers.sheets import read_grids
from junheng.platform.registers.workbooks import measure


def workbook(**cells: Any) -> bytes:
    """A workbook with some cells by address."""
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.active[address] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def remade(content: bytes, **parts: bytes) -> bytes:
    """The same archive with other parts: ``sheet`` in place of the sheet, anything else beside it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get("sheet", old.read(name)) if "sheet1.xml" in name else old.read(name))
        if macros := parts.get("macros"):
            new.writestr("xl/vbaProject.bin", macros)
    return file.getvalue()


def refused(content: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(Refusal) as refusal:
        read_grids(name, content)
    return refusal.value.code


def test_a_bomb_that_admits_its_size() -> None:
    bomb = remade(workbook(A1="校名"), macros=b"\0" * (workbooks.UNPACKED + 1))
    assert len(bomb) < 2_000_000
    assert refused(bomb) == "workbook-too-large"


def test_a_bomb_that_lies_about_its_size() -> None:
    content = bytearray(remade(workbook(A1="校名"), macros=b"\0" * 5_000_000))
    true, lie = (5_000_000).to_bytes(4, "little"), (5).to_bytes(4, "little")
    assert true in content
    assert refused(bytes(content).replace(true, lie)) == "broken-workbook"


def test_formatted_rows_to_the_end_of_the_sheet_are_no_lines() -> None:
    rows = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % number for number in range(3, 1_048_577))
    start = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = start + cell % (1, 1) + cell % (2, 2) + rows + b"</sheetData></worksheet>"
    (grid,) = read_grids("a.xlsx", remade(workbook(A1="x"), sheet=sheet))
    assert grid.rows == [["x"], ["x"]]


def test_a_word_in_the_last_corner_of_the_sheet() -> None:
    assert refused(workbook(A1="校名", XFD1048576="x")) == "cells-too-far-apart"


def test_macros_do_not_run_and_are_told() -> None:
    (grid,) = read_grids("a.xlsm", remade(workbook(A1="校名", A2="某校"), macros=b"macro"))
    assert grid.rows == [["校名"], ["某校"]]
    assert "宏没有运行" in grid.notes[0]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 ...", "not-a-table-but"),
        (b"<html><table></table></html>", "not-a-table-but"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "old-excel"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked-workbook"),
        (b"PK\x03\x04" + bytes(100), "broken-workbook"),
    ],
)
def test_other_things_under_the_name_of_a_workbook(content: bytes, code: str) -> None:
    assert refused(content) == code


def test_an_archive_that_is_no_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    assert refused(file.getvalue()) == "broken-workbook"


def test_one_name_twice_in_an_archive() -> None:
    file = io.BytesIO(workbook(A1="x"))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with zipfile.ZipFile(file) as archive, pytest.raises(zipfile.BadZipFile):
        measure("a.xlsx", archive)


def test_a_sheet_without_anything_is_left_out() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("空")
        book.add_worksheet("有").write(2, 3, "校名")
    (grid,) = read_grids("a.xlsx", file.getvalue())
    assert (grid.title, grid.rows) == ("有", [[""] * 4, [""] * 4, ["", "", "", "校名"]])
