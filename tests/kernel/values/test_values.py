"""Spans, terms, rounding, shares, money and identity numbers: both sides of every limit, and the refusals' sentences."""

import doctest
import importlib
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.kernel.errors import Refusal
from junheng.kernel.values import identity, money
from junheng.kernel.values.ratio import Ratio
from junheng.kernel.values.rounding import Rounding, round_to
from junheng.kernel.values.school_term import SchoolTerm
from junheng.kernel.values.span import Span

F = Fraction


@pytest.mark.parametrize(
    "name", ["chinese", "identity", "money", "numerals", "ratio", "rounding", "school_term", "span"]
)
def test_examples_in_the_docstrings(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"junheng.kernel.values.{name}"))
    assert result.attempted
    assert not result.failed


def test_a_span_holds_both_its_ends() -> None:
    span = Span.parse("2022-01-01..2023-12-31")
    days = [date(2021, 12, 31), date(2022, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]
    assert [span.contains(day) for day in days] == [False, True, True, False]
    assert (span.days, span.years, str(span)) == (730, (2022, 2023), "2022-01-01..2023-12-31")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2023-01-01..2023-12-31", "2023年"),
        ("2021-01-01..2025-12-31", "2021—2025年"),
        ("2022-03-07..2024-03-06", "2022年3月7日至2024年3月6日"),
    ],
)
def test_a_span_is_written_as_people_write_it(text: str, label: str) -> None:
    assert Span.parse(text).label == label


@pytest.mark.parametrize(
    "text", ["", "2022", "2022-02-30..2022-03-01", "2022-01-01—2022-12-31", "x" * 100_000]
)
def test_nonsense_is_no_span(text: str) -> None:
    with pytest.raises(Refusal, match=r"请写成“2022-01-01\.\.2023-12-31”") as refused:
        Span.parse(text)
    assert refused.value.code == "span-unreadable"
    assert len(str(refused.value)) < 200


def test_a_span_does_not_run_backwards() -> None:
    with pytest.raises(Refusal, match="晚于结束") as refused:
        Span.parse("2023-01-01..2022-12-31")
    assert refused.value.code == "span-backwards"


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2023, 1, 31), "2022A"),
        (date(2023, 2, 1), "2023S"),
        (date(2023, 8, 31), "2023S"),
        (date(2023, 9, 1), "2023A"),
    ],
)
def test_a_day_lies_in_its_term(day: date, term: str) -> None:
    assert str(SchoolTerm.containing(day)) == term


@pytest.mark.parametrize("text", ["", "2023", "2023B", "23A", "2023AA"])
def test_nonsense_is_no_term(text: str) -> None:
    with pytest.raises(Refusal, match="不是学期") as refused:
        SchoolTerm.parse(text)
    assert refused.value.code == "term-unreadable"


@pytest.mark.parametrize(
    ("value", "half_up", "half_even", "truncate"),
    [
        (149, 100, 100, 100),
        (150, 200, 200, 100),
        (250, 300, 200, 200),
        (251, 300, 300, 200),
        (-250, -300, -200, -200),
        (0, 0, 0, 0),
    ],
)
def test_three_ways_to_round(value: int, half_up: int, half_even: int, truncate: int) -> None:
    assert round_to(value, 100, Rounding.HALF_UP) == half_up
    assert round_to(value, 100, Rounding.HALF_EVEN) == half_even
    assert round_to(value, 100, Rounding.TRUNCATE) == truncate


@given(st.fractions(), st.fractions(min_value=F(1, 1000), max_value=1000), st.sampled_from(list(Rounding)))
def test_rounding_moves_by_less_than_a_step_and_twice_is_once(value: F, step: F, rounding: Rounding) -> None:
    rounded = round_to(value, step, rounding)
    assert abs(rounded - value) < step
    assert round_to(rounded, step, rounding) == rounded


def test_a_step_is_positive() -> None:
    with pytest.raises(ValueError, match="positive"):
        round_to(1, 0)


