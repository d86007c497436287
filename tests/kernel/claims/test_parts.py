"""The parts of the reader, each on both sides of its limits: numbers, times, places, noise, comparison."""

import doctest
import importlib
from datetime import datetime
from fractions import Fraction

import pytest

from junheng.kernel.claims import Kind, Known, Tolerance, fits
from junheng.kernel.claims.find import Sort, find_claims
from junheng.kernel.claims.noise import noise_end
from junheng.kernel.claims.passage import read_passage
from junheng.kernel.claims.places import CITIES, PROVINCES, is_local_name, place_pattern
from junheng.kernel.claims.times import TimeSort, time_at, window_words
from junheng.kernel.values.numerals import read_numeral
from junheng.kernel.values.rounding import Rounding
from junheng.kernel.values.span import Span


@pytest.mark.parametrize("name", ["compare", "judge", "known", "noise", "places", "printing", "record"])
def test_examples_in_the_docstrings(name: str) -> None:
    assert not doctest.testmod(importlib.import_module(f"junheng.kernel.claims.{name}")).failed


def test_the_example_of_the_package() -> None:
    result = doctest.testmod(importlib.import_module("junheng.kernel.claims"))
    assert result.attempted
    assert not result.failed


def words(text: str, *known: Known) -> list[tuple[str, str]]:
    return [
        (claim.sort.value, text[claim.start : claim.end])
        for claim in find_claims(read_passage(text), known).claims
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("建成70所、71个", ["70所", "71个"]),
        ("占比５１．０５％", ["５１．０５％"]),
        ("17万人次和9.2万人", ["17万人次", "9.2万人"]),
        ("每周至少巡查2次", ["每周至少巡查2次"]),
        ("九部门五项三级", ["九部门", "五项", "三级"]),
        ("由650元提高到720元", ["650元", "720元"]),
        ("首批和第二批", ["首批", "第二批"]),
        ("一县一策、应助尽助、全覆盖", ["一县一策", "应助尽助", "全覆盖"]),
        ("40人左右，50所以上", ["40人左右", "50所以上"]),
        ("近 400 所", ["近 400 所"]),
        ("3—5个", ["3—5个"]),
        ("最近70所", ["70所"]),
    ],
)
def test_claims_are_found_with_their_exact_words(text: str, found: list[str]) -> None:
    assert [claim for _, claim in words(text)] == found


def test_an_enumeration_stands_on_its_last_mark() -> None:
    assert words("一是甲。二是乙。\n三是丙。") == [("sequence", "三是")]
    assert words("一是甲，二是乙。一是丙，二是丁，三是戊。") == [("sequence", "二是"), ("sequence", "三是")]
    assert words("一是甲。") == []


@pytest.mark.parametrize(
    ("text", "orderly"),
    [("一是甲，二是乙，三是丙", True), ("一是甲，三是乙，四是丙", False), ("一是甲，二是乙，五是丙", False)],
)
def test_a_gap_in_an_enumeration_is_seen(text: str, orderly: bool) -> None:
    (claim,) = find_claims(read_passage(text)).claims
    assert claim.orderly is orderly


def test_declared_names_make_a_listing_when_all_or_all_but_one_stand_together() -> None:
    known = Known("five", Kind.ENUMERATION, items="作业|睡眠|手机|读物|体质")
    assert words("作业、睡眠、手机、读物、体质", known) == [(Sort.LISTING, "作业、睡眠、手机、读物、体质")]
    assert words("作业、睡眠、手机、读物", known) == [(Sort.LISTING, "作业、睡眠、手机、读物")]
    assert words("作业、睡眠、手机", known) == []


def test_words_a_figure_declares_win_over_the_number_they_overlap() -> None:
    known = Known("x", Kind.UNIVERSAL, phrases="所学校全覆盖")
    assert words("70所学校全覆盖", known) == [(Sort.PHRASE, "所学校全覆盖")]
    assert words("70所学校全覆盖") == [(Sort.NUMBER, "70所"), (Sort.PROMISE, "全覆盖")]


@pytest.mark.parametrize(
    ("text", "sort", "span"),
    [
        ("2023年", TimeSort.WINDOW, "2023-01-01..2023-12-31"),
        ("2023年底", TimeSort.AS_OF, "2023-01-01..2023-12-31"),
        ("2023年10月", TimeSort.WINDOW, "2023-10-01..2023-10-31"),
        ("2024年2月", TimeSort.WINDOW, "2024-02-01..2024-02-29"),
        ("2023年9月1日", TimeSort.DAY, "2023-09-01..2023-09-01"),
        ("2021—2035年", TimeSort.WINDOW, "2021-01-01..2035-12-31"),
        ("2021年至2023年", TimeSort.WINDOW, "2021-01-01..2023-12-31"),
        ("2021-2035)", TimeSort.WINDOW, "2021-01-01..2035-12-31"),
        ("2023年春季学期", TimeSort.TERM, "2023-02-01..2023-08-31"),
        ("2023年秋季学期", TimeSort.TERM, "2023-09-01..2024-01-31"),
        ("二〇二三年", TimeSort.WINDOW, "2023-01-01..2023-12-31"),
    ],
)
def test_words_of_time(text: str, sort: TimeSort, span: str) -> None:
    word = time_at(text, 0)
    assert word is not None
    assert (word.sort, word.span) == (sort, Span.parse(span))


