"""The day of a school's clerk: a workbook goes out, comes back with mistakes, is marked in its cells, mended, applied."""

import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Download, Page, expect

from tests.browser.conftest import Complaints, Login

SCHOOL = "xiaozhang1"
LIST = "/registers/pupils/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MISTAKES = {
    "性别": "不详",
    "出生日期": "2016-02-30",
    "家庭": "H没有这一家",
    "班级": "99999999 没有这个班",
    "户籍区划": "999999999 某处",
    "学段": "大学",
    "年级（1–12）": "第十三",
    "寄宿": "也许",
    "入学日": "昨天",
    "离校日": "2020-13-01",
}
"""One mistake of every kind that a clerk makes, by the heading under which it is made."""


def test_a_clerk_breaks_ten_cells_and_gets_them_back_marked(login: Login, complaints: Complaints) -> None:
    page = login(SCHOOL)
    page.goto(LIST)
    with page.expect_download() as out:
        page.get_by_role("link", name=".xlsx").click()
    book = opened(out.value)
    broken = break_cells(book)

    upload(page, book)
    expect(page.get_by_role("alert")).to_contain_text(f"有 {len(MISTAKES)} 处问题")
    with page.expect_download() as back:
        page.get_by_role("button", name="下载标出问题的文件").click()
    book = opened(back.value)
    assert commented(sheet_of(book)) == set(broken)

    mend(book, broken)
    boarding = sheet_of(book)[f"{column_of(book, '寄宿')}20"]
    boarding.value = "是" if boarding.value == "否" else "否"
    upload(page, book)
    main = page.get_by_role("main")
    expect(main).to_contain_text("修改 1")
    page.get_by_label("事由").fill("开学核对住宿")
    page.get_by_role("button", name="确认导入").click()
    expect(main).to_contain_text("导入完成：新增 0 行，修改 1 行")

    upload(page, book)
    expect(main).to_contain_text("完全一致")
    assert complaints == []


def opened(download: Download) -> Workbook:
    """A downloaded workbook."""
    return load_workbook(io.BytesIO(Path(download.path()).read_bytes()))


def sheet_of(book: Workbook) -> Worksheet:
    """The sheet with the rows."""
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def column_of(book: Workbook, heading: str) -> str:
    """The letter of the column under a heading of the first line."""
    return next(cell.column_letter for cell in sheet_of(book)[1] if cell.value == heading)


def break_cells(book: Workbook) -> dict[str, Any]:
    """Make every mistake, each in a line of its own; returns what stood there, by place."""
    broken = {}
    for line, (heading, wrong) in enumerate(MISTAKES.items(), start=3):
        cell = sheet_of(book)[f"{column_of(book, heading)}{line}"]
        broken[cell.coordinate] = cell.value
        cell.value = wrong
    return broken


def commented(sheet: Worksheet) -> set[str]:
    """The cells in which something is noted."""
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}


def mend(book: Workbook, broken: dict[str, Any]) -> None:
    """Write what is right into the marked cells of the file that came back."""
    for place, value in broken.items():
        sheet_of(book)[place].value = value


def upload(page: Page, book: Workbook) -> None:
    """Choose a workbook on the import page and look at its preview."""
    content = io.BytesIO()
    book.save(content)
    page.goto(f"{LIST}import/")
    file = {"name": "学生.xlsx", "mimeType": XLSX, "buffer": content.getvalue()}
    page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item] # a dict is a file too
    page.get_by_role("button", name="预览").click()
    page.wait_for_load_state()
