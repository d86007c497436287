"""Looking through the XML of a sheet once, before it is loaded: how far it reaches, and cells that cannot be trusted.

The fast reader gives values only. What Excel kept of a cell besides (a formula without a result, an error, a number
whose last digits are gone, a row that is hidden) stands in the XML and is found by a few regular expressions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

from django.utils.translation import gettext as _

from junheng.platform.registers.cells import column_letters, column_place

CONTENT = re.compile(rb"<(?:v>[^<]|is>|v xml)")
ROW_NUMBER = re.compile(rb'\br="(\d+)"')
WIDE = re.compile(rb'<c\s[^<>]*?\br="([A-Z]{2,3})\d+"[^<>/]*>')
HIDDEN_ROW = re.compile(rb'<row\s[^<>]*?hidden="(?:1|true)"[^<>]*>')
HIDDEN_COLUMN = re.compile(rb'<col\s[^<>]*?hidden="(?:1|true)"[^<>]*>')
SPAN = re.compile(rb'\b(min|max)="(\d+)"')
ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
TEXT_CELL = re.compile(rb'\bt="(?:s|str|inlineStr|b)"')
FORMULA = re.compile(rb"<c\s([^<>]*)><f[^<>]*?(?:/>|>([^<]*)</f>)(?:<v>([^<]*)</v>|<v\s*/>)?")
ERROR = re.compile(rb'<c\s([^<>]*\bt="e"[^<>]*)>(?:<f[^<>]*?(?:/>|>[^<]*</f>))?<v>([^<]*)</v>')
LONG = re.compile(rb"<c\s([^<>]*)><v>(\d{16,}[\d.]*|\d\.\d+[eE]\+(?:1[5-9]|[2-9]\d))</v>")
CALLS_OUT = re.compile(
    r"\||\b(?:WEBSERVICE|HYPERLINK|CALL|REGISTER|DDE|RTD|IMPORT\w+|FILTERXML)\s*\(|\[\d+\]|file:|https?:",
    re.I,
)
MAYBE_WIDE = re.compile(rb'r="[A-Z][A-Z]')
MAYBE_LONG = re.compile(rb"<v>(?:\d{16}|\d\.\d+[eE]\+)")
"""What must stand somewhere for a longer search to find anything: far quicker where nothing does."""
FEW = 2_000
"""Cells of one kind that are named; who has more has one mistake, not thousands."""
FIRST_CELLS = 1_000
"""Cells that are looked at to see where the table begins."""
Fault = tuple[str, str]


@dataclass(slots=True)
class Scan:
    """What the XML of a sheet says: its reach, what is hidden, and cells that cannot be read as they stand."""

    last_row: int = 0
    last_column: int = 0
    first_places: dict[int, int] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[str] = field(default_factory=list)
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)


def scan(xml: bytes) -> Scan:
    """Look through a sheet. Time and memory grow with its bytes, which were measured before."""
    found = Scan()
    last = last_content(xml)
    if last < 0:
        return found
    found.last_row = row_before(xml, last)
    found.last_column = max(widest(xml), 26)
    found.first_places = first_places(xml)
    found.hidden_rows = [
        number
        for tag in (HIDDEN_ROW.findall(xml) if b'hidden="' in xml else ())
        if (match := ROW_NUMBER.search(tag)) and (number := int(match[1])) <= found.last_row
    ]
    for tag in HIDDEN_COLUMN.findall(xml) if b'hidden="' in xml else ():
        span = {key: int(value) for key, value in SPAN.findall(tag)}
        if span.get(b"min", 0) <= found.last_column:
            found.hidden_columns.append(column_letters(max(span.get(b"min", 1), 1) - 1))
    found.faults = dict(faults(xml))
    return found


def last_content(xml: bytes) -> int:
    """Where the last cell stands that holds something, searched from the end; -1 if none does."""
    end = len(xml)
    while end > 0:
        at = max(xml.rfind(b"<v>", 0, end), xml.rfind(b"<is>", 0, end), xml.rfind(b"<v xml", 0, end))
        if at < 0 or CONTENT.match(xml, at):
            return at
        end = at
    return -1


def row_before(xml: bytes, at: int) -> int:
    """The number of the row that holds a place of the XML."""
    start = xml.rfind(b"<row", 0, at)
    match = ROW_NUMBER.search(xml, start, xml.find(b">", start)) if start >= 0 else None
    return int(match[1]) if match else xml.count(b"<row", 0, at)


def widest(xml: bytes) -> int:
    """The number of the last column, where it is one of those with two or three letters."""
    if not MAYBE_WIDE.search(xml):
        return 0
    return max((column_place(letters.decode()) + 1 for letters in set(WIDE.findall(xml))), default=0)


def first_places(xml: bytes) -> dict[int, int]:
    """For the first rows the column of their first cell that holds something."""
    places: dict[int, int] = {}
    for match in islice(CONTENT.finditer(xml), FIRST_CELLS):
        start = xml.rfind(b"<c ", 0, match.start())
        if start >= 0 and (place := place_of(xml[start : match.start()])):
            places.setdefault(place[0], place[1])
    return places


def faults(xml: bytes) -> Iterator[tuple[tuple[int, int], Fault]]:
    """The cells that cannot be read as they stand."""
    for number, match in enumerate(LONG.finditer(xml) if MAYBE_LONG.search(xml) else ()):
        if number < FEW and not TEXT_CELL.search(match[1]) and (place := place_of(match[1])):
            yield place, ("digits", lost_digits())
    if b"<f" in xml:
        for number, match in enumerate(FORMULA.finditer(xml)):
            formula = unescape((match[2] or b"").decode("utf-8", "replace"))
            place = place_of(match[1]) if number < FEW else None
            if place and CALLS_OUT.search(formula):
                yield place, ("formula", calling_out(formula))
            elif place and not match[3] and b't="str"' not in match[1]:
                yield place, ("formula", without_result(formula))
    if b't="e"' in xml:
        for number, match in enumerate(ERROR.finditer(xml)):
            if number < FEW and (place := place_of(match[1])):
                yield place, ("formula", error_value(match[2].decode("utf-8", "replace")))


def place_of(tag: bytes) -> tuple[int, int] | None:
    """Line and column of a cell's tag."""
    match = ADDRESS.search(tag)
    return (int(match[2]), column_place(match[1].decode())) if match else None


def lost_digits() -> str:
    """The sentence about numbers that a spreadsheet cut."""
    return _(
        "Excel 把这串号码当作数字存了，只保留前 15 位，后面的已变成 0，无法恢复。"
        "请先把这一列的单元格格式设为「文本」，再重新填写完整号码。"
    )


def calling_out(formula: str) -> str:
    """The sentence about a formula that reaches beyond the workbook."""
    return _(
        "这个单元格的公式（=%(formula)s）会调用外部程序、网址或别的文件，没有读取。请改为直接填写内容。"
    ) % {"formula": formula[:40]}


def without_result(formula: str) -> str:
    """The sentence about a formula that was never calculated."""
    return _(
        "这个单元格是公式（=%(formula)s），文件里没有存下计算结果。请用 Excel 打开并保存一次，或改为直接填写数值。"
    ) % {"formula": formula[:40]}


def error_value(text: str) -> str:
    """The sentence about #N/A and its like."""
    return _("这个单元格是错误值 %(value)s。请检查公式，或改为直接填写内容。") % {"value": text[:10]}
