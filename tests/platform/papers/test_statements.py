"""A statement of money: the workbook and the PDF say the same, nothing runs over, every page knows its number."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from junheng.platform.papers.printed import pdf_of
from junheng.platform.papers.statement import Column, Issue, Statement, code_for
from junheng.platform.papers.workbook import workbook
from junheng.platform.sealing.codes import is_checked
from tests.domains.schemes.pdf import text_of

COLUMNS = [Column("学校标识码", width=12), Column("学校", width=20), Column("人数", "count", 8), Column("应拨", "money", 14), Column("依据", width=16)]  # fmt: skip
LINES = [
    [f"21410{number:05}", f"示例区第{number}小学", number, 1_234_567 * number, "示财〔2023〕1号"]
    for number in range(1, 61)
]
ONE = Statement(
    title="示例区2023年春季学期生均公用经费结算单", unit="示例区教育局", period="2023年春季学期", columns=COLUMNS, lines=LINES,
    sums=[["", "合计", 1830, 1_234_567 * 1830, ""]], rates=["小学 · 生均定额：720.00 元/年（2023年3月1日起；示例条款）"], remarks=["按冻结名册核定。"],
    marks=["演示数据"],
)  # fmt: skip
CODE = code_for(ONE.digest, "2023-12-01")
ISSUE = Issue(
    "示例 财务",
    datetime(2023, 12, 1, tzinfo=UTC),
    date(2023, 11, 30),
    CODE,
    f"https://example.test/papers/verify/?code={CODE}",
)


def cells_of(statement: Statement) -> list[list[str]]:
    """The workbook as it is read: amounts and counts in their format."""
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(statement, ISSUE).getvalue())).active
    return [
        [
            "" if cell.value is None
            else f"{cell.value:,.2f}" if cell.number_format == "#,##0.00" and not isinstance(cell.value, str)
            else f"{cell.value:,}" if isinstance(cell.value, int)
            else str(cell.value)
            for cell in row
        ]
        for row in sheet.iter_rows()
    ]  # fmt: skip


def test_the_pdf_says_every_line_of_the_workbook_in_its_order() -> None:
    pages = text_of(pdf_of(ONE, ISSUE))
    said = [line for page in pages for line in page.split("\n")]
    place = -1
    rows = cells_of(ONE)
    table = rows[3 : 3 + len(LINES) + 1]
    assert [row[1] for row in table] == [*(line[1] for line in LINES), "合计"]
    assert table[-1][3] == "22,592,576.10"
    for row in table:
        for cell in filter(None, row):
            place = said.index(cell, place + 1)
    whole = "".join(said)
    notes = [cell for row in rows[3 + len(table) :] for cell in row if cell]
    assert "负责人签字" in notes
    assert not [one for one in notes if one.removesuffix("签字") not in whole]
    assert rows[0][0] == ONE.title
    assert rows[2] == [one.heading for one in COLUMNS]


def test_every_page_has_title_headings_number_and_mark() -> None:
    pages = text_of(pdf_of(ONE, ISSUE))
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        lines = page.split("\n")
        assert ONE.title in lines
        assert "学校标识码" in lines
        assert f"第 {number} 页，共 {len(pages)} 页" in lines
        assert "演示数据" in lines
    for label in (
        "制表：",
        "复核：",
        "负责人：",
        "日期：",
        ONE.digest,
        "单位：示例区教育局",
        "期间：2023年春季学期",
        "金额单位：元",
    ):
        assert label in pages[-1].split("\n")
    assert "演示数据" not in "".join(text_of(pdf_of(replace(ONE, marks=[]), ISSUE)))
    assert "演示数据" not in [cell for row in cells_of(replace(ONE, marks=[])) for cell in row]


def test_the_same_statement_is_the_same_bytes_and_another_has_another_digest() -> None:
    assert pdf_of(ONE, ISSUE) == pdf_of(ONE, ISSUE)
    assert is_checked(CODE)
    changed = [
        replace(ONE, title="别的"), replace(ONE, lines=LINES[1:]), replace(ONE, sums=[["", "合计", 1830, 1, ""]]),
        replace(ONE, rates=[]), replace(ONE, period="2023年秋季学期"), replace(ONE, remarks=["别的"]),
        replace(ONE, lines=[[*LINES[0][:3], 1, LINES[0][4]], *LINES[1:]]),
    ]  # fmt: skip
    digests = {one.digest for one in (ONE, *changed)}
    assert len(digests) == len(changed) + 1
    assert code_for(ONE.digest, "2023-12-02") != CODE
    assert ONE.totals == [["", "人数", "应拨"], ["合计", "1,830", "22,592,576.10"]]


@pytest.mark.parametrize(
    ("odd", "shown"),
    [("a\x00\x1fb", "ab"), ("=1+1", "=1+1"), ("X" * 300, "X" * 300), ("示例" * 200, "示例" * 200), ("甲\r\n乙", "甲乙"), ("", "")],
    ids=["control", "formula", "long word", "long words", "two lines", "nothing"],
)  # fmt: skip
def test_odd_words_are_wrapped_and_never_run_over(odd: str, shown: str) -> None:
    statement = replace(ONE, title=f"{odd}单", lines=[[odd, odd, None, -5, odd]], sums=(), remarks=[odd])
    [page] = text_of(pdf_of(statement, ISSUE))[:1]
    lines = page.split("\n")
    assert "-0.05" in lines
    assert shown[:40] in "".join(lines)
    row = cells_of(statement)[3]
    assert row[3] == "-0.05"
    assert row[0].replace("\n", "") == shown
    assert all(len(line) < 150 for line in lines)


def test_numbers_are_never_broken_and_a_cell_higher_than_a_page_goes_on_with_all_its_words() -> None:
    narrow = [Column("学校", width=60), Column("应拨", "money", 2), Column("已拨", "money", 2)]
    most = 999_999_999_999_99
    pages = text_of(
        pdf_of(replace(ONE, columns=narrow, lines=[["示例" * 3_000, most, -most]], sums=()), ISSUE)
    )
    lines = [line for page in pages for line in page.split("\n")]
    assert {"999,999,999,999.99", "-999,999,999,999.99"} <= set(lines)
    assert "".join(line for line in lines if set(line) <= set("示例")).count("示例") == 3_000
    assert len(pages) >= 3


def test_a_character_that_the_typeface_lacks_is_marked_and_no_error() -> None:
    statement = replace(ONE, lines=[["1", "李\U00030000😀", 1, 1, ""]])
    assert "李〓〓" in text_of(pdf_of(statement, ISSUE))[0].split("\n")


@pytest.mark.parametrize("count", [1, 2])
def test_a_statement_of_few_columns_keeps_its_title_and_notes(count: int) -> None:
    cells = [
        cell
        for row in cells_of(replace(ONE, columns=COLUMNS[:count], lines=[["1", "甲"][:count]], sums=()))
        for cell in row
    ]
    assert {ONE.title, "按冻结名册核定。", ONE.rates[0]} <= set(cells)


def test_no_lines_are_a_page_with_headings_and_signatures() -> None:
    [page] = text_of(pdf_of(replace(ONE, lines=(), sums=()), ISSUE))
    assert "学校标识码" in page
    assert "负责人：" in page
