"""Admissions: the autumn's entrants as the roll shows them, those who did not come, and others beside them."""

import numpy as np
import polars as pl

from junheng.surfaces.demo.city.pupils import arrivals, no_shows, on_roll, unit_of
from junheng.surfaces.demo.dice import Dice, Flags
from junheng.surfaces.demo.frames import City, frame
from junheng.surfaces.demo.people import names, surnames
from junheng.surfaces.demo.plan import CityPlan

EXTRAS = {"name": "string", "code": "string"}
COUNTED = ((1, "primary"), (7, "junior"))


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Entrants of autumn 2023 to grades 1 and 7, then transfers, other terms and grade 10, which are not counted."""
    roll = on_roll(made).with_columns(unit=pl.Series(unit_of(plan, on_roll(made)["area"])))
    new = _new(plan, dice, roll)
    beside = _beside(plan, dice, roll)
    every = pl.concat([new, beside]).sort("unit", "school", "term", maintain_order=True)
    code = (
        pl.Series(every["term"])
        + every["area"].str.slice(0, 6)
        + pl.Series(np.arange(1, every.height + 1)).cast(pl.String).str.zfill(7)
    )
    columns = {name: every[name] for name in every.columns if name != "unit"}
    return {"entrants": frame("entrants", columns | {"code": code}, EXTRAS)}


def _new(plan: CityPlan, dice: Dice, roll: pl.DataFrame) -> pl.DataFrame:
    """Grades 1 and 7: the roll without those who moved in, and with those who did not come."""
    moved, missing = arrivals(plan), no_shows(plan)
    parts = []
    for place, _ in enumerate(plan.units):
        for grade, _ in COUNTED:
            here = roll.filter((pl.col("unit") == place) & (pl.col("grade") == grade))
            if here.height == 0:
                continue
            stay = here[int(moved[grade][place]) :]
            absent = here[dice.some(here.height, int(missing[grade][place]))].with_columns(
                name=names(dice, surnames(dice, int(missing[grade][place])))
            )
            parts.append(pl.concat([_rows(stay, "new", True), _rows(absent, "new", False)]))
    every = pl.concat(parts).sort("unit", "school", "grade", maintain_order=True)
    away = every["home_area"].str.slice(0, 6) != every["area"].str.slice(0, 6)
    migrant = _migrants(plan, dice, every, away.to_numpy())
    lawful = np.array(["soldier", "moved", "special_school"])[dice.below(3, every.height)]
    wrong = away.to_numpy() & ~migrant & dice.chance(1, 3, every.height)
    wrong[np.flatnonzero(away.to_numpy() & ~migrant)[:2]] = True
    exception = np.where(migrant, "migrant", lawful)
    return every.with_columns(
        migrant=pl.Series(migrant),
        exception=pl.when(away & ~pl.Series(wrong)).then(pl.Series(exception.tolist())),
        corrected_on=pl.when(pl.Series(wrong)).then(pl.Series(dice.days("2023-09-04", "2023-10-20", every.height))),
        admitted_on=pl.Series(np.where(every["stage"] == "primary", dice.days("2023-08-15", "2023-08-22", every.height), dice.days("2023-08-08", "2023-08-14", every.height))),
    )  # fmt: skip


def _migrants(plan: CityPlan, dice: Dice, every: pl.DataFrame, away: Flags) -> Flags:
    """As many migrant workers' children as the plan says: those registered elsewhere first, but not all of them."""
    unit = every["unit"].to_numpy()
    first = dice.below(1000, every.height) - np.where(away & dice.chance(9, 10, every.height), 1000, 0)
    first = first + np.where(away & (first >= 0), 2000, 0)
    migrant = np.zeros(every.height, dtype=bool)
    for place, each in enumerate(plan.units):
        here = np.flatnonzero(unit == place)
        migrant[here[np.argsort(first[here], kind="stable")[: each["migrants"]]]] = True
    return migrant


def _beside(plan: CityPlan, dice: Dice, roll: pl.DataFrame) -> pl.DataFrame:
    """Rows that look like entrants and are none of the year's: transfers, other terms, senior high."""
    home = roll["home_area"].str.slice(0, 6) == roll["area"].str.slice(0, 6)
    moved = arrivals(plan)
    parts = []
    for place, _ in enumerate(plan.units):
        for grade, _ in COUNTED:
            here = roll.filter((pl.col("unit") == place) & (pl.col("grade") == grade))
            number = int(moved[grade][place])
            parts.append(
                _dated(dice, _rows(here[:number], "transfer", True), "2023A", "2023-09-04", "2023-09-28")
            )
    scale = max(3, roll.height // 2000)
    for grade, term, kind, first, last in (
        (3, "2023A", "transfer", "2023-09-04", "2023-09-28"),
        (10, "2023A", "new", "2023-08-01", "2023-08-10"),
        (1, "2023S", "transfer", "2023-02-06", "2023-02-20"),
        (7, "2023S", "new", "2023-02-06", "2023-02-20"),
        (2, "2022A", "new", "2022-08-15", "2022-08-22"),
        (8, "2022A", "new", "2022-08-08", "2022-08-14"),
        (1, "2024S", "new", "2024-03-11", "2024-03-15"),
    ):
        here = roll.filter((pl.col("grade") == grade) & home)
        chosen = _rows(here[dice.some(here.height, min(scale, here.height))], kind, True)
        chosen = chosen.with_columns(grade=pl.lit({2: 1, 8: 7}.get(grade, grade), dtype=pl.Int64))
        parts.append(_dated(dice, chosen, term, first, last))
    beside = pl.concat(parts)
    away = beside["home_area"].str.slice(0, 6) != beside["area"].str.slice(0, 6)
    return beside.with_columns(exception=pl.when(away).then(pl.lit("moved")))


def _dated(dice: Dice, rows: pl.DataFrame, term: str, first: str, last: str) -> pl.DataFrame:
    return rows.with_columns(term=pl.lit(term), admitted_on=pl.Series(dice.days(first, last, rows.height)))


def _rows(pupils: pl.DataFrame, kind: str, arrived: bool) -> pl.DataFrame:
    return pupils.select(
        "unit", "school", "area", "home_area", "stage", "grade", "name",
        term=pl.lit("2023A"), kind=pl.lit(kind), migrant=pl.lit(False), arrived=pl.lit(arrived),
        exception=pl.lit(None, dtype=pl.String), corrected_on=pl.lit(None, dtype=pl.Date),
        admitted_on=pl.lit(None, dtype=pl.Date),
    )  # fmt: skip