def test_a_share_is_exact_and_whole_only_without_exception() -> None:
    assert Ratio(57_176, 112_000).share == F(5105, 10_000)
    assert [Ratio(n, 11_400).whole for n in (11_399, 11_400)] == [False, True]
    assert not Ratio(0, 0).whole
    with pytest.raises(Refusal, match="分母是零"):
        _ = Ratio(0, 0).share
    with pytest.raises(Refusal, match="不能为负"):
        Ratio(-1, 5)


@given(st.integers(-(10**15), 10**15))
def test_fen_and_yuan_are_the_same_money(amount: int) -> None:
    assert money.fen(money.yuan(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("650", 65_000),
        ("1,050.5", 105_050),
        ("0.01", 1),
        (" 20元 ", 2000),
        ("-3.20", -320),
        ("１００", 10_000),
    ],
)
def test_typed_money(text: str, amount: int) -> None:
    assert money.read_yuan(text) == amount


@pytest.mark.parametrize("text", ["", "abc", "1.234", "1,05", "1e3", "9" * 50])
def test_typed_nonsense_is_no_money(text: str) -> None:
    with pytest.raises(Refusal, match="最多两位小数"):
        money.read_yuan(text)


def test_money_has_its_limits() -> None:
    with pytest.raises(Refusal, match="多打了零"):
        money.read_yuan("9" * 20)
    with pytest.raises(Refusal, match="细于一分"):
        money.fen(F(1, 1000))


VECTORS = ["410802201708310017", "410823201809010023", "410811201612311185"]


@pytest.mark.parametrize("number", VECTORS)
def test_identity_numbers_of_the_standard(number: str) -> None:
    assert identity.id_number_fault(number) == ""
    assert identity.is_pupil_code("G" + number)


@pytest.mark.parametrize("number", VECTORS)
def test_any_other_check_digit_is_wrong(number: str) -> None:
    others = [number[:17] + digit for digit in "0123456789X" if digit != number[17]]
    assert not any(identity.is_id_number(other) for other in others)
    assert all("校验位" in identity.pupil_code_fault("G" + other) for other in others)


def test_date_and_check_digit_are_two_checks() -> None:
    number = "410882201502290032"  # the check digit is right, the day never was
    assert identity.check_digit(number[:17]) == number[17]
    assert identity.id_number_fault(number) == "身份证件号码中的出生日期不存在。"
    assert "出生日期" in identity.pupil_code_fault("G" + number)


@pytest.mark.parametrize("number", ["", "41080220170831001", "41080220170831001x", "４10802201708310017"])
def test_form_comes_first(number: str) -> None:
    assert "18位" in identity.id_number_fault(number)
    assert identity.birth_date(number) is None
    assert "19位" in identity.pupil_code_fault("G" + number)


def test_temporary_pupil_codes_prove_no_check_digit() -> None:
    wrong = "41080220170831001" + "8"
    assert identity.is_pupil_code("L" + wrong)
    assert not identity.is_pupil_code("J" + wrong)


def test_sex_and_birth_date() -> None:
    assert [identity.sex(number) for number in VECTORS] == [1, 2, 2]
    assert identity.birth_date(VECTORS[1]) == date(2018, 9, 1)


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("1141000001", True),
        ("3441000001", True),
        ("3841000001", False),
        ("214100000", False),
        ("21410000012", False),
    ],
)
def test_school_codes(code: str, good: bool) -> None:
    assert identity.is_school_code(code) is good


def test_credit_codes() -> None:
    assert identity.is_credit_code("12410800MB00000019")
    assert not identity.is_credit_code("12410800MB00000018")
    assert not identity.is_credit_code("12410800MB0000001I")
    assert not identity.is_credit_code("12410800MB000000")
    with pytest.raises(ValueError, match="17 characters"):
        identity.credit_check_character("I" * 17)
    with pytest.raises(ValueError, match="17 digits"):
        identity.check_digit("1")
