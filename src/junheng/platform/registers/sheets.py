"""Reading an uploaded file, a workbook or a .csv, as grids of text: no number is ever guessed from a cell."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from junheng.kernel.errors import Refusal
from junheng.platform.registers.tables import Line, compact
from junheng.platform.registers.workbooks import Grid, read_workbook

DELIMITERS = ",\t;"
ZIP_MARK = b"PK\x03\x04"
OLD_EXCEL_MARK = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
FIRST = 1 << 20
"""Letters among which the first line of a .csv is looked for."""
FORMULA = ("=", "+", "-", "@", "\t=", "\r=")
"""How cells begin that a spreadsheet takes for formulas."""
NO_TABLES = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"<!DOCTYPE": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
}
"""How files begin that are no tables, whatever they are called, and what they are."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of which it is known which column holds which field; wholly empty lines are left out.

    ``faults`` are cells that cannot be read as they stand, by line number and column, with a cause and a sentence.
    ``notes`` say what was left out and why. ``wan`` are the fields whose heading says that they count in 万.
    """

    headings: list[str]
    lines: Sequence[Line]
    places: dict[str, int]
    title: str = ""
    heading_line: int = 1
    ignored: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    wan: frozenset[str] = frozenset()
    said_place: int | None = None
    """The column in which somebody explains what is unusual about a line."""


def said_in(sheet: Sheet, line: Line) -> str:
    """What a line says about what is unusual in it."""
    place = sheet.said_place
    return line.cells[place] if place is not None and place < len(line.cells) else ""


def read_grids(name: str, content: bytes) -> list[Grid]:
    """The tables in a file. A file that is none is refused with what to do about it."""
    if not content:
        raise Refusal("empty-file", "文件「{name}」是空的。请检查后重新选择文件。", name=name)
    if content.startswith(OLD_EXCEL_MARK):
        raise old_or_locked(name, content)
    if content.startswith(ZIP_MARK):
        return read_workbook(name, content)
    start = content[:64].lstrip(b"\xef\xbb\xbf \r\n\t")
    for mark, kind in NO_TABLES.items():
        if start.startswith(mark):
            raise Refusal(
                "not-a-table-but",
                "「{name}」其实是 {kind} 文件，不是表格，改后缀名没有用。请用 Excel 或 WPS 打开原来的表格，另存为 .xlsx 后再导入。",
                name=name,
                kind=kind,
            )
    return [Grid("", read_text(name, content))]


def old_or_locked(name: str, content: bytes) -> Refusal:
    """Both begin alike: the Excel of the last century, and a workbook with a password."""
    if LOCKED in content:
        return Refusal(
            "locked-workbook",
            "「{name}」设了打开密码，无法读取。请在 Excel 中取消密码后另存为 .xlsx 再导入。",
            name=name,
        )
    return Refusal(
        "old-excel",
        "「{name}」是旧版 Excel 文件（.xls）。请在 Excel 中另存为 .xlsx 后再导入。",
        name=name,
    )


def read_text(name: str, content: bytes) -> Sequence[list[str]]:
    """A .csv in any encoding that offices use; the separator is the one its first line has most of."""
    encoding, first = look_into(name, content)
    delimiter = max(DELIMITERS, key=first.count)
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    try:
        return compact(unguarded(csv.reader(text, delimiter=delimiter, strict=True)))
    except csv.Error:
        raise Refusal(
            "broken-csv",
            "「{name}」的引号不成对，无法分清各列。请用 Excel 打开检查后另存为 .xlsx。",
            name=name,
        ) from None


def unguarded(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Rows without the apostrophes that an export puts before what looks like a formula."""
    for row in rows:
        if any(cell.startswith("'") for cell in row):
            yield [without_guard(cell) for cell in row]
        else:
            yield row


def look_into(name: str, content: bytes) -> tuple[str, str]:
    """The encoding of a file and its first line: UTF-8 with or without a mark, UTF-16 with one, else GB18030."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return encoding, first_line(text)
    raise Refusal(
        "not-a-table",
        "「{name}」不是表格文件。可以导入 .xlsx，或用逗号分隔的 .csv（UTF-8 或 GB18030 编码）。",
        name=name,
    )


def first_line(text: str) -> str:
    """The first line that holds something and is no remark."""
    lines = io.StringIO(text[:FIRST], newline=None)
    return next((line for line in lines if line.strip() and not line.startswith("#")), "")


def harmless(text: str) -> str:
    """A cell of a .csv that no spreadsheet takes for a formula.

    >>> harmless("=cmd|' /C calc'!A0"), harmless("某校")
    ("'=cmd|' /C calc'!A0", '某校')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def without_guard(text: str) -> str:
    """A cell without the apostrophe that an export puts before what a spreadsheet would take for a formula."""
    return text[1:] if text.startswith("'") and text[1:2] in {"=", "+", "-", "@"} and len(text) > 1 else text
