"""The windows of a day: two years are twenty-four months, whatever day it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.kernel.errors import Refusal
from junheng.kernel.indicators import Moment
from junheng.kernel.indicators.moment import EARLIEST, LATEST
from junheng.kernel.values.span import Span

DAYS = st.dates(EARLIEST, LATEST)


@given(DAYS)
def test_two_years_are_twenty_four_months_that_end_with_the_day(day: date) -> None:
    window = Moment(day).two_years
    after = window.last + timedelta(days=1)
    assert window.last == day
    assert window.days in {730, 731}
    if (after.month, after.day) != (2, 29):
        assert (after.year - window.first.year, after.month, after.day) == (
            2,
            window.first.month,
            window.first.day,
        )
    else:
        assert window.first == date(after.year - 2, 3, 1)


@given(DAYS)
def test_the_year_is_the_last_whole_one(day: date) -> None:
    year = Moment(day).year
    assert year == Span.of_year(year.first.year)
    assert year.last <= day < date(year.last.year + 1, 12, 31)


@given(DAYS)
def test_the_autumn_has_begun(day: date) -> None:
    at = Moment(day)
    assert at.autumn.endswith("A")
    assert at.term >= at.autumn or at.term[:4] > at.autumn[:4]
    assert int(at.autumn[:4]) in {day.year, day.year - 1}


@pytest.mark.parametrize(
    ("day", "window"),
    [
        ("2023-12-31", "2022-01-01..2023-12-31"),
        ("2024-03-06", "2022-03-07..2024-03-06"),
        ("2024-02-29", "2022-03-01..2024-02-29"),
        ("2024-02-28", "2022-03-01..2024-02-28"),
        ("2026-02-28", "2024-03-01..2026-02-28"),
        ("2025-02-28", "2023-03-01..2025-02-28"),
    ],
)
def test_two_years_around_a_leap_day(day: str, window: str) -> None:
    assert str(Moment(date.fromisoformat(day)).two_years) == window


def test_a_window_that_was_told_replaces_both() -> None:
    window = Span.parse("2021-01-01..2021-06-30")
    at = Moment(date(2023, 12, 31), window)
    assert at.two_years == at.year == window
    assert at.on(date(2022, 1, 1)).window == window


def test_a_window_after_the_day_is_refused() -> None:
    window = Span.parse("2024-01-01..2024-12-31")
    with pytest.raises(Refusal, match="晚于统计时点 2023-12-31") as refused:
        Moment(date(2023, 12, 31), window)
    assert refused.value.code == "window-after-as-of"
    assert Moment(date(2024, 1, 1), window).window == window


@pytest.mark.parametrize(
    "day", [date.min, EARLIEST - timedelta(days=1), LATEST + timedelta(days=1), date.max]
)
def test_days_of_which_nothing_can_be_said_are_refused(day: date) -> None:
    with pytest.raises(Refusal) as refused:
        Moment(day)
    assert refused.value.code == "day-out-of-reach"
    assert EARLIEST.isoformat() in str(refused.value)
