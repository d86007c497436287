"""The printed grammar, and that what is printed can be read again and then fits the value it came from."""

import doctest
import re
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.kernel.claims import fits, print_number, printing
from junheng.kernel.claims.printing import (
    SHANGHAI,
    Shape,
    Style,
    print_day,
    print_moment,
    print_span,
    print_term,
)
from junheng.kernel.errors import Refusal
from junheng.kernel.values.numerals import read_numeral
from junheng.kernel.values.rounding import Rounding
from junheng.kernel.values.school_term import SchoolTerm
from junheng.kernel.values.span import Span

F = Fraction

COUNT = re.compile(r"-?(?:\d{1,4}|\d{1,4}(?:\.\d?[1-9])?万|\d+(?:\.\d?[1-9])?亿)")
SHARE = re.compile(r"(?:(?:\d{1,2}|100)(?:\.\d?[1-9])?%|超过99\.99%|不足0\.01%)")
MONEY = re.compile(r"(?:\d{1,4}(?:\.\d?[1-9])?|\d{1,4}(?:\.\d?[1-9])?万|\d+(?:\.\d?[1-9])?亿)元")
MODES = st.sampled_from(list(Rounding))


@pytest.mark.parametrize(
    ("value", "style", "printed"),
    [
        (0, "所", "0所"), (70, "所", "70所"), (4544, "人", "4544人"), (9999, "人", "9999人"), (10_000, "人", "1万人"),
        (10_049, "人", "1万人"), (10_050, "人", "1.01万人"), (13_000, "个", "1.3万个"), (20_600, "名", "2.06万名"),
        (122_000, "人次", "12.2万人次"), (124_999, "人", "12.5万人"), (153_600, "户", "15.36万户"), (170_000, "人次", "17万人次"),
        (322_550, "人", "32.26万人"), (322_549, "人", "32.25万人"), (322_600, "人", "32.26万人"), (27_349, "份", "2.73万份"),
        (99_994_999, "人", "9999.5万人"), (99_999_949, "人", "9999.99万人"), (99_999_950, "人", "1亿人"), (10**8, "人", "1亿人"),
        (123_456_789, "元人民币", "1.23亿元人民币"), (-70, "所", "-70所"), (F(70), "所", "70所"), (70, "数", "70"), (70, "", "70"),
        (20_000, "元", "200元"), (65_000, "元", "650元"), (12_345, "元", "123.45元"), (999_999, "元", "9999.99元"),
        (1_000_000, "元", "1万元"), (1_050_000_000, "元", "1050万元"), (912_800_000, "元", "912.8万元"), (10**10, "元", "1亿元"),
        (0, "%", "0%"), (1, "%", "100%"), (F(1, 2), "%", "50%"), (F(5105, 10_000), "%", "51.05%"), (F(918, 1000), "%", "91.8%"),
        (F(57_171, 112_000), "%", "51.05%"), (F(57_165, 112_000), "%", "51.04%"), (F(9996, 10_000), "%", "99.96%"),
        (F(99_996, 100_000), "%", "超过99.99%"), (F(1, 100_000), "%", "不足0.01%"), (F(5, 4), "%", "125%"), (F(1, 3), "%", "33.33%"),
        (9, "汉字 部门", "九部门"), (5, "汉字 项", "五项"), (2, "汉字 个", "两个"), (2, "汉字", "二"), (105, "汉字 所", "一百零五所"),
        (1, "序数 批", "首批"), (2, "序数 批", "第二批"),
    ],
)  # fmt: skip
def test_the_grammar_by_example(value: int | F, style: str, printed: str) -> None:
    assert print_number(value, style) == printed


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "truncate"),
    [
        (322_599, "32.26万人", "32.26万人", "32.25万人"),
        (322_550, "32.26万人", "32.26万人", "32.25万人"),
        (322_450, "32.25万人", "32.24万人", "32.24万人"),
        (13_000, "1.3万人", "1.3万人", "1.3万人"),
    ],
)
def test_the_rounding_is_a_choice(value: int, half_up: str, half_even: str, truncate: str) -> None:
    printed = [
        print_number(value, "人", mode) for mode in (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.TRUNCATE)
    ]
    assert printed == [half_up, half_even, truncate]


