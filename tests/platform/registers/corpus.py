"""Dirty workbooks made by rule: for every kind of dirt and every register a file, and the truth about each of its cells.

A kind is a function that takes a clean table and makes it dirty. The harmless kinds must be read as if they were clean;
the faulty ones say which cell is wrong and why. Nothing is random, so a file that fails fails again.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter
from django.db.models import BooleanField, CharField, DateField, ForeignKey, IntegerField

from junheng.platform.registers import Register, register_called
from junheng.platform.registers.cells import column_letters
from junheng.platform.registers.flags import FIXED, KEY
from junheng.platform.registers.forms import editable
from tests.makers.rows import HERE, THERE

SLUGS = ("schools", "kindergartens", "waters", "households", "loans", "documents", "people", "rounds")
LINES = 6
EPOCH = date(1899, 12, 30)
WIDE = {ord(one): ord(one) + 0xFEE0 for one in "0123456789-.,"}


@dataclass(frozen=True)
class Formula:
    """A cell with a formula and the result that the file has for it."""

    text: str
    result: Any = ""


@dataclass
class Table:
    """A clean table: the columns by kind, the words in the cells, and the values that they mean."""

    register: Register[Any]
    names: list[str]
    kinds: dict[str, str]
    headings: list[list[Any]]
    cells: list[list[Any]]
    truth: list[dict[str, Any]]
    above: list[list[Any]] = field(default_factory=list)
    below: list[list[Any]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    left: int = 0
    other_sheets: list[tuple[str, list[list[Any]]]] = field(default_factory=list)
    kind_of_file: str = "xlsx"
    encoding: str = "utf-8-sig"
    separator: str = ","
    wrong: set[tuple[str, str]] = field(default_factory=set)

    def of_kind(self, *kinds: str) -> Iterator[int]:
        """The places of the columns of some kinds."""
        return (place for place, name in enumerate(self.names) if self.kinds[name] in kinds)

    def line(self, row: int) -> int:
        """The number in the file of a line of records."""
        return len(self.above) + len(self.headings) + row + 1

    def address(self, row: int, place: int) -> str:
        """The address in the file of a cell."""
        return f"{column_letters(self.left + place)}{self.line(row)}"

    def spoil(self, row: int, place: int, value: Any, cause: str) -> None:
        """Put something wrong into a cell and remember it."""
        self.cells[row][place] = value
        self.wrong.add((self.address(row, place), cause))

    def rows(self) -> list[list[Any]]:
        """All lines of the file from the top."""
        pad = [""] * self.left
        return [pad + row for row in [*self.above, *self.headings, *self.cells, *self.below]]

    def content(self) -> bytes:
        """The file."""
        return as_csv(self) if self.kind_of_file == "csv" else as_workbook(self)


def as_csv(table: Table) -> bytes:
    """The table as text in its encoding."""
    file = io.StringIO()
    csv.writer(file, delimiter=table.separator).writerows(table.rows())
    return file.getvalue().encode(table.encoding)


def as_workbook(table: Table) -> bytes:
    """The table as a workbook, the other sheets before it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"default_date_format": "yyyy/m/d", "in_memory": True})
    shaded = book.add_format({"bg_color": "#EEEEEE", "border": 1})
    for title, rows in table.other_sheets:
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    sheet = book.add_worksheet("数据")
    for number, row in enumerate(table.rows()):
        for place, cell in enumerate(row):
            if isinstance(cell, Formula):
                sheet.write_formula(number, place, cell.text, None, cell.result)
            elif isinstance(cell, str) and cell:
                sheet.write_string(number, place, cell)
            elif cell == "":
                sheet.write_blank(number, place, None, shaded)
            else:
                sheet.write(number, place, cell)
    for top, left, bottom, right in table.merges:
        word = table.rows()[top][left]
        sheet.merge_range(top, left, bottom, right, word, shaded)
    for number in table.hidden:
        sheet.set_row(number, None, None, {"hidden": True})
    book.close()
    return file.getvalue()


