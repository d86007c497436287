"""When training in school subjects breaks a rule: both sides of every limit, by the published calendar."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.domains.visits.queries.hours import breaches_of, day_of, days_from
from junheng.domains.visits.terms import Breach, Mode
from junheng.kernel.workdays import DayKind, is_working_day, kind_of_day
from tests.domains.visits.sample import SHANGHAI


def broken(day: str, time: str, mode: Mode = Mode.OFFLINE, *, subject: bool = True) -> list[str]:
    at = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=SHANGHAI)
    return [one.breach.value for one in breaches_of(at, mode, subject=subject)]


@pytest.mark.parametrize(
    ("day", "time", "mode", "found"),
    [
        ("2023-10-10", "20:30:00", Mode.OFFLINE, []),
        ("2023-10-10", "20:30:01", Mode.OFFLINE, ["late"]),
        ("2023-10-10", "20:45", Mode.ONLINE, []),
        ("2023-10-10", "21:00:00", Mode.ONLINE, []),
        ("2023-10-10", "21:00:01", Mode.ONLINE, ["late"]),
        ("2023-10-05", "10:00", Mode.OFFLINE, ["holiday"]),
        ("2023-10-06", "10:00", Mode.OFFLINE, ["holiday"]),
        ("2023-10-07", "10:00", Mode.OFFLINE, []),  # 调休上班的星期六
        ("2023-10-07", "20:31", Mode.OFFLINE, ["late"]),
        ("2023-10-14", "10:00", Mode.OFFLINE, ["rest"]),
        ("2023-10-14", "21:10", Mode.ONLINE, ["rest", "late"]),
        ("2023-07-11", "10:00", Mode.OFFLINE, ["vacation"]),
    ],
)
def test_the_moment_decides(day, time, mode, found) -> None:
    assert broken(day, time, mode) == found
    assert broken(day, time, mode, subject=False) == []


def test_a_breach_names_its_rule_and_says_what_is_not_certain() -> None:
    at = datetime(2023, 10, 10, 20, 40, tzinfo=SHANGHAI)
    (one,) = breaches_of(at, Mode.OFFLINE, subject=True)
    assert one.breach is Breach.LATE
    assert "20:40 仍在培训，线下培训不得晚于 20:30" in one.sentence
    assert "中办发〔2021〕40号" in one.cites
    summer = breaches_of(datetime(2023, 7, 11, 10, tzinfo=SHANGHAI), Mode.OFFLINE, subject=True)
    assert [each.confirmed for each in summer] == [False]


@given(st.dates(date(2022, 1, 1), date(2025, 12, 31)), st.times())
@settings(deadline=None)
def test_a_subject_lesson_before_the_end_is_broken_exactly_on_days_without_work_or_school(day, time) -> None:
    at = datetime.combine(day, time).replace(tzinfo=SHANGHAI)
    found = {one.breach for one in breaches_of(at, Mode.OFFLINE, subject=True)}
    assert bool(found & {Breach.REST, Breach.HOLIDAY}) == (not is_working_day(day))
    assert (Breach.VACATION in found) == day_of(day).vacation
    late = (time.hour, time.minute, time.second) > (20, 30, 0)
    assert (Breach.LATE in found) == late


@given(st.dates(date(2010, 1, 1), date(2027, 12, 31)))
@settings(deadline=None)
def test_kinds_of_days_agree_with_who_works(day) -> None:
    kind = kind_of_day(day)
    assert is_working_day(day) == (kind in {DayKind.WORK, DayKind.MADE_UP})
    assert (kind == DayKind.MADE_UP) == (is_working_day(day) and day.weekday() >= 5)


def test_the_calendar_beside_the_form_tells_every_day() -> None:
    days = days_from(date(2023, 9, 29), 9)
    assert [str(one.kind) for one in days] == ["holiday"] * 8 + ["made_up"]
    assert days[-1].day - days[0].day == timedelta(days=8)
    assert [one.trains_subjects for one in days] == [False] * 8 + [True]
