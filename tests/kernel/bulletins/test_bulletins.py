"""Templates: no bare number, slots that print, promises that must hold, and places that lead back to the figure."""

import doctest
from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.kernel import bulletins
from junheng.kernel.bulletins import SlotKind, parse, render, true_wording, wording
from junheng.kernel.claims import Answer
from junheng.kernel.claims.printing import SHANGHAI
from junheng.kernel.errors import Refusal
from junheng.kernel.values.rounding import Rounding
from junheng.kernel.values.school_term import SchoolTerm
from junheng.kernel.values.span import Span

TEMPLATE = """\
# {{ date year }}教育报告

更新时间：{{ date updated | 2024-3-6 9:43:48 }}

## 学前教育

近两年建成公办幼儿园{{ kg | 所 }}，
新增学位{{ places | 个 }}，占比{{ share | % }}。

由{{ departments | 汉字 部门 }}印发，{{ county | 一县一策 }}；生均{{ rate | 元 }}，奖补{{ award | 元 }}。

## 校园安全

薄弱学校{{ weak | 全覆盖 }}，{{ promise rounds | 多轮次 }}检查。规划{{ date plan }}，自{{ date term }}起，{{ "12345热线" }}受理。
"""
ANSWERS = {
    "year": Answer(2023),
    "updated": Answer(datetime(2024, 3, 6, 9, 43, 48, tzinfo=SHANGHAI)),
    "kg": Answer(70),
    "places": Answer(13_012),
    "share": Answer(Fraction(57_176, 112_000)),
    "departments": Answer(9),
    "county": Answer(holds=True),
    "rate": Answer(20_000),
    "award": Answer(1_050_000_000),
    "weak": Answer(Fraction(1), exceptions=0),
    "rounds": Answer(3, holds=True),
    "plan": Answer((2021, 2035)),
    "term": Answer("2023S"),
}
TEXT = """\
2023年教育报告
更新时间：2024-3-6 9:43:48
学前教育
近两年建成公办幼儿园70所，新增学位1.3万个，占比51.05%。
由九部门印发，一县一策；生均200元，奖补1050万元。
校园安全
薄弱学校全覆盖，多轮次检查。规划2021—2035年，自2023年春季学期起，12345热线受理。"""


def answer(slot: bulletins.Slot) -> Answer | None:
    return ANSWERS.get(slot.id)


def test_a_bulletin_is_filled() -> None:
    rendered = render(parse(TEMPLATE), answer)
    assert rendered.text == TEXT
    assert rendered.title == "2023年教育报告"
    assert [chapter.heading.text if chapter.heading else "" for chapter in rendered.chapters] == [
        "",
        "学前教育",
        "校园安全",
    ]
    assert [len(chapter.paragraphs) for chapter in rendered.chapters] == [1, 2, 1]


def test_every_printed_figure_leads_back_to_its_slot() -> None:
    rendered = render(parse(TEMPLATE), answer)
    printed = {place.slot.id: rendered.text[place.start : place.end] for place in rendered.spans}
    assert printed == {
        "year": "2023年",
        "updated": "2024-3-6 9:43:48",
        "kg": "70所",
        "places": "1.3万个",
        "share": "51.05%",
        "departments": "九部门",
        "county": "一县一策",
        "rate": "200元",
        "award": "1050万元",
        "weak": "全覆盖",
        "rounds": "多轮次",
        "plan": "2021—2035年",
        "term": "2023年春季学期",
    }
    assert list(printed) == list(parse(TEMPLATE).ids)


def test_paragraphs_know_where_they_stand() -> None:
    rendered = render(parse(TEMPLATE), answer)
    for chapter in rendered.chapters:
        for paragraph in chapter.paragraphs:
            assert rendered.text.startswith(paragraph.text, paragraph.start)


def test_the_rounding_mode_reaches_every_slot() -> None:
    template = parse("共{{ n | 人 }}")
    assert render(template, lambda slot: Answer(322_599)).text == "共32.26万人"
    assert render(template, lambda slot: Answer(322_599), rounding=Rounding.TRUNCATE).text == "共32.25万人"


@pytest.mark.parametrize(
    ("text", "digits", "line"),
    [
        ("共70所。", "70", 1),
        ("第一行\n共1.3万个", "1.3", 2),
        ("# 标题\n\n{{ a | 所 }}，\n占比51.05%", "51.05%", 4),
        ("共７０所", "７０", 1),
        ("# 2023年报告", "2023", 1),
        ("由九部门印发", "九部门", 1),
        ("抓好五项管理", "五项", 1),
        ("走访二十三户", "二十三户", 1),
    ],
)
def test_a_number_typed_by_hand_is_refused_with_its_line(text: str, digits: str, line: int) -> None:
    with pytest.raises(Refusal) as refused:
        parse(text)
    assert refused.value.code == "bare-number"
    assert (refused.value.params["digits"], refused.value.params["line"]) == (digits, line)
    assert f"第{line}行有一个没有出处的数“{digits}”" in str(refused.value)
    assert "{{ 数据编号 | 印法 }}" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "三位一体推进",
        "一个孩子也不能少",
        "第二实验中学",
        "“十四五”期间",
        "两年来",
        "五年级",
        "千方百计",
        "一是减负，二是提质",
    ],
)
def test_words_that_count_nothing_may_be_typed(text: str) -> None:
    assert parse(text).slots == ()


