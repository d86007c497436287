"""Weeks in which checks were owed: whole weeks of an assignment within the year, and no other."""

from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from junheng.content.datasets.places import People
from junheng.content.datasets.safety import Assignments, Checks, Waters
from junheng.content.promises import PROMISES
from junheng.content.rulebook import RULEBOOK
from junheng.kernel.datasets.digest import schema_of
from junheng.kernel.errors import NotFound
from junheng.kernel.indicators import Engine, Moment, Tables
from junheng.kernel.indicators.library import Library
from junheng.kernel.promises import Against, Sentence, Watch, promise

DAY = Moment(date(2023, 12, 31))
PROMISE = "county-checks"
LIBRARY = Library({})


def watch(
    *assignments: tuple[date, date | None],
    checks: tuple[datetime, ...] = (),
    left: date | None = None,
    struck: date | None = None,
) -> Watch:
    """One county warden with these assignments of one dangerous water, and these checks.

    ``left``: the day the warden left office; ``struck``: the day the water was struck off the list.
    """
    since = date(2020, 1, 1)
    rows: dict[Any, list[dict[str, Any]]] = {
        People: [{"id": 1, "code": "p", "area": "410802", "post": "p", "since": since, "until": left}],
        Waters: [{"id": 1, "code": "w", "name": "w", "area": "410802001", "risk": "high", "since": since, "until": struck}],
        Assignments: [
            {"id": number, "water": 1, "person": 1, "area": "410802001", "level": "county", "since": first, "until": end}
            for number, (first, end) in enumerate(assignments)
        ],
        Checks: [
            {"id": number, "water": 1, "person": 1, "area": "410802001", "level": "county", "checked_at": at, "hazard": None}
            for number, at in enumerate(checks)
        ],
    }  # fmt: skip
    tables = {
        table.table: pl.DataFrame(found, schema=schema_of(table)).to_arrow() for table, found in rows.items()
    }
    return Watch(Engine(Tables(tables, {name: name for name in tables}), RULEBOOK, LIBRARY), PROMISES)


def owed(*assignments: tuple[date, date | None], **given: date) -> list[date]:
    """The Mondays of the weeks in which checks were owed: with no check made, all of them stand against the promise."""
    asked = watch(*assignments, **given)
    found = asked.exceptions(PROMISE, DAY, limit=100)
    assert asked.standing(PROMISE, DAY).among == len(found)
    return [one.since for one in found if one.since is not None]


def test_a_whole_year_is_the_weeks_that_lie_in_it() -> None:
    weeks = owed((date(2020, 1, 1), None))
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2023, 1, 2), date(2023, 12, 25), 52)
    assert {day.weekday() for day in weeks} == {0}


def test_the_week_an_assignment_begins_in_is_owed_from_a_monday_only() -> None:
    assert owed((date(2023, 12, 18), None)) == [date(2023, 12, 18), date(2023, 12, 25)]
    assert owed((date(2023, 12, 19), None)) == [date(2023, 12, 25)]
    assert owed((date(2023, 12, 24), None)) == [date(2023, 12, 25)]


def test_the_week_it_ends_in_is_owed_to_a_sunday_only() -> None:
    start = date(2023, 1, 1)
    # until is the first day on which it no longer holds
    assert owed((start, date(2023, 1, 9))) == [date(2023, 1, 2)]
    assert owed((start, date(2023, 1, 8))) == []
    assert owed((start, date(2023, 1, 15))) == [date(2023, 1, 2)]
    assert owed((start, date(2023, 1, 16))) == [date(2023, 1, 2), date(2023, 1, 9)]


def test_who_left_takes_no_missed_week_along() -> None:
    """What was owed in a week stays owed, whoever is in charge on the day; and what is past the leaving is not."""
    weeks = owed((date(2023, 1, 1), date(2023, 2, 1)))
    assert weeks == [date(2023, 1, day) for day in (2, 9, 16, 23)]
    assert owed((date(2023, 1, 1), None), left=date(2023, 1, 16)) == [date(2023, 1, 2), date(2023, 1, 9)]
    assert owed((date(2023, 1, 1), None), struck=date(2023, 1, 9)) == [date(2023, 1, 2)]


def test_a_gap_is_not_owed_and_a_change_of_waters_within_a_week_is_none() -> None:
    gap = owed((date(2023, 1, 1), date(2023, 1, 9)), (date(2023, 1, 16), date(2023, 1, 23)))
    assert gap == [date(2023, 1, 2), date(2023, 1, 16)], "between two assignments nobody was in charge"
    handed = owed((date(2023, 1, 1), date(2023, 1, 11)), (date(2023, 1, 11), date(2023, 1, 16)))
    assert handed == [date(2023, 1, 2), date(2023, 1, 9)]
    twice = owed((date(2023, 1, 2), date(2023, 1, 9)), (date(2023, 1, 2), date(2023, 1, 9)))
    assert twice == [date(2023, 1, 2)], "two waters are one week"


def test_every_promise_of_a_least_number_names_its_norm() -> None:
    for card in PROMISES.values():
        assert bool(card.norm) is (card.kind is Sentence.AT_LEAST)
        assert not card.norm or card.norm in card.figures
    with pytest.raises(TypeError, match="names its norm"):
        promise("another", kind=Sentence.AT_LEAST, title="", title_en="")(lambda: Against(None, None))


def test_weeks_across_the_edges_of_the_year_are_not_owed() -> None:
    assert owed((date(2022, 12, 26), date(2023, 1, 2))) == []
    assert owed((date(2023, 12, 26), None)) == []
    assert owed((date(2024, 1, 1), None)) == []


@pytest.mark.parametrize(
    ("at", "kept"),
    [
        (datetime(2023, 12, 25, 0, 0), True),  # noqa: DTZ001 — the contract's wall clock
        (datetime(2023, 12, 31, 23, 59), True),  # noqa: DTZ001
        (datetime(2023, 12, 24, 23, 59), False),  # noqa: DTZ001
        (datetime(2024, 1, 1, 0, 0), False),  # noqa: DTZ001
    ],
)
def test_a_check_counts_for_its_own_week(at: datetime, kept: bool) -> None:
    standing = watch((date(2023, 12, 25), None), checks=(at,)).standing(PROMISE, DAY)
    assert (standing.holds, standing.among) == (kept, 1)
    assert standing.wording == (PROMISES[PROMISE].sentence if kept else standing.wording)
    assert standing.since == (None if kept else date(2023, 12, 25))


def test_with_nobody_in_charge_nothing_is_owed() -> None:
    standing = watch().standing(PROMISE, DAY)
    assert (standing.holds, standing.exceptions, standing.among) == (True, 0, 0)


def test_a_promise_nobody_made_is_not_found() -> None:
    with pytest.raises(NotFound) as absent:
        watch().standing("none", DAY)
    assert absent.value.code == "unknown-promise"
