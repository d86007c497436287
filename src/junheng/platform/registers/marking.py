"""The workbook that was sent, given back with what is wrong written into its cells."""

import io
from collections import defaultdict
from collections.abc import Sequence

import openpyxl
import xlsxwriter
from django.utils.translation import gettext as _
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from junheng.platform.registers.headings import MISTAKES, SAID, UNUSUAL
from junheng.platform.registers.plans import Plan
from junheng.platform.registers.problems import Problem
from junheng.platform.registers.sheets import ZIP_MARK, said_in

AUTHOR = "均衡"
"""Who signs the comments; by it they are found and taken away when the file comes again."""
SUMMARY = "汇总"
YELLOW = PatternFill("solid", start_color="FFFFF2CC", end_color="FFFFF2CC")
RED = PatternFill("solid", start_color="FFFFC7CE", end_color="FFFFC7CE")
LARGEST = 300_000
"""Cells up to which the sender's own workbook is marked; of a larger one only the wrong lines are given back."""


def marked_file(plan: Plan, content: bytes) -> bytes:
    """A workbook with every problem at its cell, a column that says them by line, and a sheet that sums them up.

    A workbook comes back as it was sent, with its formats. A .csv, which has none, comes back as a workbook.
    """
    size = len(plan.sheet.lines) * max(1, len(plan.sheet.headings))
    if content.startswith(ZIP_MARK) and size <= LARGEST:
        return marked_original(plan, content)
    return marked_copy(plan, only_wrong=size > LARGEST)


def by_line(problems: Sequence[Problem]) -> dict[int, list[Problem]]:
    """The problems of each line."""
    found: dict[int, list[Problem]] = defaultdict(list)
    for one in problems:
        found[one.line].append(one)
    return found


def sentence(problem: Problem) -> str:
    """A problem with its column, as the last column of the line says it."""
    return f"{problem.column}：{problem.reason}" if problem.column else problem.reason


def marked_original(plan: Plan, content: bytes) -> bytes:
    """The sender's own workbook with marks. Macros are left out: what is given back runs nothing."""
    book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    sheet = book[plan.sheet.title]
    unmark(book, sheet, plan)
    column = mistakes_column(plan)
    headings = plan.sheet.headings
    if plan.problems or MISTAKES in headings:
        entitle(sheet, plan, column, MISTAKES)
    for line, problems in by_line(plan.problems).items():
        cell = sheet.cell(line, column, "；".join(sentence(one) for one in problems))
        cell.fill = RED
        for one in problems:
            if one.place is not None:
                mark(sheet, one)
    ask_in(sheet, plan, len(headings) + 1 + bool(plan.problems and MISTAKES not in headings))
    write_summary(book, plan)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def entitle(sheet: Worksheet, plan: Plan, place: int, text: str) -> None:
    """Head a column that the file has more than the one that was sent."""
    head = sheet.cell(plan.sheet.heading_line, place, text)
    head.font = Font(bold=True)
    sheet.column_dimensions[head.column_letter].width = 60


def ask_in(sheet: Worksheet, plan: Plan, after: int) -> None:
    """Two columns where anything is unusual: what it is, and an empty one for the explanation. What was said stays."""
    if not plan.questions:
        return
    headings = plan.sheet.headings
    unusual = headings.index(UNUSUAL) + 1 if UNUSUAL in headings else after
    said = headings.index(SAID) + 1 if SAID in headings else after + (UNUSUAL not in headings)
    entitle(sheet, plan, unusual, UNUSUAL)
    entitle(sheet, plan, said, SAID)
    for line, sentences in unusual_by_line(plan).items():
        sheet.cell(line, unusual, "".join(sentences)).fill = YELLOW
        sheet.cell(line, said).fill = YELLOW


