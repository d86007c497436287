"""A statement as a workbook: amounts are numbers that can be added up, everything else is text."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from junheng.platform.papers.printable import chinese, width_of
from junheng.platform.papers.statement import Cell, Issue, Statement
from junheng.platform.sealing.codes import grouped

HEADING, BROAD, HIGH, HIGHEST = 2, 1.4, 18, 400
"""The line of the headings, from nought; how broad a column is for each of its parts; how high a line and a row."""
CELLS: dict[str, dict[str, Any]] = {"words": {"text_wrap": True}, "count": {"align": "right", "num_format": "#,##0"}, "money": {"align": "right", "num_format": "#,##0.00"}}  # fmt: skip


def signatures() -> list[str]:
    """Who signs a statement."""
    return ["制表", "复核", "负责人", "日期"]


def notes(statement: Statement, issue: Issue) -> list[tuple[str, str]]:
    """What stands below the lines: rates with clauses, what else is to be known, and what the file says of itself."""
    return [
        *(("标准", one) for one in statement.rates),
        *(("说明", one) for one in statement.remarks),
        ("截至", chinese(issue.as_of)),
        ("导出", f"{issue.by}，{issue.moment}"),
        ("核验码", f"{grouped(issue.code)}（{issue.address}）"),
        ("校验值", statement.digest),
    ]


def lines_of(statement: Statement, row: Sequence[Cell]) -> int:
    """How many lines the fullest cell of a row needs: not every program measures wrapped words when it opens a file."""
    cells = zip(statement.columns, statement.said(row), strict=True)
    return max(-(-width_of(text) // max(1, int(one.width * BROAD) - 1)) for one, text in cells) or 1


def across(page: Any, line: int, first: int, last: int, words: str, look: Any) -> None:
    """Words over several columns, or in the one there is."""
    if last > first:
        page.merge_range(line, first, line, last, words, look)
    else:
        page.write_string(line, first, words, look)


def workbook(statement: Statement, issue: Issue) -> io.BytesIO:
    """One sheet for A4 on its side, with its headings on every page and room for signatures."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties(
        {"title": statement.title, "author": statement.unit, "created": issue.at.replace(tzinfo=None)}
    )
    title = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    small = book.add_format({"text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#EEF1F3"})  # fmt: skip
    plain = {
        kind: book.add_format({"border": 1, "valign": "vcenter", **look}) for kind, look in CELLS.items()
    }
    strong = {kind: book.add_format({"border": 1, "valign": "vcenter", "bold": True, **look}) for kind, look in CELLS.items()}  # fmt: skip
    page = book.add_worksheet("结算单")
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, HEADING)
    page.freeze_panes(HEADING + 1, 0)
    page.set_footer("&C第 &P 页，共 &N 页&R" + grouped(issue.code))
    if statement.marks:
        page.set_header("&R" + "，".join(statement.marks))
    last = len(statement.columns) - 1
    across(page, 0, 0, last, statement.title, title)
    page.set_row(0, 30)
    page.set_row(HEADING, 1.4 * HIGH)
    head = [
        f"单位：{statement.unit}",
        f"期间：{statement.period}",
        f"金额单位：{statement.measure}",
        *statement.marks,
    ]
    across(page, 1, 0, last, "　　".join(head), small)
    for place, column in enumerate(statement.columns):
        page.set_column(place, place, column.width * BROAD)
        page.write_string(HEADING, place, column.heading, heading)
    rows = [(one, plain) for one in statement.lines] + [(one, strong) for one in statement.sums]
    for number, (row, looks) in enumerate(rows, start=HEADING + 1):
        page.set_row(number, min(HIGHEST, HIGH * lines_of(statement, row)))
        for place, (cell, column) in enumerate(zip(row, statement.columns, strict=True)):
            if isinstance(cell, int):
                page.write_number(
                    number, place, Decimal(cell) / 100 if column.kind == "money" else cell, looks[column.kind]
                )
            else:
                page.write_string(
                    number, place, statement.said(row)[place], looks[column.kind if cell is None else "words"]
                )
    number = HEADING + 1 + len(rows)
    for label, words in notes(statement, issue):
        number += 1
        page.write_string(number, 0, label, small)
        across(page, number, 1, last, words, small)
        page.set_row(number, 15 * (1 + len(words) // (sum(one.width for one in statement.columns[1:]) or 1)))
    for label in signatures():
        number += 1
        page.set_row(number, 24)
        page.write_string(number, 0, label if label == "日期" else f"{label}签字", small)
    book.close()
    file.seek(0)
    return file
