"""Which figure a claim means: each rule of the choice, on both of its sides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from junheng.kernel.claims import (
    Answer,
    Judgement,
    Kind,
    Known,
    Question,
    Setting,
    Verdict,
    WindowKind,
    check,
)
from junheng.kernel.values.span import Span

SETTING = Setting(
    as_of=date(2023, 12, 31),
    window=Span.parse("2022-01-01..2023-12-31"),
    home=("焦作市",),
    areas={"山阳区": "410811", "解放区": "410802"},
)
SCHOOLS = Known("schools", Kind.COUNT, nouns="学校", measure_words="所")
WEAK = Known("weak", Kind.COUNT, nouns="薄弱学校", measure_words="所")
TOWN = Known("town", Kind.COUNT, nouns="责任人", needs=("乡镇",), measure_words="名")
COUNTY = Known("county", Kind.COUNT, nouns="责任人", needs=("县级",), measure_words="名")
BUILT = Known(
    "built", Kind.COUNT, nouns="学校", near=("建成",), measure_words="所", window=WindowKind.TWO_YEARS
)
NUMBERS = {"schools": 871, "weak": 255, "town": 123, "county": 74, "built": 82}


def ask(question: Question) -> Answer | None:
    number = NUMBERS.get(question.id)
    return None if number is None or question.area else Answer(number)


def judged(
    text: str, *known: Known, asking: Callable[[Question], Answer | tuple[Answer, ...] | None] = ask
) -> list[Verdict]:
    return list(check(text, known, asking, SETTING))


def outcomes(text: str, *known: Known) -> list[tuple[str | None, str]]:
    return [(verdict.figure, verdict.verdict.value) for verdict in judged(text, *known)]


def test_the_figure_that_accounts_for_more_words_wins() -> None:
    assert outcomes("薄弱学校255所", SCHOOLS, WEAK) == [("weak", "proved")]
    assert outcomes("薄弱学校871所", SCHOOLS, WEAK) == [("weak", "differs")]


def test_the_nearest_qualifier_wins() -> None:
    text = "乡镇和县级，乡镇方面，责任人123名"
    assert outcomes(text, TOWN, COUNTY) == [("town", "proved")]


def test_words_of_another_claim_are_left_to_it() -> None:
    text = "乡镇责任人123名，县级责任人74名"
    assert outcomes(text, TOWN, COUNTY) == [("town", "proved"), ("county", "proved")]
    assert outcomes(text, COUNTY, TOWN) == [("town", "proved"), ("county", "proved")]


def test_what_fits_equally_is_ambiguous_and_names_both_readings() -> None:
    twin = replace(WEAK, id="schools", title="另一种口径")
    (verdict,) = judged("薄弱学校255所", WEAK, twin)
    assert verdict.verdict is Judgement.AMBIGUOUS
    assert [(reading.figure, reading.computed, reading.agrees) for reading in verdict.readings] == [
        ("weak", 255, True),
        ("schools", 871, False),
    ]
    assert verdict.why == (
        "有不止一种读法，结论不同：「weak」为255所，一致；「另一种口径」为871所，不一致。请写明时间、范围或所数的对象。"
    )


def test_readings_that_all_agree_prove_and_that_all_differ_differ() -> None:
    twin = replace(WEAK, id="twin")

    def both(question: Question) -> Answer:
        return Answer(255)

    (proved,) = judged("薄弱学校255所", WEAK, twin, asking=both)
    (differs,) = judged("薄弱学校256所", WEAK, twin, asking=both)
    assert (proved.verdict, differs.verdict) == (Judgement.PROVED, Judgement.DIFFERS)
    assert "2种读法都一致" in proved.why


def test_one_reading_that_cannot_be_answered_leaves_doubt() -> None:
    silent = replace(WEAK, id="silent")
    (agreeing,) = judged("薄弱学校255所", WEAK, silent)
    assert agreeing.verdict is Judgement.AMBIGUOUS
    (differing,) = judged("薄弱学校256所", WEAK, silent)
    assert (differing.verdict, differing.figure) == (Judgement.UNKNOWN, None)
    assert "答不出" in differing.why


def test_records_may_have_readings_of_their_own() -> None:
    def per_person_or_water(question: Question) -> tuple[Answer, ...]:
        return (Answer(255, label="按学校计"), Answer(258, label="按帮扶计"))

    (verdict,) = judged("薄弱学校258所", WEAK, asking=per_person_or_water)
    assert verdict.verdict is Judgement.AMBIGUOUS
    assert "按帮扶计为258所，一致" in verdict.why


def test_refused_words_exclude_a_figure_only_from_their_own_clause() -> None:
    refusing = replace(SCHOOLS, refuses="撤销")
    assert outcomes("撤销学校871所", refusing) == [(None, "unknown")]
    assert outcomes("撤销工作已经结束，学校871所", refusing) == [("schools", "proved")]


def test_near_words_must_stand_in_the_clause_and_needed_ones_may_stand_before() -> None:
    assert outcomes("建成学校82所", BUILT) == [("built", "proved")]
    assert outcomes("校舍建成，学校82所", BUILT) == [(None, "unknown")]
    assert outcomes("乡镇的事。责任人123名", TOWN) == [("town", "proved")]
    assert outcomes("乡镇的事。\n责任人123名", TOWN) == [(None, "unknown")]


def test_a_left_out_noun_needs_the_same_measure_and_a_word_of_its_own() -> None:
    done = Known("built", Kind.COUNT, nouns="学校", needs=("建成",), measure_words="所|个")
    assert outcomes("规划学校90所，已建成82所", done) == [(None, "unknown"), ("built", "proved")]
    assert outcomes("规划学校90所，已建成82个", done) == [(None, "unknown"), (None, "unknown")]
    assert outcomes("规划学校90所，目前，现，又，已建成82所", done) == [(None, "unknown"), (None, "unknown")]
    assert outcomes("规划学校90所，其余82所", done) == [(None, "unknown"), (None, "unknown")]


def test_measure_words_tell_things_apart() -> None:
    assert outcomes("学校871家", SCHOOLS) == [(None, "unknown")]
    assert outcomes("学校871%", SCHOOLS) == [(None, "unknown")]


@pytest.mark.parametrize("turn", ["计划", "其中", "平均", "同比增加"])
def test_words_that_turn_a_number_rule_out_a_figure_unless_it_names_them(turn: str) -> None:
    text = f"{turn}学校871所"
    assert outcomes(text, SCHOOLS) == [(None, "unknown")]
    assert outcomes(text, replace(SCHOOLS, near=(turn,))) == [("schools", "proved")]


def test_a_broken_enumeration_differs_even_where_its_last_number_is_right() -> None:
    strands = Known("strands", Kind.ENUMERATION, needs=("双减",))

    def four(question: Question) -> Answer:
        return Answer(4)

    whole, broken = "双减：一是甲，二是乙，三是丙，四是丁", "双减：一是甲，三是丙，四是丁"
    assert [verdict.verdict.value for verdict in judged(whole, strands, asking=four)] == ["proved"]
    (verdict,) = judged(broken, strands, asking=four)
    assert verdict.verdict is Judgement.DIFFERS
    assert "不连贯" in verdict.why


def windows_of(text: str, known: Known = BUILT) -> list[tuple[str | None, date]]:
    asked: list[Question] = []

    def note(question: Question) -> Answer:
        asked.append(question)
        return Answer(82)

    judged(text, known, asking=note)
    return [(str(question.window) if question.window else None, question.as_of) for question in asked]


DAY = date(2023, 12, 31)
TWO_YEARS, THIS_YEAR, LAST_YEAR = "2022-01-01..2023-12-31", "2023-01-01..2023-12-31", "2022-01-01..2022-12-31"


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("建成学校82所。", [TWO_YEARS]),
        ("近两年建成学校82所。", [TWO_YEARS]),
        ("近三年建成学校82所。", ["2021-01-01..2023-12-31"]),
        ("2022年建成学校82所。", [LAST_YEAR]),
        ("2022年，全市努力，建成学校82所。", [LAST_YEAR]),
        ("“十四五”期间建成学校82所。", ["2021-01-01..2025-12-31"]),
        ("2023年3月建成学校82所。", ["2023-03-01..2023-03-31"]),
        ("2022年以来，建成学校82所。", [TWO_YEARS]),
        ("2022年1月1日至2023年6月30日，建成学校82所。", ["2022-01-01..2023-06-30"]),
        ("2022年工作开局。建成学校82所。", [TWO_YEARS, LAST_YEAR]),
        ("2022年工作开局。\n建成学校82所。", [TWO_YEARS]),
        ("去年建成学校82所。", []),
        ("2024年建成学校82所。", []),
    ],
)
def test_events_are_asked_for_the_window_said(text: str, windows: list[str]) -> None:
    assert windows_of(text) == [(window, DAY) for window in windows]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("薄弱学校255所。", DAY),
        ("近两年，薄弱学校255所。", DAY),
        ("2022年，薄弱学校255所。", date(2022, 12, 31)),
        ("截至2022年6月30日，薄弱学校255所。", date(2022, 6, 30)),
        ("薄弱学校255所（截至2022年底）。", date(2022, 12, 31)),
        ("“十四五”期间，薄弱学校255所。", DAY),
    ],
)
def test_a_state_is_asked_for_the_last_day_said(text: str, day: date) -> None:
    assert windows_of(text, WEAK) == [(None, day)]


def test_other_windows_are_further_readings() -> None:
    known = replace(BUILT, other_windows=(WindowKind.YEAR,))
    assert windows_of("建成学校82所。", known) == [(TWO_YEARS, DAY), (THIS_YEAR, DAY)]
    assert windows_of("近两年建成学校82所。", known) == [(TWO_YEARS, DAY)]


def areas_of(text: str, known: Known = WEAK) -> list[str | None]:
    asked: list[Question] = []

    def note(question: Question) -> Answer:
        asked.append(question)
        return Answer(255)

    judged(text, known, asking=note)
    return [question.area for question in asked]


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("薄弱学校255所。", [None]),
        ("全市薄弱学校255所。", [None]),
        ("山阳区薄弱学校255所。", ["410811"]),
        ("山阳区共有各类薄弱学校255所。", ["410811"]),
        ("山阳区工作扎实。薄弱学校255所。", [None]),
        ("山阳区第二实验中学等帮扶薄弱学校255所。", [None]),
        ("山阳区、解放区等255所薄弱学校。", [None]),
        ("山阳区、解放区等帮扶薄弱学校255所。", []),
        ("获评全省先进，薄弱学校255所。", [None]),
        ("全省薄弱学校255所。", []),
        ("郑州市薄弱学校255所。", []),
        ("焦作市代表赴郑州市交流。薄弱学校255所。", [None]),
        ("郑州市交流归来。全市薄弱学校255所。", []),
    ],
)
def test_the_area_said_becomes_part_of_the_question(text: str, areas: list[str | None]) -> None:
    assert areas_of(text) == areas


@pytest.mark.parametrize("declared", ["山阳区", "410811"])
def test_a_figure_about_one_area_is_not_asked_for_it(declared: str) -> None:
    assert areas_of("山阳区薄弱学校255所。", replace(WEAK, of_area=declared)) == [None]


def test_an_answer_is_never_a_binary_float() -> None:
    with pytest.raises(TypeError, match="exact"):
        judged("薄弱学校255所", WEAK, asking=lambda question: Answer(255.0))  # type: ignore[arg-type]
