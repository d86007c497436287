"""An official letter: the layout of the standard in its styles, parts that programs accept, odd words, the same bytes."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import docx
import pytest
from docx.shared import Mm

from junheng.platform.papers.document import document
from junheng.platform.papers.official import Official, Table
from junheng.platform.papers.printable import broken, printable, width_of
from junheng.platform.papers.styles import CHARACTER, LINE, ROOM, mark_size, signed_indent

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ONE = Official(
    office="示例市教育局",
    number="示教函〔2023〕1号",
    title="关于示例区第一实验小学校外供餐食品安全问题限期整改的告诫函",
    to=["示例区第一实验小学"],
    body=["经查，你校存在以下问题。", "一、存在的问题", "（一）留样", "留样不足。", Table(["序号", "单位"], [["1", "甲"], ["2", "乙"]], [1, 4]), "请改正。"],
    day=date(2023, 12, 1),
    annexes=["检查情况", "台账式样"],
    copies=["市市场监督管理局"],
    marks=["演示数据"],
)  # fmt: skip
PARAGRAPH = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "outlineLvl",
    "rPr",
    "sectPr",
]
LETTERS = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "lang",
]
PAGE = ["headerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg", "docGrid"]
ROW, CELL = (
    ["cantSplit", "trHeight", "tblHeader"],
    ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "vAlign"],
)
STYLE = [
    "name",
    "basedOn",
    "next",
    "link",
    "uiPriority",
    "semiHidden",
    "unhideWhenUsed",
    "qFormat",
    "rsid",
    "pPr",
    "rPr",
    "tblPr",
    "tblStylePr",
]
ORDERS = {"pPr": PARAGRAPH, "rPr": LETTERS, "sectPr": PAGE, "trPr": ROW, "tcPr": CELL, "style": STYLE}
"""In which order the format's schema has the children of what this house writes."""


def parts_of(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        assert parts.testzip() is None
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: parts.read(name) for name in parts.namelist()}


def words_of(file: bytes) -> list[str]:
    made = docx.Document(io.BytesIO(file))
    return [paragraph.text for paragraph in made.paragraphs]


def test_the_page_and_every_kind_of_line_are_those_of_the_standard() -> None:
    made = docx.Document(io.BytesIO(document(ONE)))
    page = made.sections[0]
    for length, millimetres in (
        (page.page_width, 210), (page.page_height, 297), (page.top_margin, 37), (page.left_margin, 28),
        (page.right_margin, 26), (page.bottom_margin, 35),
    ):  # fmt: skip
        assert abs(length - Mm(millimetres)) < Mm(0.1)
    assert 22 * LINE <= 297 * 56.6929 - 2098 - 1984 < 23 * LINE, "22 lines of 225 mm and no more"
    assert 28 * CHARACTER <= ROOM < 29 * CHARACTER, "28 characters of 156 mm and no more"
    found = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs]
    assert found == [
        ("发文机关标志", "示例市教育局"), ("发文字号", "示教函〔2023〕1号"),
        ("公文标题", "关于示例区第一实验小学\n校外供餐食品安全问题限期整改的告诫函"), ("主送机关", "示例区第一实验小学："),
        ("公文正文", "经查，你校存在以下问题。"), ("公文一级标题", "一、存在的问题"), ("公文二级标题", "（一）留样"), ("公文正文", "留样不足。"),
        ("公文表前后", ""), ("公文表前后", ""), ("公文正文末段", "请改正。"), ("附件说明", "附件：1.检查情况"), ("附件说明续项", "2.台账式样"),
        ("发文机关署名", "示例市教育局"), ("版记", "抄送：市市场监督管理局。"),
        ("版记", "示例市教育局\t2023年12月1日印发"), ("成文日期", "2023年12月1日"),
    ]  # fmt: skip
    styles = {one.name: one.element for one in made.styles if one.name in dict(found)}
    looks = {
        "公文正文": ("仿宋_GB2312", "32", "579"), "公文标题": ("方正小标宋简体", "44", "640"), "公文一级标题": ("黑体", "32", "579"),
        "公文二级标题": ("楷体_GB2312", "32", "579"), "成文日期": ("仿宋_GB2312", "32", "579"),
    }  # fmt: skip
    for name, (face, size, line) in looks.items():
        one = styles[name]
        assert one.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == face
        assert one.find(f"{W}rPr/{W}sz").get(f"{W}val") == size
        assert one.find(f"{W}pPr/{W}spacing").attrib[f"{W}line"] == line
    assert styles["发文字号"].find(f"{W}pPr/{W}pBdr/{W}bottom").get(f"{W}color") == "FF0000"
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["序号", "单位"],
        ["1", "甲"],
        ["2", "乙"],
    ]


