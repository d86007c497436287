"""Exporting a list as .xlsx or .csv: all rows that it has, written so that importing them changes nothing."""

import csv
import hashlib
import io
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.db.models import IntegerField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.exportlines import Block, blocks_of
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.keys import NUMBER, is_numbered
from junheng.platform.registers.sheets import FORMULA, harmless

LIMITS = {"xlsx": 1_000_000, "csv": 10_000_000}
"""Rows that one file may have: what a worksheet holds, and what nobody has."""
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
UNIT, RECORD = "\x1f", "\x1e"
"""What stands between cells and after lines where they are digested."""
SUSPECT = tuple(before + one for before in (UNIT, RECORD) for one in FORMULA)
"""How a cell begins in a digested text that a spreadsheet might take for a formula."""
IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Export:
    """A finished file, and what is said about it in itself and in the audit."""

    file: IO[bytes]
    name: str
    content_type: str
    facts: dict[str, Any]


def checked_kind(kind: str) -> str:
    """The kind of file, if it is one that can be written."""
    if kind not in LIMITS:
        raise Refusal("bad-export-kind", "只能导出 .xlsx 或 .csv，不能导出「{kind}」。", kind=kind[:20])
    return kind


def make_export(
    register: Register[Any],
    rows: "QuerySet[Any]",
    kind: str,
    *,
    asker: Asker,
    clear: bool = False,
    tell: Callable[[int, int, str], None] | None = None,
) -> Export:
    """Write the rows of a queryset. Sensitive values are masked unless ``clear``."""
    checked_kind(kind)
    if rows.order_by().values("pk")[: LIMITS[kind] + 1].count() > LIMITS[kind]:
        raise Refusal(
            "export-too-long",
            "符合条件的记录超过 {limit} 行，不能导出为 .{kind}。请用筛选条件缩小范围{other}。",
            limit=LIMITS[kind],
            kind=kind,
            other=_("，或改为导出 .csv") if kind == "xlsx" else "",
        )
    counted = Counted(blocks_of(register, rows, clear=clear), tell)
    make = write_workbook if kind == "xlsx" else write_csv
    file = make(register, counted, asker)
    facts = counted.facts | {"kind": kind, "clear": clear}
    day = timezone.localtime(asker.at).strftime("%Y%m%d-%H%M")
    return Export(file, f"{register.label}-{day}.{kind}", CONTENT_TYPES[kind], facts)


def headings(register: Register[Any]) -> list[str]:
    """The first line: the row number where rows have no key that everybody may read, then every field."""
    first = [NUMBER] if is_numbered(register) else []
    return first + [register.label_of(field) for field in register.fields]


def number_places(register: Register[Any]) -> set[int]:
    """The columns that a spreadsheet may add up: amounts and counts, never codes."""
    first = 1 if is_numbered(register) else 0
    return {
        first + place
        for place, field in enumerate(register.fields)
        if isinstance(column := register.model_field(field), IntegerField)
        and not column.choices
        and SENSITIVE not in field.flags
    }


class Counted:
    """Blocks of lines that are counted and digested as they pass."""

    def __init__(self, blocks: Iterator[Block], tell: Callable[[int, int, str], None] | None = None) -> None:
        self.blocks = blocks
        self.tell = tell
        self.count = 0
        self.digest = hashlib.sha256()
        self.text = ""
        """The block that passed last, as it was digested: a unit separator between cells, a record separator after lines."""

    def __iter__(self) -> Iterator[Block]:
        for block in self.blocks:
            self.count += len(block)
            self.text = RECORD.join(map(UNIT.join, block)) + RECORD
            self.digest.update(self.text.encode())
            if self.tell is not None:
                self.tell(self.count, 0, _("已写出 %(rows)s 行") % {"rows": self.count})
            yield block

    @property
    def facts(self) -> dict[str, Any]:
        """How many lines passed, and sha256 over their cells (unit and record separators between them)."""
        return {"rows": self.count, "digest": self.digest.hexdigest()}


def notes(register: Register[Any], counted: Counted, asker: Asker) -> list[tuple[str, str]]:
    """What a file says about itself; first of all whether it is made up."""
    mark = [(_("标识"), _("演示数据"))] if settings.DEMO else []
    return [
        *mark,
        (_("名录"), register.label),
        (_("导出人"), str(asker.user)),
        (_("导出时间"), timezone.localtime(asker.at).strftime("%Y-%m-%d %H:%M:%S")),
        (_("行数"), str(counted.count)),
        (_("校验值"), counted.facts["digest"]),
    ]


def write_csv(register: Register[Any], counted: Counted, asker: Asker) -> IO[bytes]:
    """A .csv in UTF-8 with a mark, so that spreadsheets read it; the notes are the first line, after a #."""
    body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    text = io.TextIOWrapper(body, encoding="utf-8", newline="")
    out = csv.writer(text)
    out.writerow(headings(register))
    for block in counted:
        out.writerows(guarded(block) if may_be_formula(counted.text) else block)
    text.detach()
    head = " · ".join(f"{label}：{text}" for label, text in notes(register, counted, asker))
    whole = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    whole.write(f"\ufeff# {head}\r\n".encode().replace(b",", "，".encode()))
    body.seek(0)
    shutil.copyfileobj(body, whole, 1 << 20)
    body.close()
    whole.seek(0)
    return whole


def may_be_formula(text: str) -> bool:
    """Whether a cell of a digested block begins as formulas do."""
    return text.startswith(FORMULA) or any(mark in text for mark in SUSPECT)


def guarded(block: Block) -> Iterator[list[str]]:
    """The lines with what a spreadsheet would take for a formula made harmless."""
    return ([harmless(cell) for cell in line] for line in block)


def write_workbook(register: Register[Any], counted: Counted, asker: Asker) -> IO[bytes]:
    """A workbook: codes as text (they lose no digit), amounts as numbers, the notes on the last sheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(_("名录"))
    sheet.freeze_panes(1, 0)
    numbers = number_places(register)
    for place, heading in enumerate(headings(register)):
        sheet.set_column(place, place, max(12, min(36, 2 * len(heading) + 4)))
        sheet.write_string(0, place, heading, bold)
    for number, line in enumerate(chain.from_iterable(counted), start=1):
        for place, cell in enumerate(line):
            if place in numbers and cell:
                sheet.write_number(number, place, float(cell))
            elif cell:
                sheet.write_string(number, place, cell)
    about = book.add_worksheet(_("说明"))
    about.set_column(0, 0, 12)
    about.set_column(1, 1, 70)
    for number, (label, text) in enumerate(notes(register, counted, asker)):
        about.write_string(number, 0, label, bold)
        about.write_string(number, 1, text)
    book.close()
    file.seek(0)
    return file