def clean_table(slug: str) -> Table:
    """Six good records of a register, written as an export writes them."""
    register = register_called(slug)
    fields = [
        one
        for one in editable(register)
        if FIXED not in one.flags
        and (not register.model_field(one).null or KEY in one.flags)
        and not (isinstance(register.model_field(one), ForeignKey) and one.name != "area")
    ]
    kinds = {one.name: kind_of(register, one.name) for one in fields}
    truth = [{name: value_of(register, name, kinds[name], row) for name in kinds} for row in range(LINES)]
    cells = [[word_of(register, name, kinds[name], line[name]) for name in kinds] for line in truth]
    headings = [[register.label_of(name) for name in kinds]]
    return Table(register, list(kinds), kinds, headings, cells, truth)


def kind_of(register: Register[Any], name: str) -> str:
    """What a column holds, for the purposes of dirt."""
    column = register.model_field(name)
    if isinstance(column, ForeignKey):
        return "area"
    if KEY in register.f(name).flags and isinstance(column, CharField):  # type: ignore[union-attr]
        return "code"
    if column.choices:
        return "choice"
    if register.is_money(name):
        return "money"
    for kind, of_kind in (("yesno", BooleanField), ("number", IntegerField), ("day", DateField)):
        if isinstance(column, of_kind):
            return kind
    return "text"


def value_of(register: Register[Any], name: str, kind: str, row: int) -> Any:
    """The value that a cell means."""
    column = register.model_field(name)
    if kind == "choice":
        return column.flatchoices[row % len(column.flatchoices)][0]
    longest = column.max_length or 40 if isinstance(column, CharField) else 40
    return {
        "area": HERE,
        "code": f"2141{row + 1:06}"[:longest],
        "money": 125_000 * (row + 1),
        "number": 12_000 + row * 100,
        "day": date(2023, 9, 11 + row),
        "yesno": row % 2 == 0,
        "text": f"示例{row + 1}"[:longest],
    }[kind]


def word_of(register: Register[Any], name: str, kind: str, value: Any) -> Any:
    """How a value is written in a clean file."""
    if kind == "choice":
        return str(dict(register.model_field(name).flatchoices)[value])
    if kind == "money":
        return f"{value // 100}.{value % 100:02}"
    if kind == "yesno":
        return "是" if value else "否"
    return str(value)


Kind = Callable[[Table], None]
HARMLESS: dict[str, Kind] = {}
FAULTY: dict[str, Kind] = {}


def harmless(make: Kind) -> Kind:
    """Register a kind of dirt that must not be noticed in the values."""
    HARMLESS[make.__name__] = make
    return make


def faulty(make: Kind) -> Kind:
    """Register a kind of dirt that must be named at its cell."""
    FAULTY[make.__name__] = make
    return make


def each(table: Table, kinds: tuple[str, ...], change: Callable[[Any, Any], Any]) -> None:
    """Write the cells of some kinds differently: from the word and the value that it means."""
    for place in table.of_kind(*kinds):
        for row, cells in enumerate(table.cells):
            cells[place] = change(cells[place], table.truth[row][table.names[place]])


def file_of(kinds: dict[str, Kind], kind: str, slug: str) -> Table | None:
    """One file of the corpus; ``None`` where the register has no column for this kind of dirt."""
    table, clean = clean_table(slug), clean_table(slug)
    kinds[kind](table)
    return None if table == clean and kind != "plain" else table


# ── what must be read as if it were clean ─────────────────────────────────────────────────────────────────────────────


@harmless
def plain(_table: Table) -> None:
    """The clean table itself."""


@harmless
def title_above(table: Table) -> None:
    table.above = [["某市基本情况统计表"], ["填报单位：某区", "", "2023年10月9日"], []]


@harmless
def merged_group_headings(table: Table) -> None:
    table.headings.insert(0, ["基本信息"] + [""] * (len(table.names) - 1))
    table.merges.append((0, 0, 0, len(table.names) - 1))


@harmless
def headings_merged_downwards(table: Table) -> None:
    table.headings.append([""] * len(table.names))
    table.merges += [(0, place, 1, place) for place in range(len(table.names))]


@harmless
def headings_with_marks(table: Table) -> None:
    table.headings = [[f" *{'　'.join(heading)}： " for heading in table.headings[0]]]


@harmless
def headings_by_field_name(table: Table) -> None:
    table.headings = [list(table.names)]


