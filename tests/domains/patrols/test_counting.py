"""Compliance from the database against the duty read aloud: both readings, leaves, changes in mid-week, seasons."""

from dataclasses import replace
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.content.rulebook import DUTIES
from junheng.domains.patrols.models import Leave
from junheng.domains.patrols.queries import counting, norms
from junheng.domains.patrols.queries.counting import compliance, read_checks
from junheng.domains.patrols.queries.weeks import day_of, days_of, duties, total_of, week, year
from junheng.kernel.errors import Refusal
from junheng.kernel.rulebook import Dated
from tests.domains import makers
from tests.domains.patrols.history import COUNTY, check, mondays, read_aloud, warden

START = date(2023, 3, 6)  # a Monday
DAYS = 30
LEVELS = {"township": 2, "county": 1}


def counted(**asked):
    lines = duties(compliance(**asked))
    return {(one.person, one.level, one.water, one.monday): (one.days, one.owed, one.done) for one in lines}


def rule(dated: Dated, value) -> Dated:
    since = dated.steps[0].since
    return dated if dated.on(since).value == value else dated.changed(since, value)


@st.composite
def histories(draw):
    day = st.integers(0, DAYS - 1)
    span = st.tuples(day, st.integers(1, DAYS))
    person, water = st.integers(0, 3), st.integers(0, 2)
    return {
        "people": draw(st.lists(st.one_of(st.none(), day), min_size=4, max_size=4)),
        "waters": draw(st.lists(st.tuples(st.sampled_from(["high", "high", "low"]), st.one_of(st.none(), day)), min_size=3, max_size=3)),
        "charges": draw(st.lists(st.tuples(person, water, st.sampled_from(list(LEVELS)), span), max_size=6)),
        "leaves": draw(st.lists(st.tuples(person, st.one_of(st.none(), person), span, st.booleans()), max_size=3)),
        "checks": draw(st.lists(st.tuples(person, water, st.sampled_from(list(LEVELS)), day, st.integers(0, 1439)), max_size=25)),
        "reading": draw(st.sampled_from(["person", "water"])),
        "rest": draw(st.sampled_from(["down", "nearest", "up"])),
        "apart": draw(st.sampled_from([0, 30, 600])),
        "distinct": draw(st.integers(0, 1)),
        "season": draw(st.sampled_from([(101, 1231), (315, 1031), (1001, 320)])),
    }  # fmt: skip


def put_down(history) -> None:
    """The history as rows; a moment is a minute of a day in Shanghai."""

    def at(place):
        return START + timedelta(days=place)

    people = [
        makers.person(until=None if end is None else at(end) + timedelta(days=1)) for end in history["people"]
    ]
    waters = [
        makers.water(risk=risk, until=None if end is None else at(end) + timedelta(days=1))
        for risk, end in history["waters"]
    ]
    for person, water, level, (since, length) in history["charges"]:
        makers.assignment(
            waters[water], people[person], level=level, since=at(since), until=at(since + length)
        )
    for number, (person, deputy, (since, length), cancelled) in enumerate(history["leaves"]):
        if person != deputy:
            Leave.objects.create(
                code=f"QJ{number}", person=people[person], deputy=None if deputy is None else people[deputy],
                area_id=people[person].area_id, since=at(since), until=at(since + length), reason="duty", cancelled=cancelled,
            )  # fmt: skip
    for person, water, level, place, minute in history["checks"]:
        check(people[person], waters[water], at(place), f"{minute // 60:02d}:{minute % 60:02d}", level)


@pytest.mark.django_db
@given(histories())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_says_what_the_oracle_reads_aloud(history) -> None:
    first, last = START, START + timedelta(days=DAYS - 2)
    begin, end = history["season"]

    def weekly(number, day):
        here = 100 * day.month + day.day
        inside = begin <= here <= end if begin <= end else here >= begin or here <= end
        return number if inside else 0

    rules = replace(
        DUTIES,
        check_rest=rule(DUTIES.check_rest, history["rest"]),
        check_apart=rule(DUTIES.check_apart, history["apart"]),
        check_distinct_days=rule(DUTIES.check_distinct_days, history["distinct"]),
        check_season_from=rule(DUTIES.check_season_from, begin),
        check_season_until=rule(DUTIES.check_season_until, end),
    )
    with transaction.atomic(), patch.object(norms, "DUTIES", rules):
        put_down(history)
        expected = read_aloud(
            first=first, last=last, per=history["reading"], rest=history["rest"], apart=history["apart"],
            distinct_days=bool(history["distinct"]),
            weekly={level: {day: weekly(number, day) for day in mondays(first, last)} for level, number in LEVELS.items()},
        )  # fmt: skip
        assert counted(first=first, last=last, reading=history["reading"]) == expected
        assert counted(first=first, last=last, reading=history["reading"], where=(COUNTY,)) == expected
        assert counted(first=first, last=last, reading=history["reading"], where=("410811",)) == {}
        transaction.set_rollback(True)


def test_who_comes_and_goes_in_mid_week_owes_for_the_days() -> None:
    person, water = warden(since=date(2023, 9, 14))  # a Thursday
    check(person, water, date(2023, 9, 15))
    (line,) = week(date(2023, 9, 11), until=date(2024, 1, 1))
    assert (line.days, line.total.owed, line.total.done, line.waters) == (4, 1, 1, 1)