def test_no_look_stands_in_a_paragraph_and_every_part_keeps_the_order_of_the_schema() -> None:
    parts = parts_of(document(ONE))
    for name, content in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        for one in ElementTree.fromstring(content).iter():
            order = ORDERS.get(one.tag.removeprefix(W))
            if order is None or not name.startswith("word/"):
                continue
            if one.tag == f"{W}style" and one.get(f"{W}customStyle") != "1":
                continue
            there = [child.tag.removeprefix(W).replace("footerReference", "headerReference") for child in one]
            if one.tag in {f"{W}pPr", f"{W}rPr"} and not set(there) <= set(order):
                continue  # a style of the empty file, which is not ours
            assert there == sorted(there, key=order.index), (name, one.tag, there)
    body = ElementTree.fromstring(parts["word/document.xml"])
    assert not list(body.iter(f"{W}rPr")), "looks belong to styles"
    assert {child.tag for one in body.iter(f"{W}pPr") for child in one} == {f"{W}pStyle", f"{W}framePr"}
    known = set(re.findall(r'w:styleId="(\w+)"', parts["word/styles.xml"].decode()))
    assert {one.get(f"{W}val") for one in body.iter(f"{W}pStyle")} <= known
    assert "@" not in "".join(re.findall(r'w:(?:val|right)="(@\w+@)"', parts["word/styles.xml"].decode()))
    assert 'w:altName w:val="仿宋,FangSong' in parts["word/fontTable.xml"].decode()
    assert "docProps/thumbnail.jpeg" not in parts
    footers = [content.decode() for name, content in parts.items() if name.startswith("word/footer")]
    assert len(footers) == 2
    assert all(" PAGE " in one and "— " in one and " —" in one for one in footers)
    assert "<w:evenAndOddHeaders/>" in parts["word/settings.xml"].decode()


def test_the_same_letter_is_the_same_bytes_and_says_what_it_is_worth() -> None:
    assert document(ONE) == document(replace(ONE))
    headers = [
        content.decode()
        for name, content in parts_of(document(ONE)).items()
        if name.startswith("word/header")
    ]
    assert len(headers) == 2
    assert all("演示数据" in one for one in headers)
    real = document(replace(ONE, marks=[]))
    assert "演示数据".encode() not in b"".join(parts_of(real).values())
    draft = words_of(document(replace(ONE, day=None, number="（签发时编号）", marks=["拟稿，未签发"])))
    assert "（签发日）" in draft
    assert not [one for one in draft if "印发" in one]
    core = docx.Document(io.BytesIO(document(ONE))).core_properties
    assert (core.title, core.author, core.created.date()) == (ONE.title, ONE.office, ONE.day)


@pytest.mark.parametrize(
    "odd",
    ["a\x00b\x0b\x1f", "\ud800甲", "‮倒写‬", "<w:p>&amp;]]>", "𠮷田😀", "W" * 5_000, "﻿零宽​", "甲\r\n乙\t丙", "{}%s@body@"],
    ids=["control", "half", "turned", "markup", "four bytes", "long word", "unseen", "ends of lines", "placeholders"],
)  # fmt: skip
def test_odd_words_stand_in_every_place_as_people_see_them(odd: str) -> None:
    one = Official(
        odd, odd, odd, [odd], [odd, Table([odd], [[odd]], [1])], date(2023, 1, 2), [odd], [odd], [odd]
    )
    made = docx.Document(io.BytesIO(document(one)))
    seen = printable(odd)
    plain = "".join(paragraph.text for paragraph in made.paragraphs).replace("\n", "")
    assert plain.count(seen.replace("\n", "")) >= 6
    assert made.tables[0].cell(1, 0).text == seen


def test_empty_lists_leave_nothing_behind() -> None:
    bare = Official("示例市教育局", "", "通知", [], [], None)
    assert [one for one in words_of(document(bare)) if one] == [
        "示例市教育局",
        "通知",
        "示例市教育局",
        "（签发日）",
    ]
    empty = docx.Document(io.BytesIO(document(replace(bare, body=[Table(["甲", "乙"], [], [1, 2])]))))
    assert len(empty.tables[0].rows) == 1


def test_titles_break_where_words_part_and_the_head_fits_on_one_line() -> None:
    for title in (
        ONE.title,
        "关于公布示例市2023年度优秀班主任、文明班级和三好学生认定结果的决定",
        "很" * 59,
        "a" * 90,
    ):
        lines = broken(title, 20)
        assert "".join(lines) == title
        assert all(width_of(one) <= 40 for one in lines)
        assert not [one for one in lines[1:] if one[0] in "、，》）"]
    assert broken("关于2023年春季学期生均公用经费差额的通知", 19) == [
        "关于2023年春季学期",
        "生均公用经费差额的通知",
    ]
    for office in ("教", "示例市教育局", "示例市城乡一体化示范区教育文化体育和旅游局"):
        assert mark_size(office) * 10 * width_of(office) // 2 <= ROOM
    assert signed_indent("示例市教育局", "2023年12月1日") == 4 * CHARACTER + CHARACTER // 4
    assert signed_indent("示" * 30, "2023年12月1日") == 0
