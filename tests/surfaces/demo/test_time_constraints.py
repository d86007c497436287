"""Constraints T1 to T5 of the mission: guard bands, what must not be counted, and what lies in the year."""

from datetime import date

import polars as pl
import pytest

from junheng.surfaces.demo.expected import FIGURES, answers
from junheng.surfaces.demo.frames import City

DAY, REPORT = date(2023, 12, 31), date(2024, 3, 6)
BANDS = ((date(2022, 1, 1), date(2022, 3, 6)), (date(2024, 1, 1), REPORT))
PROVINCE = pl.col("level") == "province"

# figure → table, rows of its kind, and the day that decides
EVENTS = {
    "kg-public-70": ("projects", pl.col("programme") == "kg_building", "accepted_on"),
    "kg-recognised-71": (
        "recognitions", (pl.col("kind") == "first") & (pl.col("decision") == "recognised"), "decided_on",
    ),
    "schools-done-82": ("projects", pl.col("programme") == "school_building", "accepted_on"),
    "weaklink-412": ("projects", pl.col("programme") == "weak_link", "accepted_on"),
    "rural-repair-124": ("projects", pl.col("programme") == "rural_repair", "accepted_on"),
    "playgrounds-72": ("projects", pl.col("programme") == "sports_ground", "accepted_on"),
    "demo-4": ("titles", PROVINCE & (pl.col("name") == "demonstration_school"), "awarded_on"),
    "feature-13": ("titles", PROVINCE & (pl.col("name") == "feature_school"), "awarded_on"),
    "unlicensed-198": (
        "cases", (pl.col("kind") == "unlicensed") & pl.col("state").is_in(["decided", "closed"]), "decided_on",
    ),
    "counselling-1757": ("sessions", pl.col("kind") == "group", "held_on"),
    "home-visits-153600": ("visits", pl.col("way") == "in_person", "visited_on"),
    "rounds-n": ("rounds", pl.lit(True), "opened_on"),
    "safe-campus-9": ("titles", PROVINCE & (pl.col("name") == "safe_campus"), "awarded_on"),
}  # fmt: skip
OF_THE_YEAR = ("unlicensed-198", "counselling-1757", "home-visits-153600", "safe-campus-9")


def days(city: City, figure: str) -> pl.Series:
    table, kind, column = EVENTS[figure]
    return city[table].filter(kind)[column].drop_nulls()


@pytest.mark.parametrize("figure", EVENTS)
def test_t1_the_guard_bands_are_empty(city: City, figure: str) -> None:
    for first, last in BANDS:
        assert not days(city, figure).is_between(first, last).any()


@pytest.mark.parametrize("figure", EVENTS)
def test_t3_events_before_and_after_stand_beside(city: City, figure: str) -> None:
    found = days(city, figure)
    assert (found.dt.year() == 2021).sum() >= 5
    assert (found > REPORT).sum() >= 3


@pytest.mark.parametrize("figure", OF_THE_YEAR)
def test_t4_all_events_of_the_window_lie_in_the_year(city: City, figure: str) -> None:
    assert not (days(city, figure).dt.year() == 2022).any()


@pytest.mark.parametrize(
    "table",
    ["recognitions", "groups", "members", "pairs", "weakschools", "institutions", "schools", "committee", "waters",
     "assignments", "people", "natures", "kindergartens", "children", "pupils", "classes", "plans", "strands", "careplans"],
)  # fmt: skip
def test_t2_no_status_changes_between_the_year_and_the_report(city: City, table: str) -> None:
    band = (DAY, REPORT)
    rows = city[table]
    assert not rows["since"].is_between(*band, closed="right").any()
    assert not rows["until"].is_between(*band, closed="right").any()


def test_t3_unfinished_and_called_off_projects_stand_beside(city: City) -> None:
    for programme in city["projects"]["programme"].unique():
        rows = city["projects"].filter(pl.col("programme") == programme)
        assert rows["cancelled_on"].is_not_null().any()
        assert rows.filter(pl.col("cancelled_on").is_null() & pl.col("accepted_on").is_null()).height >= 1


def test_t5_figures_of_the_year_lie_in_it(city: City) -> None:
    for table, column in (("payments", "paid_on"), ("loans", "signed_on"), ("entrants", "admitted_on")):
        years = set(city[table][column].dt.year())
        assert {2022, 2023, 2024} <= years, table
        assert not city[table][column].is_between(*BANDS[1]).any(), table


def test_windows_of_two_readings_agree(city: City) -> None:
    """近两年 as calendar years, and as 24 months back from the report."""
    calendar, rolling = answers(city), answers(city, as_of=REPORT)
    assert [figure for figure in FIGURES if calendar[figure] != rolling[figure]] == []
