"""Teaching classes: as many as the plan says in each unit and stage, and some that have ended."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import SCHOOL_YEAR, first_of_september, on
from junheng.surfaces.demo.city.schools import COUNTED
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, frame
from junheng.surfaces.demo.plan import CityPlan
from junheng.surfaces.demo.spread import deal, rank_within, spread

# first grade, number of grades, and the kinds of school that have the stage
STAGES = {
    "primary": (1, 6, ("primary", "nine_year", "twelve_year")),
    "junior": (7, 3, ("junior", "nine_year", "twelve_year")),
    "senior": (10, 3, ("senior", "twelve_year")),
}
SIZE = {"urban": 6, "town": 3, "rural": 1}


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Classes, sorted by unit, school, stage, grade and number; those that have ended stand at the end of a school."""
    schools = made["schools"].filter(pl.col("until").is_null() & (pl.col("since") < on("2024-01-01").item()))
    columns: dict[str, list[Any]] = {"school": [], "stage": [], "grade": [], "ended": []}
    for unit in plan.units:
        here = schools.filter(pl.col("area").str.starts_with(unit.code))
        for stage, (first, grades, kinds) in STAGES.items():
            having = here.filter(pl.col("kind").is_in(kinds))
            weights = np.array([SIZE[place] for place in having["location"]], dtype=np.int64)
            weights = weights * dice.between(6, 14, having.height)
            counts: Iterable[int] = (
                spread(unit[f"classes_{stage}"], weights, least=grades) if having.height else ()
            )
            for school, count in zip(having["id"], counts, strict=True):
                for grade, number in enumerate(deal(int(count), grades)[::-1], first):
                    _extend(columns, school, stage, grade, int(number), False)
                if count > 2 * grades:
                    _extend(
                        columns, school, stage, first + grades - 1, max(1, int(count) // (4 * grades)), True
                    )
        for school in here.filter(pl.col("kind") == "special")["id"]:
            for grade in range(2, 7):
                _extend(columns, school, "primary", grade, 1, False)
    return {"classes": _dated(made, columns)}


def _dated(made: City, columns: dict[str, list[Any]]) -> pl.DataFrame:
    """The classes with their numbers and days, in the order of schools and grades."""
    school = np.array(columns["school"], dtype=np.int64)
    grade = np.array(columns["grade"], dtype=np.int64)
    ended = np.array(columns["ended"], dtype=bool)
    first = np.array([STAGES[stage][0] for stage in columns["stage"]], dtype=np.int64)
    since = first_of_september(SCHOOL_YEAR - (grade - first) - ended)
    opened = made["schools"]["since"].to_numpy().astype("datetime64[D]")[school - 1]
    numbers = rank_within(school * 100 + grade) + 1
    classes = frame(
        "classes",
        {
            "school": school,
            "area": made["schools"]["area"].gather(school - 1),
            "stage": columns["stage"],
            "grade": grade,
            "number": numbers,
            "since": np.maximum(since, opened),
            "until": np.where(ended, on("2023-07-01"), np.datetime64("NaT", "D")),
        },
    )
    return classes.sort("school", "grade", "number").with_columns(id=pl.int_range(1, pl.len() + 1))


def counted(made: City) -> pl.DataFrame:
    """The open classes of the counted kinds of school."""
    schools = made["schools"].filter(pl.col("kind").is_in(COUNTED)).select(school="id")
    return made["classes"].filter(pl.col("until").is_null()).join(schools, on="school", how="semi")


def _extend(
    columns: dict[str, list[Any]], school: int, stage: str, grade: int, count: int, ended: bool
) -> None:
    for name, value in {"school": school, "stage": stage, "grade": grade, "ended": ended}.items():
        columns[name].extend([value] * count)