def test_a_moment_is_read_to_the_second() -> None:
    word = time_at("2024-3-6 9:43:48", 0)
    assert word is not None
    assert word.moment == datetime(2024, 3, 6, 9, 43, 48)  # noqa: DTZ001


@pytest.mark.parametrize("text", ["2024-13-6", "2023年2月30日", "2035-2021年", "2024-3-6 29:43:48"])
def test_an_impossible_date_is_no_date(text: str) -> None:
    word = time_at(text, 0)
    assert word is not None
    assert word.sort is TimeSort.IMPOSSIBLE


@pytest.mark.parametrize("text", ["70所", "2023所", "1950-2000人", "三所"])
def test_counts_are_no_times(text: str) -> None:
    assert time_at(text, 0) is None


def test_windows_in_words() -> None:
    found = window_words("近两年来，“十四五”期间，十三五时期，去年，三年来，近5年")
    assert [(word.sort, word.years) for word in found] == [
        (TimeSort.LAST_YEARS, 2), (TimeSort.WINDOW, 0), (TimeSort.WINDOW, 0), (TimeSort.VAGUE, 0),
        (TimeSort.LAST_YEARS, 3), (TimeSort.LAST_YEARS, 5),
    ]  # fmt: skip
    assert [word.span for word in found[1:3]] == [Span.of_years(2021, 2025), Span.of_years(2016, 2020)]


def test_two_dates_are_one_window() -> None:
    found = find_claims(read_passage("2022年1月1日至2023年12月31日，建成70所"))
    assert [(word.sort, word.span) for word in found.times] == [
        (TimeSort.WINDOW, Span.parse("2022-01-01..2023-12-31"))
    ]


@pytest.mark.parametrize(
    ("text", "place", "end"),
    [
        ("〔2024〕3号", 1, 8),
        ("共70所", 1, 1),
        ("第39条", 1, 3),
        ("5+2服务", 0, 3),
        ("1. 甲", 0, 2),
        ("1.3万", 0, 0),
        ("G30", 1, 3),
        ("电话12345", 2, 7),
    ],
)
def test_noise(text: str, place: int, end: int) -> None:
    assert noise_end(text, place) == end


def test_places_are_sorted_by_whose_they_are() -> None:
    pattern = place_pattern(("焦作市",), ("河南省",), ("山阳区", "温县"))
    text = "焦作市，全市，山阳区，河南省，全国，郑州市，中牟县，苏州教育，各县，学区"
    found = [
        (match.lastgroup, match[0])
        for match in pattern.finditer(text)
        if match.lastgroup != "local" or is_local_name(match[0])
    ]
    assert found == [
        ("home", "焦作市"), ("home", "全市"), ("area", "山阳区"), ("parent", "河南省"), ("parent", "全国"),
        ("other", "郑州市"), ("local", "中牟县"), ("called", "苏州"),
    ]  # fmt: skip


def test_the_list_of_places_is_whole() -> None:
    assert len(PROVINCES) == 34
    assert len(CITIES) == len(set(CITIES)) >= 290


@pytest.mark.parametrize(
    ("words", "inside", "outside"),
    [
        ("32.26万", [322_550, 322_600, 322_649], [322_549, 322_650]),
        ("1050万", [10_495_000, 10_504_999], [10_494_999, 10_505_000]),
        ("70", [70], [69, 71, Fraction(141, 2)]),
        (
            "51.05%",
            [Fraction(51_045, 100_000), Fraction(5105, 10_000)],
            [Fraction(51_044, 100_000), Fraction(51_055, 100_000)],
        ),
        ("100%", [1], [Fraction(9999, 10_000), Fraction(999_999, 1_000_000)]),
        ("0%", [0], [Fraction(1, 10_000)]),
        ("近400", [360, 400], [359, 401]),
        ("不足400", [360, 399], [359, 400]),
        ("超过400", [401, 440], [400, 441]),
        ("3000余", [3001, 3999], [3000, 4000]),
        ("1300多", [1301, 1399], [1300, 1400]),
        ("1.3万余", [13_001, 13_999], [13_000, 14_000]),
        ("约400", [380, 420], [379, 421]),
        ("至少2", [2, 200], [1]),
        ("不超过5", [0, 5], [6]),
        ("3—5", [3, 4, 5], [2, 6]),
        ("三成", [Fraction(1, 4), Fraction(34, 100)], [Fraction(35, 100), Fraction(24, 100)]),
    ],
)
def test_what_a_printed_number_fits(
    words: str, inside: list[int | Fraction], outside: list[int | Fraction]
) -> None:
    numeral = read_numeral(words)
    assert [value for value in inside if not fits(numeral, value)] == []
    assert [value for value in outside if fits(numeral, value)] == []


def test_rounding_and_tolerance_are_parameters() -> None:
    assert not fits(read_numeral("32.26万"), 322_599, Rounding.TRUNCATE)
    assert fits(read_numeral("近400"), 200, tolerance=Tolerance(near=Fraction(1, 2)))


def test_a_figure_must_be_recognisable() -> None:
    with pytest.raises(ValueError, match="nothing to recognise"):
        Known("x", Kind.COUNT)
    with pytest.raises(ValueError, match="implies"):
        Known("x", Kind.MINIMUM, phrases="再次")


def test_sentences_end_and_brackets_do_not() -> None:
    passage = read_passage("甲（乙、丙，丁）戊，己。庚")
    assert [passage.text[place] for place in passage.clauses] == ["，", "。"]
    assert passage.text[passage.clause_start(12) : passage.clause_end(12)] == "庚"