@harmless
def blank_formatted_rows(table: Table) -> None:
    table.cells = [row for cells in table.cells for row in (cells, [""] * len(cells))]
    table.truth = [line for line in table.truth for _twice in range(2)]
    table.below = [[""] * len(table.names)] * 40


@harmless
def totals_below(table: Table) -> None:
    numbers = set(table.of_kind("number", "money"))
    table.below = [["合　计", *("99999" if place in numbers else "" for place in range(1, len(table.names)))]]


@harmless
def remarks_below(table: Table) -> None:
    table.below = [[], ["注：本表数据截至 2023 年底。"], ["填表人：某某", "", "审核人：某某"]]


@harmless
def headings_repeated(table: Table) -> None:
    table.below = [list(table.headings[-1])]


@harmless
def full_width_figures(table: Table) -> None:
    each(table, ("code", "number", "money", "day"), lambda word, _value: word.translate(WIDE))


@harmless
def blanks_around(table: Table) -> None:
    each(
        table,
        ("code", "area", "choice", "text", "yesno", "day"),
        lambda word, _value: f"　 {word}\u00a0\u200b",
    )


@harmless
def thousands(table: Table) -> None:
    each(table, ("number",), lambda _word, value: f"{value:,}")
    each(table, ("money",), lambda _word, value: f"{value // 100:,}.00")


@harmless
def ten_thousands(table: Table) -> None:
    each(table, ("number",), lambda _word, value: f"{value / 10_000:g}万")
    each(table, ("money",), lambda _word, value: f"{value / 1_000_000:g}万元")


@harmless
def heading_says_ten_thousands(table: Table) -> None:
    for place in table.of_kind("money"):
        table.headings[0][place] = table.headings[0][place].replace("（元）", "") + "（万元）"
    each(table, ("money",), lambda _word, value: f"{value / 1_000_000:g}")


@harmless
def units_behind(table: Table) -> None:
    each(table, ("number",), lambda word, _value: f"{word} 人")
    each(table, ("money",), lambda word, _value: f"¥{word}元")


@harmless
def numbers_as_numbers(table: Table) -> None:
    each(table, ("number", "code"), lambda word, _value: int(word) if word.isdigit() else word)
    each(table, ("money",), lambda _word, value: value / 100)


@harmless
def days_with_dots(table: Table) -> None:
    each(table, ("day",), lambda _word, value: f"{value.year}.{value.month}.{value.day}")


@harmless
def days_with_strokes(table: Table) -> None:
    each(table, ("day",), lambda _word, value: f"{value.year}/{value.month}/{value.day}")


@harmless
def days_in_words(table: Table) -> None:
    each(table, ("day",), lambda _word, value: f"{value.year}年{value.month}月{value.day}日")


@harmless
def days_packed(table: Table) -> None:
    each(table, ("day",), lambda _word, value: f"{value:%Y%m%d}")


@harmless
def days_of_a_spreadsheet(table: Table) -> None:
    each(table, ("day",), lambda _word, value: value)


@harmless
def days_as_numbers(table: Table) -> None:
    each(table, ("day",), lambda _word, value: (value - EPOCH).days)


@harmless
def days_with_weekday(table: Table) -> None:
    each(
        table,
        ("day",),
        lambda _word, value: (
            f"{value.year}年{value.month}月{value.day}日 星期{'一二三四五六日'[value.weekday()]}"
        ),
    )


@harmless
def shifted(table: Table) -> None:
    table.left, table.above = 2, [[], []]


@harmless
def other_sheets_first(table: Table) -> None:
    table.other_sheets = [("封面", [["某市教育局"], ["2023 年"]]), ("填表说明", [["一、名称"], ["二、日期"]])]


@harmless
def hidden_rows(table: Table) -> None:
    table.hidden = [2, 3]


@harmless
def formulas_with_results(table: Table) -> None:
    each(table, ("number",), lambda _word, value: Formula(f"={value}+0", value))


@harmless
def csv_gb18030(table: Table) -> None:
    table.kind_of_file, table.encoding = "csv", "gb18030"


@harmless
def csv_utf8(table: Table) -> None:
    table.kind_of_file, table.encoding, table.separator = "csv", "utf-8", ";"


