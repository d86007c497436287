"""Reading an .xlsx within bounded memory: measured before it is unpacked, looked through before it is loaded."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from posixpath import normpath

import fastexcel
from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.registers.scanning import Scan, scan
from junheng.platform.registers.tables import rows_of

UNPACKED = 700 * 1024 * 1024
"""Bytes a workbook may unpack to: all pupils of a city with twenty columns have 500 MB."""
CELLS = 16_000_000
"""Places between the first cell and the last, of which each costs some 30 bytes: 600,000 lines of 26 columns."""
SHEETS = 30
"""Sheets that are looked at."""
PIECE = 1 << 20
SHEET = re.compile(r'<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as text, from its first line and column, with what was seen besides.

    ``faults``: cells that cannot be read as they stand, by line (from 1) and column (from 0): a cause, a sentence.
    """

    title: str
    rows: Sequence[list[str]]
    notes: list[str] = field(default_factory=list)
    faults: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)


def read_workbook(name: str, content: bytes) -> list[Grid]:
    """Every sheet of a workbook, in their order. Macros stay where they are and never run."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            measure(name, archive)
            macros = any(one.endswith("vbaProject.bin") for one in archive.namelist())
            paths = sheet_paths(archive)
            reader = fastexcel.read_excel(content)
            grids = [
                grid
                for number, (title, path) in enumerate(paths[:SHEETS])
                if (grid := read_one(name, reader, number, title, partial(archive.read, path)))
            ]
    except (
        zipfile.BadZipFile,
        fastexcel.FastExcelError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ):
        raise broken(name) from None
    if macros:
        note = _("文件含有宏。宏没有运行，只读取了单元格里的内容。")
        grids = [Grid(one.title, one.rows, [note, *one.notes], one.faults) for one in grids]
    return grids


def broken(name: str) -> Refusal:
    """The sentence about a workbook that cannot be opened."""
    return Refusal(
        "broken-workbook",
        "「{name}」不是可读的 Excel 文件，可能已损坏。请用 Excel 打开检查后另存为 .xlsx。",
        name=name,
    )


def measure(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to too much, whether or not its list of contents admits it.

    Each part is unpacked once in small pieces, and the archive complains where one is longer than it claims.
    """
    parts = archive.infolist()
    if len({part.filename for part in parts}) != len(parts):
        raise zipfile.BadZipFile("one name twice")
    if sum(part.file_size for part in parts) > UNPACKED:
        raise Refusal("workbook-too-large", "「{name}」解压后过大，无法导入。请拆分成几个文件。", name=name)
    for part in parts:
        with archive.open(part) as stream:
            while stream.read(PIECE):
                pass


def sheet_paths(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Title and path of every sheet, in the order of their tabs."""
    targets = {}
    for tag in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")):
        facts = dict(ATTRIBUTE.findall(tag))
        targets[facts.get("Id", "")] = facts.get("Target", "")
    listed = SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8", "replace"))
    return [
        (
            unescape(title),
            normpath(targets[key].lstrip("/") if targets[key].startswith("/") else f"xl/{targets[key]}"),
        )
        for title, key in listed
    ]


def read_one(
    name: str, reader: fastexcel.ExcelReader, number: int, title: str, read: Callable[[], bytes]
) -> Grid | None:
    """One sheet; ``None`` where nothing is written in it. Its XML is gone again before it is loaded."""
    seen = scan(read())
    if seen.last_row == 0:
        return None
    if seen.last_row * seen.last_column > CELLS:
        raise Refusal(
            "cells-too-far-apart",
            "「{name}」的工作表「{title}」一直写到第 {row} 行、第 {column} 列，超出了一张表的大小。请删去表格之外的零星内容后再导入。",
            name=name,
            title=title,
            row=seen.last_row,
            column=seen.last_column,
        )
    loaded = reader.load_sheet(number, header_row=None, skip_rows=0, dtypes="string").to_polars()
    rows = rows_of(loaded)
    if shift := left_out(rows, seen):
        rows = rows_of(loaded, shift)
    return Grid(title, rows, hidden_notes(seen), seen.faults)


def left_out(rows: Sequence[list[str]], seen: Scan) -> int:
    """How many empty columns at the left the reader left out."""
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if cell and number in seen.first_places:
                return max(0, seen.first_places[number] - place)
    return 0


def hidden_notes(seen: Scan) -> list[str]:
    """What is read although nobody sees it on the screen."""
    notes = []
    if seen.hidden_rows:
        notes.append(
            _("文件中有 %(count)s 行是隐藏的（例如第 %(first)s 行），隐藏的行同样会导入。")
            % {"count": len(seen.hidden_rows), "first": seen.hidden_rows[0]}
        )
    if seen.hidden_columns:
        notes.append(
            _("文件中有隐藏的列（%(columns)s），隐藏的列同样会导入。")
            % {"columns": "、".join(seen.hidden_columns[:10])}
        )
    return notes