def test_the_measure_words_are_a_parameter() -> None:
    assert parse("由九部门印发", counted=()).slots == ()


@pytest.mark.parametrize(
    "slot", ["{{ }}", "{{ | 所 }}", "{{ 中文 | 所 }}", "{{ a b | 所 }}", "{{ date }}x{{ 1 }}"]
)
def test_an_unreadable_slot_is_refused(slot: str) -> None:
    with pytest.raises(Refusal, match="占位") as refused:
        parse(slot)
    assert refused.value.code == "slot-unreadable"


def test_an_unknown_style_is_refused_when_the_template_is_read() -> None:
    with pytest.raises(Refusal, match="看不懂印法"):
        parse("{{ a | 2位小数 }}")


def test_a_slot_without_an_answer_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match="第1行的“a”没有数据") as refused:
        render(parse("{{ a | 所 }}"), lambda slot: None)
    assert refused.value.code == "slot-without-answer"


def test_a_broken_promise_stops_the_release_and_the_true_wording_is_proposed() -> None:
    broken = {
        "weak": Answer(Fraction(11_397, 11_400), holds=False, exceptions=3, noun="个班级"),
        "county": Answer(holds=False, exceptions=1, noun="个县"),
    }
    with pytest.raises(Refusal) as refused:
        render(parse(TEMPLATE), lambda slot: broken.get(slot.id) or answer(slot))
    assert refused.value.code == "promise-broken"
    assert "“全覆盖”不成立，可改写为“覆盖率99.97%，尚有3个班级除外”" in str(refused.value)
    assert "“一县一策”不成立，可改写为“除1个县外，一县一策”" in str(refused.value)


@pytest.mark.parametrize(
    ("given_answer", "text"),
    [(Answer(Fraction(1)), "全覆盖"), (Answer(holds=True), "全覆盖"), (Answer(exceptions=0), "全覆盖")],
)
def test_three_ways_to_say_that_a_promise_holds(given_answer: Answer, text: str) -> None:
    assert render(parse("{{ a | 全覆盖 }}"), lambda slot: given_answer).text == text


@pytest.mark.parametrize(
    "given_answer",
    [
        Answer(Fraction(9999, 10_000)),
        Answer(holds=False),
        Answer(exceptions=1),
        Answer(Fraction(1), holds=True, exceptions=1),
    ],
)
def test_nearly_all_is_not_all(given_answer: Answer) -> None:
    with pytest.raises(Refusal, match="不成立"):
        render(parse("{{ a | 全覆盖 }}"), lambda slot: given_answer)


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (date(2024, 3, 6), "", "2024年3月6日"),
        (date(2024, 3, 6), "2024-3-6", "2024-3-6"),
        (Span.of_year(2023), "", "2023年"),
        (SchoolTerm(2023, "A"), "", "2023年秋季学期"),
    ],
)
def test_dates_are_slots_too(value: date | Span | str, style: str, text: str) -> None:
    assert render(parse(f"{{{{ date d | {style} }}}}"), lambda slot: Answer(value)).text == text


def test_a_slot_of_the_wrong_kind_is_refused() -> None:
    with pytest.raises(Refusal, match="不是日期") as refused:
        render(parse("{{ date d }}"), lambda slot: Answer(Fraction(1, 2)))
    assert refused.value.code == "slot-not-a-date"
    with pytest.raises(Refusal, match="不是数") as refused:
        render(parse("{{ d | 所 }}"), lambda slot: Answer(date(2024, 1, 1)))
    assert refused.value.code == "slot-not-a-number"


@pytest.mark.parametrize(
    ("phrase", "given_answer", "text"),
    [
        ("全覆盖", Answer(Fraction(9999, 10_000)), "覆盖率99.99%"),
        ("应助尽助", Answer(Fraction(1, 2), exceptions=8, noun="名学生"), "50%已做到，尚有8名学生除外"),
        ("逐年提高", Answer(holds=False), "尚未做到逐年提高"),
    ],
)
def test_true_wordings(phrase: str, given_answer: Answer, text: str) -> None:
    assert true_wording(phrase, given_answer) == text


def test_a_proper_name_is_printed_and_is_no_figure() -> None:
    template = parse('拨打{{ "12345热线" }}')
    assert [slot.kind for slot in template.slots] == [SlotKind.NAME]
    assert template.ids == ()
    assert render(template, lambda slot: None).spans == ()


@given(st.text(max_size=60))
def test_any_template_is_read_or_refused(text: str) -> None:
    try:
        template = parse(text)
    except Refusal:
        return
    assert not any(
        character in "0123456789"
        for block in template.blocks
        for piece in block.pieces
        if isinstance(piece, str)
        for character in piece
    )


def test_examples_in_the_docstrings() -> None:
    for module in (bulletins, bulletins.template, wording):
        assert not doctest.testmod(module).failed