@harmless
def csv_utf16_tabs(table: Table) -> None:
    table.kind_of_file, table.encoding, table.separator = "csv", "utf-16", "\t"


# ── what must be named at its cell ────────────────────────────────────────────────────────────────────────────────────


def spoil_first(table: Table, kinds: tuple[str, ...], row: int, value: Any, cause: str) -> None:
    """Spoil one cell of the first column of some kinds, if there is one."""
    place = next(table.of_kind(*kinds), None)
    if place is not None:
        table.spoil(row, place, value, cause)


@faulty
def day_without_year(table: Table) -> None:
    spoil_first(table, ("day",), 1, "9月1日", "date")


@faulty
def day_that_never_was(table: Table) -> None:
    spoil_first(table, ("day",), 2, "2023-02-30", "date")


@faulty
def day_with_two_figures_of_a_year(table: Table) -> None:
    spoil_first(table, ("day",), 0, "23.9.1", "date")


@faulty
def month_that_lost_a_zero(table: Table) -> None:
    spoil_first(table, ("day",), 3, "2023.1", "date")


@faulty
def word_for_a_day(table: Table) -> None:
    spoil_first(table, ("day",), 5, "去年秋天", "date")


@faulty
def no_such_choice(table: Table) -> None:
    spoil_first(table, ("choice",), 1, "城堡", "choice")


@faulty
def neither_yes_nor_no(table: Table) -> None:
    spoil_first(table, ("yesno",), 4, "也许", "choice")


@faulty
def no_such_area(table: Table) -> None:
    spoil_first(table, ("area",), 2, "999999", "relation")


@faulty
def area_of_others(table: Table) -> None:
    spoil_first(table, ("area",), 3, THERE, "scope")


@faulty
def key_left_out(table: Table) -> None:
    spoil_first(table, ("code",), 1, "", "missing")


@faulty
def needed_day_left_out(table: Table) -> None:
    spoil_first(table, ("day",), 4, "", "missing")


@faulty
def word_for_a_number(table: Table) -> None:
    spoil_first(table, ("number",), 0, "很多", "number")


@faulty
def word_for_an_amount(table: Table) -> None:
    spoil_first(table, ("money",), 0, "若干", "number")


@faulty
def third_of_a_fen(table: Table) -> None:
    spoil_first(table, ("money",), 1, "12.345", "number")


@faulty
def key_too_long(table: Table) -> None:
    spoil_first(table, ("code",), 2, "9" * 60, "length")


@faulty
def key_cut_by_excel(table: Table) -> None:
    spoil_first(table, ("code",), 3, 110101199003071234, "digits")


@faulty
def formula_without_result(table: Table) -> None:
    spoil_first(table, ("day", "code"), 1, Formula("=A1+1"), "formula")


@faulty
def formula_that_calls_out(table: Table) -> None:
    spoil_first(table, ("code",), 2, Formula("=cmd|'/C calc'!A0", "1"), "formula")


@faulty
def formula_that_asks_the_web(table: Table) -> None:
    spoil_first(table, ("area",), 2, Formula('=WEBSERVICE("http://example.invalid")', HERE), "formula")


@faulty
def error_value(table: Table) -> None:
    spoil_first(table, ("area",), 0, Formula("=NA()", "#N/A"), "formula")


@faulty
def several_at_once(table: Table) -> None:
    spoil_first(table, ("day",), 0, "9月1日", "date")
    spoil_first(table, ("area",), 0, "999999", "relation")
    spoil_first(table, ("choice",), 2, "城堡", "choice")
    spoil_first(table, ("number",), 3, "很多", "number")


@faulty
def under_two_heading_rows(table: Table) -> None:
    table.above = [["某市统计表"]]
    table.headings.insert(0, ["基本信息"] + [""] * (len(table.names) - 1))
    table.left = 1
    spoil_first(table, ("area",), 5, "x", "relation")


@faulty
def same_key_twice(table: Table) -> None:
    place = next(table.of_kind("code"))
    days = [one for one in table.of_kind("day") if KEY in table.register.f(table.names[one]).flags]  # type: ignore[union-attr]
    for one in (place, *days):
        table.cells[5][one] = table.cells[1][one]
    table.wrong.add((str(table.line(5)), "twice"))
