"""Reading an uploaded table, .xlsx or .csv, as rows of text: no number is ever guessed from a cell."""

import csv
import io
import zipfile
from dataclasses import dataclass

import fastexcel

from junheng.kernel.errors import Refusal

ROWS = 20_000
"""Lines that one import may have."""
COLUMNS = 200
UNPACKED = 400 * 1024 * 1024
"""Bytes a workbook may unpack to: a larger one is no table that a person made."""
DELIMITERS = ",\t;"
ZIP_MARK = b"PK\x03\x04"
OLD_EXCEL_MARK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its number in the file, from 1, and its cells."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the headings and the lines under them; wholly empty lines are left out."""

    headings: list[str]
    lines: list[Line]


def read_sheet(name: str, content: bytes) -> Sheet:
    """The table in a file. A file that is none is refused with what to do about it."""
    if not content:
        raise Refusal("empty-file", "文件「{name}」是空的。请检查后重新选择文件。", name=name)
    if content.startswith(OLD_EXCEL_MARK):
        raise Refusal(
            "old-excel",
            "「{name}」是旧版 Excel 文件（.xls）。请在 Excel 中另存为 .xlsx 后再导入。",
            name=name,
        )
    rows = read_workbook(name, content) if content.startswith(ZIP_MARK) else read_text(name, content)
    return as_sheet(name, rows)


def read_workbook(name: str, content: bytes) -> list[list[str]]:
    """The first sheet of a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > UNPACKED:
            raise Refusal(
                "workbook-too-large", "「{name}」解压后过大，无法导入。请拆分成几个文件。", name=name
            )
        sheet = fastexcel.read_excel(content).load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
        rows = sheet.to_polars().rows()
    except (zipfile.BadZipFile, fastexcel.FastExcelError):
        raise Refusal(
            "broken-workbook",
            "「{name}」不是可读的 Excel 文件，可能已损坏。请用 Excel 打开检查后另存为 .xlsx。",
            name=name,
        ) from None
    return [["" if value is None else str(value) for value in row] for row in rows]


def read_text(name: str, content: bytes) -> list[list[str]]:
    """A .csv in any encoding that offices use; the separator is the one its first line has most of."""
    text = decode(name, content)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Refusal(
            "broken-csv",
            "「{name}」的引号不成对，无法分清各列。请用 Excel 打开检查后另存为 .xlsx。",
            name=name,
        ) from None
    return [[without_guard(value) for value in row] for row in rows]


def decode(name: str, content: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, UTF-16 with one, else GB18030."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise Refusal(
        "not-a-table",
        "「{name}」不是表格文件。可以导入 .xlsx，或用逗号分隔的 .csv（UTF-8 或 GB18030 编码）。",
        name=name,
    )


def without_guard(text: str) -> str:
    """A cell without the apostrophe that an export puts before what a spreadsheet would take for a formula."""
    return text[1:] if text.startswith("'") and text[1:2] in {"=", "+", "-", "@"} and len(text) > 1 else text


def as_sheet(name: str, rows: list[list[str]]) -> Sheet:
    """Headings and lines. Lines that begin with # before the headings are notes."""
    at = next((place for place, row in enumerate(rows) if any(row) and not row[0].startswith("#")), None)
    if at is None:
        raise Refusal("no-headings", "「{name}」中没有内容。第一行应为列名，其后每行一条记录。", name=name)
    headings = [" ".join(cell.split()) for cell in rows[at]]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > COLUMNS:
        raise Refusal(
            "too-many-columns", "「{name}」超过 {limit} 列，请只保留需要导入的列。", name=name, limit=COLUMNS
        )
    lines = [
        Line(at + 2 + place, [cell.strip() for cell in row])
        for place, row in enumerate(rows[at + 1 :])
        if any(cell.strip() for cell in row)
    ]
    if len(lines) > ROWS:
        raise Refusal(
            "too-many-rows",
            "「{name}」有 {count} 行，一次最多导入 {limit} 行。请拆分成几个文件。",
            name=name,
            count=len(lines),
            limit=ROWS,
        )
    return Sheet(headings, lines)
