"""The city, its eleven units, and invented townships and streets."""

import polars as pl

from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.plan import CityPlan, Unit
from junheng.surfaces.demo.words import TOWN_FIRST, TOWN_LAST

CITY = "4108"
CITY_NAME = "焦作市"
STAT_ONLY = "410871"


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Areas: one city, its units with their real names and codes, townships with invented ones."""
    rows = Rows("areas", stat_only="bool")
    _add(rows, CITY, CITY_NAME, "city", False)
    for unit in plan.units:
        _add(rows, unit.code, unit.name, "county", unit.city_centre)
    names = [first + last for first in TOWN_FIRST for last in TOWN_LAST]
    order = iter(dice.order(len(names)))
    for unit in plan.units:
        for number in range(unit["townships"]):
            suffix, digits = _rank(unit, number)
            _add(rows, f"{unit.code}{digits:03d}", names[next(order)] + suffix, "township", unit.city_centre)
    return {"areas": rows.frame().with_columns(id=pl.col("code").cast(pl.Int64)).sort("id")}


def townships(made: City, unit: Unit) -> list[tuple[str, str]]:
    """Code and name of each township of a unit."""
    areas = made["areas"]
    rows = areas.filter((pl.col("kind") == "township") & pl.col("code").str.starts_with(unit.code))
    return list(zip(rows["code"], rows["name"], strict=True))


def _rank(unit: Unit, number: int) -> tuple[str, int]:
    streets = unit["townships"] if unit.city_centre and unit.code != STAT_ONLY else 2
    towns = unit["townships"] * 2 // 3
    if number < streets:
        return "街道", 1 + number
    return ("镇", 100 + number - streets) if number < towns else ("乡", 200 + number - streets)


def _add(rows: Rows, code: str, name: str, kind: str, city_centre: bool) -> None:
    rows.add(code=code, name=name, kind=kind, city_centre=city_centre, stat_only=code == STAT_ONLY)