SAFE = [
    ("32.26万", 322_600, 322_650), ("2.06万", 20_600, 20_650), ("15.36万", 153_600, 153_650), ("2.73万", 27_300, 27_350),
    ("1.3万", 13_000, 13_050), ("12.2万", 122_000, 122_050), ("9.2万", 92_000, 92_050), ("17万", 170_000, 170_050),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "low", "high"), SAFE)
@pytest.mark.parametrize("mode", list(Rounding))
def test_safe_intervals_print_alike_in_every_mode(printed: str, low: int, high: int, mode: Rounding) -> None:
    for value in (low, low + 1, (low + high) // 2, high - 1):
        assert print_number(value, "", mode) == printed
        assert fits(read_numeral(printed), value, mode)


@given(st.integers(-(10**15), 10**15), MODES)
def test_counts_follow_the_grammar_and_read_back(value: int, mode: Rounding) -> None:
    printed = print_number(value, "", mode)
    assert COUNT.fullmatch(printed)
    assert fits(read_numeral(printed.lstrip("-")), abs(value), mode)


@given(st.fractions(0, 1), MODES)
def test_shares_follow_the_grammar_and_read_back(value: F, mode: Rounding) -> None:
    printed = print_number(value, "%", mode)
    assert SHARE.fullmatch(printed)
    assert fits(read_numeral(printed), value, mode)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_all_and_nothing_are_printed_only_where_they_are_true(part: int, rest: int) -> None:
    printed = print_number(F(part, part + rest), "%")
    assert printed not in ("100%", "0%")


@given(st.integers(0, 10**17), MODES)
def test_money_follows_the_grammar_and_reads_back(fen: int, mode: Rounding) -> None:
    printed = print_number(fen, "元", mode)
    assert MONEY.fullmatch(printed)
    assert fits(read_numeral(printed.removesuffix("元")), F(fen, 100), mode)


@given(st.integers(0, 10**9))
def test_spelled_numbers_read_back(value: int) -> None:
    assert read_numeral(print_number(value, "汉字 项").removesuffix("项")).value == value


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_larger_number_never_prints_smaller(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert read_numeral(print_number(low)).value <= read_numeral(print_number(high)).value


@pytest.mark.parametrize(
    ("value", "style", "code"),
    [
        (F(1, 2), "所", "count-not-whole"),
        (F(1, 2), "元", "money-not-fen"),
        (F(1, 2), "汉字 项", "count-not-whole"),
        (0, "序数 批", "ordinal-below-one"),
        (1, "3位小数", "style-unknown"),
        (1, "所 校", "style-unknown"),
    ],
)
def test_what_cannot_be_printed_is_refused(value: int | F, style: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        print_number(value, style)
    assert refused.value.code == code
    assert str(refused.value).endswith("。")


def test_styles_are_read_as_templates_write_them() -> None:
    assert Style.parse(" 人次 ") == Style(Shape.COUNT, "人次")
    assert Style.parse("％") == Style(Shape.SHARE)


def test_days_moments_terms_and_spans() -> None:
    moment = datetime(2024, 3, 6, 1, 43, 48, tzinfo=UTC)
    assert print_moment(moment) == "2024-3-6 9:43:48"
    assert print_moment(datetime(2024, 12, 31, 0, 5, 9, tzinfo=SHANGHAI)) == "2024-12-31 0:05:09"
    assert print_day(date(2024, 3, 6)) == "2024年3月6日"
    assert print_day(date(2024, 3, 6), dashes=True) == "2024-3-6"
    assert print_term("2023S") == print_term(SchoolTerm(2023, "S")) == "2023年春季学期"
    assert print_span(Span.of_years(2021, 2035)) == "2021—2035年"


def test_a_moment_without_a_time_zone_is_nobodys_moment() -> None:
    with pytest.raises(ValueError, match="time zone"):
        print_moment(datetime(2024, 3, 6, 9, 43, 48))  # noqa: DTZ001


def test_an_endless_fraction_has_no_decimal_form() -> None:
    with pytest.raises(ValueError, match="finite"):
        printing.decimal(F(1, 3))


def test_examples_in_the_docstrings() -> None:
    assert not doctest.testmod(printing).failed
