"""The expected figures: those on file are those of the rows, and those of the rows are those of the plan."""

import json
from datetime import date
from importlib.resources import files

import pytest

from junheng.surfaces.demo.expected import FIGURES, Answer, answers
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.plan import CityPlan

# figures that are a total of the plan
TOTALS = {
    "kg-public-70": "kg_projects", "kg-places-13000": "kg_places", "kg-recognised-71": "kg_recognised",
    "kg-inclusive-434": "kg_inclusive", "schools-planned-90": "school_planned", "schools-done-82": "school_done",
    "weaklink-412": "weak_links", "rural-repair-124": "rural_repairs", "playgrounds-72": "sports_grounds",
    "groups-77": "groups", "pairs-35": "pairs", "demo-4": "demonstration_schools", "feature-13": "feature_schools",
    "quality-groups-6": "quality_groups", "afterclass-322600": "served", "unlicensed-198": "unlicensed",
    "subject-47": "subject_institutions", "counselling-1757": "sessions", "counselling-122000": "attendance",
    "waters-174": "waters", "town-persons-123": "township_persons", "county-persons-74": "county_persons",
    "home-visits-153600": "visited_households", "safe-campus-9": "safe_campuses", "aid-170000": "aid_times",
    "loans-27300": "loans", "migrants-4544": "migrants",
}  # fmt: skip
# what the report of 2024-03-06 prints, at full size (money in fen)
PRINTED: dict[str, Answer] = {
    "kg-public-70": 70, "kg-places-13000": 13_000, "kg-public-share": "57176/112000", "kg-recognised-71": 71,
    "kg-inclusive-434": 434, "kg-coverage": "102816/112000", "nine-departments": 9, "kg-subsidy-rate": 20_000,
    "schools-planned-90": 90, "schools-done-82": 82, "schools-open-8": 8, "schools-done-rate": "82/90",
    "weaklink-412": 412, "rural-repair-124": 124, "playgrounds-72": 72, "groups-77": 77, "pairs-35": 35,
    "weak-255": 255, "weak-coverage": "255/255", "demo-4": 4, "feature-13": 13, "award-10.5m": 1_050_000_000,
    "quality-groups-6": 6, "pilot-1": 1, "double-reduction-4": 4, "five-managements-n": 5,
    "afterclass-322600": 322_600, "afterclass-need-coverage": "322600/322600", "unlicensed-198": 198,
    "subject-47": 47, "psy-schools-871": 871, "psy-members-20600": 20_600,
    "psy-class-coverage-100": "11400/11400", "counselling-1757": 1757, "counselling-122000": 122_000,
    "waters-174": 174, "town-persons-123": 123, "county-persons-74": 74, "weekly-min-320": 320,
    "home-visits-153600": 153_600, "safe-campus-9": 9, "plan-2021-2035": 15, "three-work-plans": 3,
    "aid-170000": 170_000, "loans-27300": 27_300, "entrants-92000": 92_000, "migrants-4544": 4544,
    "page-date": "2024-03-06T09:43:48+08:00", "signoff-6": 6, "rendered-twice": 2, "cross-county-zero": 0,
}  # fmt: skip


def test_there_are_seventy_one_figures() -> None:
    assert len(set(FIGURES)) == 71


def test_the_figures_on_file_are_those_of_the_rows(plan: CityPlan, city: City) -> None:
    text = files("junheng.surfaces.demo").joinpath("plans", f"{plan.name}-expected.json").read_text("utf-8")
    assert json.loads(text) == dict(answers(city))


@pytest.mark.parametrize(("figure", "key"), TOTALS.items())
def test_a_figure_is_the_total_of_the_plan(plan: CityPlan, city: City, figure: str, key: str) -> None:
    assert answers(city)[figure] == plan.total(key)


@pytest.mark.slow
@pytest.mark.parametrize("figure", PRINTED)
def test_the_full_city_says_what_the_report_prints(figure: str) -> None:
    from tests.surfaces.demo.conftest import city_of

    assert answers(city_of("full"))[figure] == PRINTED[figure]


WINDOWED_OTHERWISE = {"cross-county-zero"}


def test_the_day_of_the_report_gives_the_same_figures(city: City) -> None:
    """Calendar years and 24 months back agree, and no status changes between year's end and report."""
    then, now = answers(city), answers(city, as_of=date(2024, 3, 6))
    moved = {figure for figure in FIGURES if then[figure] != now[figure]}
    assert moved <= WINDOWED_OTHERWISE