def test_both_readings_of_one_week() -> None:
    person, water = warden()
    makers.assignment(makers.water(), person)
    check(person, water, date(2023, 9, 11))
    check(person, water, date(2023, 9, 13))
    (one,) = week(date(2023, 9, 11), until=date(2024, 1, 1), reading="person")
    (other,) = week(date(2023, 9, 11), until=date(2024, 1, 1), reading="water")
    assert (one.total.owed, one.total.done, one.total.missed) == (2, 2, 0)
    assert (other.total.owed, other.total.done, other.total.missed) == (4, 2, 2)


def test_what_was_done_beyond_one_duty_makes_up_for_no_other() -> None:
    person, water = warden()
    makers.assignment(makers.water(), person)
    for day in range(11, 16):
        check(person, water, date(2023, 9, day))
    (line,) = week(date(2023, 9, 11), until=date(2024, 1, 1), reading="water")
    assert (line.total.owed, line.total.done, line.total.missed) == (4, 5, 2)


def test_minutes_are_those_of_shanghai() -> None:
    """Half past midnight on Monday lies on Sunday in universal time."""
    person, water = warden()
    check(person, water, date(2023, 9, 11), "00:30")
    check(person, water, date(2023, 9, 17), "23:59")
    assert [one.total.done for one in week(date(2023, 9, 11), until=date(2024, 1, 1))] == [2]
    assert [one.total.done for one in week(date(2023, 9, 4), until=date(2024, 1, 1))] == [0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about an older library of the embedded database")
def test_an_older_library_reckons_the_same_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    person, water = warden()
    for day, at in ((11, "00:00"), (13, "23:59"), (16, "12:30")):
        check(person, water, date(2023, 9, day), at)
    newer = told()
    monkeypatch.setattr(connection.Database, "sqlite_version_info", (3, 37, 2))
    assert (len(newer), told()) == (3, newer)


@pytest.mark.parametrize("bits", [1, 20, 40])
def test_numbers_that_fit_into_no_one_value_come_in_several(
    monkeypatch: pytest.MonkeyPatch, bits: int
) -> None:
    for _ in range(3):
        person, water = warden()
        for day, at in ((11, "00:00"), (13, "23:59"), (17, "12:30")):
            check(person, water, date(2023, 9, day), at)
    whole = told()
    assert len(whole) == 9
    monkeypatch.setattr(counting, "SIGN", bits)
    assert told() == whole


def told() -> list[tuple[int, ...]]:
    """The checks of a week by people of townships."""
    columns = read_checks(date(2023, 9, 11), date(2023, 9, 18), ())["township"]
    return sorted(zip(*(one.tolist() for one in columns), strict=True))


def test_what_is_not_known_yet_does_not_count() -> None:
    person, water = warden()
    check(person, water, date(2023, 9, 12))
    check(person, water, date(2023, 9, 14))
    (line,) = week(date(2023, 9, 11), until=date(2023, 9, 14))
    assert line.total.done == 1


def test_a_changed_rule_counts_from_its_week_on() -> None:
    """From 13 September only checks of different days count: the week of the 11th is counted as before."""
    person, water = warden()
    for monday in (11, 18):
        check(person, water, date(2023, 9, monday), "09:00")
        check(person, water, date(2023, 9, monday), "15:00")
    step = replace(DUTIES.check_distinct_days.steps[0], since=date(2023, 9, 13), value=1)
    changed = replace(DUTIES.check_distinct_days, steps=(*DUTIES.check_distinct_days.steps, step))
    rules = replace(DUTIES, check_distinct_days=changed)
    with patch.object(norms, "DUTIES", rules), patch.object(norms, "HOW", (changed,)):
        found = counted(first=date(2023, 9, 11), last=date(2023, 9, 18))
    assert [done for _days, _owed, done in found.values()] == [2, 1]


def test_before_there_was_a_rule_nothing_is_owed() -> None:
    warden()
    (line,) = week(date(2021, 4, 26), until=date(2024, 1, 1))
    assert line.total.owed == 0
    (line,) = week(date(2021, 5, 3), until=date(2024, 1, 1))
    assert line.total.owed == 2


def test_a_year_is_drawn_week_by_week() -> None:
    person, water = warden()
    for monday in mondays(date(2023, 1, 1), date(2023, 12, 31))[:-2]:
        check(person, water, monday)
        check(person, water, monday + timedelta(days=3))
    cells = year(person, of=2023, until=date(2023, 12, 31))
    assert len(cells) == 52
    assert [one.state for one in cells][-3:] == ["met", "missed", "open"]
    assert {one.state for one in cells[:-2]} == {"met"}
    assert total_of(one.total for one in cells[:-1]).missed == 2
    assert (cells[0].height, cells[0].top, cells[-2].height) == (48, 0, 3)


def test_holidays_and_make_up_days_are_said() -> None:
    assert [one.kind for one in days_of(date(2023, 10, 2))] == ["holiday"] * 5 + ["makeup", "makeup"]
    assert day_of(date(2099, 1, 5)).kind == "unknown"


def test_an_unknown_reading_is_refused() -> None:
    with pytest.raises(Refusal, match="没有「每天」这种口径"):
        norms.reading_on(date(2023, 9, 11), "每天")
