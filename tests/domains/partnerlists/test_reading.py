"""A list as it comes: in any encoding, under merged titles, with figures a spreadsheet spoilt; every fault is named at its cell."""

import io

import openpyxl
import pytest

from junheng.domains.partnerlists.queries.reading.planning import read_list
from junheng.domains.partnerlists.terms import Flaw
from junheng.kernel.errors import Refusal
from junheng.platform.registers.marking import marked_file
from tests.domains.partnerlists.made import HEAD, csv_of, number, workbook

SOUND, OTHER = number(1), number(2)
ZHANG, LI = ("张示例", SOUND, "2014-03-01", "男", "解放区"), ("李示例", OTHER, "2014-03-01", "女", "解放区")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_any_encoding_of_an_office_is_read(encoding: str) -> None:
    plan = read_list("名单.csv", csv_of(ZHANG, LI, encoding=encoding))
    assert [(one.name, one.number, one.sex) for one in plan.people] == [
        ("张示例", SOUND, 1),
        ("李示例", OTHER, 2),
    ]
    assert plan.wrong == 0


def test_lines_of_two_encodings_in_one_file_are_read_and_named() -> None:
    first = csv_of(ZHANG, encoding="utf-8-sig")
    plan = read_list("名单.csv", first + f"{','.join(LI)}\n".encode("gb18030"))
    assert [one.name for one in plan.people] == ["张示例", "李示例"]
    assert any("第 3 行的编码" in note for note in plan.notes)


def test_a_workbook_under_a_merged_title_with_floats_full_width_figures_and_a_sum_is_read() -> None:
    wide = SOUND.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    content = workbook(
        [
            ["某区最低生活保障人员名单", None, None, None, None],
            ["单位：人"],
            ["序号", "保障对象姓名", "公民身份号码", "出生年月日", "残疾类别"],
            ["1", "张　示例", wide, "2014年3月1日", ""],
            ["2", "李示例", float(int(OTHER[:17] + "0")), "20140301", ""],
            ["3", "王示例", f"{number(3)}43", "2014.3.1", ""],
            ["4", "赵示例", "990802140301004", "", ""],
            ["合计", "", "4人", "", ""],
        ],
        merged="A1:E1",
    )  # fmt: skip
    plan = read_list("名单.xlsx", content)
    told = {one.name: (one.number, one.born, one.flaws) for one in plan.people}
    assert told["张示例"] == (SOUND, "2014-03-01", ())
    assert told["李示例"][0].startswith(OTHER[:15])
    assert told["李示例"][1:] == ("2014-03-01", (Flaw.LOST_DIGITS,))
    assert told["王示例"] == (number(3), "2014-03-01", ())
    assert told["赵示例"][0].startswith("99080219140301004")
    assert told["赵示例"][2] == (Flaw.OLD_NUMBER,)
    assert len(plan.people) == 4


def test_what_is_wrong_is_named_and_only_what_cannot_be_compared_is_left_out() -> None:
    wrong = number(4, sound=False)
    plan = read_list(
        "名单.csv",
        csv_of(
            ZHANG,
            ZHANG,
            ("", OTHER, "2014-03-01", "女", ""),
            ("孙示例", "", "", "男", ""),
            ("钱示例", wrong, "2014-03-01", "男", ""),
            ("周示例", number(5), "2014-03-02", "男", ""),
            ("吴示例", "", "3月1日", "男", ""),
        ),
    )
    assert (len(plan.people), plan.doubled, plan.unusable, plan.flawed) == (3, 1, 3, 2)
    found = {(one.line, one.cause) for one in plan.problems}
    assert {(3, "twice"), (4, "missing"), (5, "missing"), (6, "rule"), (7, "rule"), (8, "date")} <= found
    said = {one.line: one.reason for one in plan.problems}
    assert "校验位不对" in said[6]
    assert "与身份证件号中的不一致" in said[7]
    assert not any(wrong in one.value for one in plan.problems), "a number is not repeated beside its fault"


def test_the_sender_s_own_workbook_comes_back_with_the_faults_in_its_cells() -> None:
    content = workbook(
        [["某区名单"], list(HEAD), ["张示例", number(4, sound=False), "2014-03-01", "男", "解放区"]]
    )
    plan = read_list("名单.xlsx", content)
    sheet = openpyxl.load_workbook(io.BytesIO(marked_file(plan, content))).active
    assert sheet is not None
    assert sheet["A1"].value == "某区名单"
    assert "校验位不对" in str(sheet["B3"].comment)
    assert "校验位不对" in str(sheet.cell(3, 6).value)


def test_a_table_by_which_nobody_can_be_found_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        read_list("名单.csv", "姓名,住址\n张示例,解放区\n".encode())
    assert refusal.value.code == "partner-list-columns"


def test_a_disability_certificate_stands_in_for_a_number_and_is_compared_with_it() -> None:
    head = "姓名,身份证号,残疾证号,出生日期"
    lines = [
        f"张示例,{SOUND},{SOUND}43,2014-03-01",
        f"李示例,,{OTHER}4B1,2014-03-01",
        f"王示例,{number(3, sound=False)},{number(3)}43,2014-03-01",
        f"赵示例,{number(5)},{number(6)}43,2014-03-01",
    ]
    plan = read_list("名单.csv", "\r\n".join([head, *lines]).encode("gb18030"))
    told = {one.name: (one.number, one.flaws) for one in plan.people}
    assert told == {
        "张示例": (SOUND, ()),
        "李示例": (OTHER, ()),
        "王示例": (number(3), ()),
        "赵示例": (number(5), ()),
    }
    assert [(one.line, one.column) for one in plan.problems] == [(5, "残疾证号")]
    assert number(6) not in str(plan.problems)