def unusual_by_line(plan: Plan) -> dict[int, list[str]]:
    """What is unusual in each line."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in plan.questions:
        found[one.line].append(one.sentence)
    return found


def mark(sheet: Worksheet, problem: Problem) -> None:
    """Colour a cell and put the sentence beside it."""
    assert problem.place is not None
    cell = sheet.cell(problem.line, problem.place + 1)
    if isinstance(cell, MergedCell):
        return
    cell.fill = RED
    before = cell.comment.text + "\n" if cell.comment else ""
    cell.comment = Comment(before + problem.reason, AUTHOR, width=320, height=120)


def unmark(book: Workbook, sheet: Worksheet, plan: Plan) -> None:
    """Take away the marks of an earlier round."""
    for title in [one for one in book.sheetnames if book[one]["A1"].value == MISTAKES]:
        del book[title]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()
    for heading in {MISTAKES, UNUSUAL} & set(plan.sheet.headings):
        for line in plan.sheet.lines:
            cell = sheet.cell(line.number, plan.sheet.headings.index(heading) + 1)
            cell.value = None
            cell.fill = PatternFill()


def mistakes_column(plan: Plan) -> int:
    """The column that says what is wrong: the one from before, else the first after the table."""
    headings = plan.sheet.headings
    return headings.index(MISTAKES) + 1 if MISTAKES in headings else len(headings) + 1


def write_summary(book: Workbook, plan: Plan) -> None:
    """A sheet that sums up by cause; its first words say that it is no table to import."""
    sheet = book.create_sheet(SUMMARY)
    for row in summary_rows(plan):
        sheet.append(row)
    for letter, width in zip("ABCDE", (40, 20, 8, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in (*sheet[1], *sheet[3]):
        cell.font = Font(bold=True)


def summary_rows(plan: Plan) -> list[list[str | int]]:
    """The summary as rows: how many, then each cause."""
    rows: list[list[str | int]] = [
        [MISTAKES, _("共 %(count)s 处") % {"count": len(plan.problems)}],
        [_("改好标红的单元格后，直接用这个文件重新预览；已有的相同内容不会重复导入。")],
        [_("原因"), _("所在列"), _("处数"), _("位置"), _("例如")],
    ]
    for group in plan.groups:
        where = "、".join(group.where) + ("…" if group.more > 0 else "")
        rows.append([group.label, group.column or _("整行"), group.count, where, group.reason])
    if plan.asked:
        hint = _("请在“少见情形说明”一列写明原因；填错的请改正。")
        rows.append([UNUSUAL, _("整行"), plan.asked, "", hint])
    return rows


def marked_copy(plan: Plan, *, only_wrong: bool) -> bytes:
    """A new workbook with the lines as text, or only the wrong ones with their numbers, marked alike."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    red, bold = book.add_format({"bg_color": "#FFC7CE"}), book.add_format({"bold": True})
    yellow = book.add_format({"bg_color": "#FFF2CC"})
    sheet = book.add_worksheet(plan.sheet.title[:31] or _("名录"))
    headings = [one for one in plan.sheet.headings if one not in {MISTAKES, UNUSUAL, SAID}]
    places = [at for at, one in enumerate(plan.sheet.headings) if one not in {MISTAKES, UNUSUAL, SAID}]
    more = [MISTAKES, *([UNUSUAL, SAID] if plan.questions else [])]
    shown = [*headings, *more] + ([_("原行号")] if only_wrong else [])
    sheet.write_row(0, 0, shown, bold)
    sheet.set_column(len(headings), len(headings) + len(more) - 1, 60)
    wrong, unusual = by_line(plan.problems), unusual_by_line(plan)
    number = 0
    for line in plan.sheet.lines:
        problems, sentences = wrong.get(line.number, []), unusual.get(line.number, [])
        if only_wrong and not problems and not sentences:
            continue
        number += 1
        bad = {one.place for one in problems}
        for at, place in enumerate(places):
            text = line.cells[place] if place < len(line.cells) else ""
            if place in bad:
                sheet.write_string(number, at, text, red)
            elif text:
                sheet.write_string(number, at, text)
        if problems:
            sheet.write_string(number, len(headings), "；".join(sentence(one) for one in problems), red)
        if sentences:
            sheet.write_string(number, len(headings) + 1, "".join(sentences), yellow)
            sheet.write_string(number, len(headings) + 2, said_in(plan.sheet, line), yellow)
        if only_wrong:
            sheet.write_number(number, len(shown) - 1, line.number)
    about = book.add_worksheet(SUMMARY)
    about.set_column(0, 0, 40)
    for at, row in enumerate(summary_rows(plan)):
        about.write_row(at, 0, row)
    book.close()
    return file.getvalue()
