"""Working days as the State Council's office published them, year by year; and what is said where nothing is published."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.content.rulebook import RULEBOOK, WORKDAYS
from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.workdays import (
    Week,
    add_working_days,
    days_overdue_since,
    first_known,
    is_known,
    is_working_day,
    known_until,
    working_days_between,
)

ONE = timedelta(days=1)
PUBLISHED = {
    2020: (
        "01-01 | 01-24..02-02 | 04-04..04-06 | 05-01..05-05 | 06-25..06-27 | 10-01..10-08",
        "01-19 04-26 05-09 06-28 09-27 10-10",
    ),
    2021: (
        "01-01..01-03 | 02-11..02-17 | 04-03..04-05 | 05-01..05-05 | 06-12..06-14 | 09-19..09-21 | 10-01..10-07",
        "02-07 02-20 04-25 05-08 09-18 09-26 10-09",
    ),
    2022: (
        "01-01..01-03 | 01-31..02-06 | 04-03..04-05 | 04-30..05-04 | 06-03..06-05 | 09-10..09-12 | 10-01..10-07",
        "01-29 01-30 04-02 04-24 05-07 10-08 10-09",
    ),
    2023: (
        "01-01..01-02 | 01-21..01-27 | 04-05 | 04-29..05-03 | 06-22..06-24 | 09-29..10-06",
        "01-28 01-29 04-23 05-06 06-25 10-07 10-08",
    ),
    2024: (
        "01-01 | 02-10..02-17 | 04-04..04-06 | 05-01..05-05 | 06-10 | 09-15..09-17 | 10-01..10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    ),
    2025: (
        "01-01 | 01-28..02-04 | 04-04..04-06 | 05-01..05-05 | 05-31..06-02 | 10-01..10-08",
        "01-26 02-08 04-27 09-28 10-11",
    ),
    2026: (
        "01-01..01-03 | 02-15..02-23 | 04-04..04-06 | 05-01..05-05 | 06-19..06-21 | 09-25..09-27 | 10-01..10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
    ),
}
"""The notices as they read: holidays, and the weekend days worked. Typed from the texts, not from the library."""


def days_off(year: int) -> set[date]:
    found = set()
    for span in PUBLISHED[year][0].split(" | "):
        first, _dots, last = span.partition("..")
        day, end = (date.fromisoformat(f"{year}-{one}") for one in (first, last or first))
        while day <= end:
            found.add(day)
            day += ONE
    return found


def worked(year: int) -> set[date]:
    return {date.fromisoformat(f"{year}-{one}") for one in PUBLISHED[year][1].split()}


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_day_of_a_year_is_as_its_notice_says(year: int) -> None:
    assert all(day.weekday() >= 5 for day in worked(year))
    day = date(year, 1, 1)
    while day.year == year:
        plain = day.weekday() < 5
        assert is_working_day(day) is ((plain and day not in days_off(year)) or day in worked(year)), day
        day += ONE


def test_every_notice_of_the_table_is_one_whose_days_are_known_and_cited() -> None:
    rule = WORKDAYS.arranged_year
    assert RULEBOOK["workdays.arranged_year"] is rule
    assert [step.since.year for step in rule.steps] == [step.value for step in rule.steps]
    assert {step.value for step in rule.steps} == set(PUBLISHED), (
        "a year in the table has its notice typed above"
    )
    for step in rule.steps:
        assert is_known(step.since)
        source = step.cites.source
        assert source.number.startswith("国办发明电〔")
        assert f"{step.value}年" in source.title
        assert source.issued_on is not None
        assert source.issued_on <= step.since
    cited = [step.cites.source.key for step in rule.steps]
    assert sorted(cited) == sorted(key for key in SOURCES if key.startswith("guobanfadian-"))
    assert len(set(cited)) == len(cited)


def test_the_national_day_of_2023() -> None:
    assert not is_working_day(date(2023, 10, 6)), "a Friday of the holiday"
    assert is_working_day(date(2023, 10, 7)), "a Saturday worked for it"
    assert is_working_day(date(2023, 10, 8)), "a Sunday worked for it"
    assert add_working_days(date(2023, 9, 28), 5).day == date(2023, 10, 11)
    assert Week.of(date(2023, 10, 1)).working_days == 4, "25 to 28 September"
    assert Week.of(date(2023, 10, 7)).working_days == 2
    assert Week.of(date(2023, 10, 9)).working_days == 5


def test_where_nothing_is_published_the_plain_week_counts_and_is_marked() -> None:
    after = known_until() + ONE
    assert (after.month, after.day) == (1, 1)
    assert not is_known(after)
    assert not is_known(first_known() - ONE)
    monday = Week.of(date(2099, 10, 1)).monday
    assert [is_working_day(monday + n * ONE) for n in range(7)] == [True] * 5 + [False] * 2
    assert add_working_days(date(2023, 12, 1), 5).certain
    assert not add_working_days(known_until() - ONE, 5).certain
    assert not add_working_days(date(2099, 1, 5), 1).certain


def test_a_period_does_not_run_backwards_and_a_week_begins_on_monday() -> None:
    with pytest.raises(ValueError, match="backwards"):
        add_working_days(date(2023, 1, 1), -1)
    with pytest.raises(ValueError, match="no Monday"):
        Week(date(2023, 1, 1))
    assert list(Week.whole(date(2023, 10, 3), date(2023, 10, 14))) == []
    assert [week.sunday for week in Week.whole(date(2023, 10, 3), date(2023, 10, 15))] == [date(2023, 10, 15)]


DAYS = st.dates(min_value=date(2022, 1, 1), max_value=date(2028, 1, 1))


@given(DAYS, st.integers(0, 30))
def test_counting_forth_and_back_agree(day: date, count: int) -> None:
    due = add_working_days(day, count).day
    assert working_days_between(day, due) == count
    assert days_overdue_since(due + ONE, count) >= day, "over on the day after"
    assert days_overdue_since(due, count) < day, "not over on the last day"
