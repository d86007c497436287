"""Every form of number in Chinese official prose: its exact value and how precisely it was printed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.kernel.errors import Refusal
from junheng.kernel.values.chinese import LARGEST, read_chinese, write_chinese
from junheng.kernel.values.numerals import Bound, Form, narrow, numeral_at, read_numeral

F = Fraction

WAN, YI = 10**4, 10**8

PLAIN = [
    ("0", 0, 1), ("7", 7, 1), ("70", 70, 1), ("871", 871, 1), ("1757", 1757, 1), ("4544", 4544, 1), ("123456", 123456, 1),
    ("1,757", 1757, 1), ("12,345", 12345, 1), ("1,234,567", 1234567, 1), ("1 070", 1070, 1), ("2 083", 2083, 1), ("７０", 70, 1), ("１７５７", 1757, 1),
    ("0.5", F(1, 2), F(1, 10)), ("3.14", F(314, 100), F(1, 100)), ("１．５", F(3, 2), F(1, 10)),
    ("1万", WAN, WAN), ("17万", 170_000, WAN), ("1050万", 1050 * WAN, WAN), ("1.3万", 13_000, 1000),
    ("9.2万", 92_000, 1000), ("12.2万", 122_000, 1000), ("2.06万", 20_600, 100), ("32.26万", 322_600, 100),
    ("15.36万", 153_600, 100), ("2.73万", 27_300, 100), ("1.30万", 13_000, 100), ("１．３万", 13_000, 1000),
    ("1 万", WAN, WAN), ("3千", 3000, 1000), ("5百", 500, 100), ("2百万", 2_000_000, 10**6), ("3千万", 30_000_000, 10**7),
    ("1.2亿", 120_000_000, 10**7), ("3亿", 3 * YI, YI), ("1.25亿", 125_000_000, 10**6), ("2万亿", 2 * 10**12, 10**12),
    ("2亿3000万", 230_000_000, WAN), ("1亿500万", 105_000_000, WAN),
]  # fmt: skip
CHINESE = [
    ("零", 0, 1), ("一", 1, 1), ("二", 2, 1), ("两", 2, 1), ("三", 3, 1), ("九", 9, 1), ("十", 10, 1), ("十一", 11, 1),
    ("十九", 19, 1), ("二十", 20, 1), ("二十三", 23, 1), ("九十九", 99, 1), ("一百", 100, 1), ("一百零五", 105, 1),
    ("一百一十", 110, 1), ("一百五", 150, 1), ("二百五十五", 255, 1), ("八百七十一", 871, 1), ("一千零五十", 1050, 1),
    ("一千七百五十七", 1757, 1), ("四千五百四十四", 4544, 1), ("一万", WAN, WAN), ("两万零六百", 20_600, 1),
    ("三万二", 32_000, 1), ("十七万", 170_000, WAN), ("一万零一百", 10_100, 1), ("二〇二三", 2023, 1),
    ("一亿零七", YI + 7, 1), ("一点三万", 13_000, 1000), ("一亿二千万", 120_000_000, WAN),
]  # fmt: skip
SHARES = [
    ("0%", 0, F(1, 100)), ("80%", F(4, 5), F(1, 100)), ("100%", 1, F(1, 100)), ("51.05%", F(5105, 10_000), F(1, 10_000)),
    ("51.05％", F(5105, 10_000), F(1, 10_000)), ("５１．０５％", F(5105, 10_000), F(1, 10_000)), ("91.8%", F(918, 1000), F(1, 1000)),
    ("99.96%", F(9996, 10_000), F(1, 10_000)), ("5‰", F(5, 1000), F(1, 1000)), ("91.8 %", F(918, 1000), F(1, 1000)),
    ("百分之八十", F(4, 5), F(1, 100)), ("百分之五", F(1, 20), F(1, 100)), ("百分之九十一点八", F(918, 1000), F(1, 1000)),
    ("百分之五十一点零五", F(5105, 10_000), F(1, 10_000)), ("百分之80", F(4, 5), F(1, 100)), ("百分之百", 1, F(1, 100)),
    ("百分之一百", 1, F(1, 100)), ("千分之三", F(3, 1000), F(1, 1000)), ("万分之七", F(7, 10_000), F(1, 10_000)),
    ("三成", F(3, 10), F(1, 10)), ("九成", F(9, 10), F(1, 10)), ("3成", F(3, 10), F(1, 10)), ("七成五", F(3, 4), F(1, 100)),
    ("八成半", F(17, 20), F(1, 20)), ("十成", 1, F(1, 10)),
]  # fmt: skip
BOUNDS = [
    ("近400", 400, Bound.NEAR), ("将近400", 400, Bound.NEAR), ("接近400", 400, Bound.NEAR), ("约400", 400, Bound.ABOUT),
    ("大约400", 400, Bound.ABOUT), ("约为1.3万", 13_000, Bound.ABOUT), ("超过400", 400, Bound.OVER), ("超400", 400, Bound.OVER),
    ("逾400", 400, Bound.OVER), ("突破1万", WAN, Bound.OVER), ("不足400", 400, Bound.UNDER), ("不到三成", F(3, 10), Bound.UNDER),
    ("至少2", 2, Bound.AT_LEAST), ("不少于2", 2, Bound.AT_LEAST), ("不低于80%", F(4, 5), Bound.AT_LEAST),
    ("不超过5", 5, Bound.AT_MOST), ("至多5", 5, Bound.AT_MOST), ("3000余", 3000, Bound.ODD), ("20多", 20, Bound.ODD),
    ("1.3万余", 13_000, Bound.ODD), ("10余万", 100_000, Bound.ODD), ("10万多", 100_000, Bound.ODD), ("10万+", 100_000, Bound.OVER),
    ("二十余", 20, Bound.ODD), ("三分之一", F(1, 3), Bound.ABOUT), ("四分之三", F(3, 4), Bound.ABOUT),
]  # fmt: skip
RANGES = [
    ("3—5", 3, 5, 1), ("3-5", 3, 5, 1), ("3–5", 3, 5, 1), ("3~5", 3, 5, 1), ("3～5", 3, 5, 1), ("3至5", 3, 5, 1), ("3到5", 3, 5, 1),
    ("三至五", 3, 5, 1), ("十到十二", 10, 12, 1), ("10%—20%", F(1, 10), F(1, 5), F(1, 100)), ("10-20%", F(1, 10), F(1, 5), F(1, 100)),
    ("三至五成", F(3, 10), F(1, 2), F(1, 10)), ("1.2—1.5万", 12_000, 15_000, 1000), ("3—5万", 30_000, 50_000, WAN),
]  # fmt: skip
NO_NUMBERS = [
    "",
    "所",
    "万",
    "百",
    "十百",
    "一百一百",
    "1.3.5",
    "12,34",
    "近",
    "第",
    "1" * 40,
    "三分",
    "9:43",
    "\ud800",
]


@pytest.mark.parametrize(("words", "value", "step"), PLAIN + CHINESE + SHARES)
def test_value_and_step(words: str, value: int | F, step: int | F) -> None:
    numeral = read_numeral(words)
    assert (numeral.value, numeral.step, numeral.bound) == (value, step, Bound.EXACT)


@pytest.mark.parametrize(("words", "value", "step"), SHARES)
def test_shares_are_shares(words: str, value: int | F, step: int | F) -> None:
    assert read_numeral(words).form is Form.SHARE


@pytest.mark.parametrize(("words", "value", "bound"), BOUNDS)
def test_bounds(words: str, value: int | F, bound: Bound) -> None:
    numeral = read_numeral(words)
    assert (numeral.value, numeral.bound) == (value, bound)


@pytest.mark.parametrize(("words", "low", "high", "step"), RANGES)
def test_ranges(words: str, low: int | F, high: int | F, step: int | F) -> None:
    numeral = read_numeral(words)
    assert (numeral.value, numeral.upper, numeral.step, numeral.bound) == (low, high, step, Bound.RANGE)


@pytest.mark.parametrize("words", NO_NUMBERS)
def test_what_is_no_number_is_refused_with_examples(words: str) -> None:
    with pytest.raises(Refusal, match="请写成 1757、1.3万") as refused:
        read_numeral(words)
    assert refused.value.code == "number-unreadable"


def test_points_and_multiples_are_neither_counts_nor_shares() -> None:
    assert read_numeral("3.2个百分点").form is Form.POINTS
    assert read_numeral("1.5倍").form is Form.MULTIPLE


@pytest.mark.parametrize("words", ["最近400", "附近400", "就近400"])
def test_near_is_not_read_out_of_other_words(words: str) -> None:
    numeral = numeral_at(words, 2)
    assert numeral is not None
    assert numeral.bound is Bound.EXACT


def test_narrow_keeps_every_place() -> None:
    text = "占比５１．０５％（含１所）"
    assert len(narrow(text)) == len(text)
    assert narrow(text) == "占比51.05%(含1所)"


@given(st.integers(0, LARGEST))
def test_chinese_numerals_are_read_as_they_are_written(value: int) -> None:
    assert read_chinese(write_chinese(value)) == value


@given(st.text(alphabet="零〇一二三四五六七八九十百千万亿两", max_size=12))
def test_any_string_of_numeral_characters_is_read_or_not_but_never_breaks(text: str) -> None:
    value = read_chinese(text)
    assert value is None or value >= 0


@given(st.text(max_size=40), st.integers(0, 39))
def test_reading_at_any_place_of_any_text_never_breaks(text: str, place: int) -> None:
    numeral = numeral_at(narrow(text), min(place, len(text)))
    if numeral is not None:
        assert 0 <= numeral.start < numeral.end <= len(text)
