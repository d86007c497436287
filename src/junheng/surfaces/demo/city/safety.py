"""Rounds of inspection in three levels."""

import hashlib

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import on
from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.city.pupils import unit_of
from junheng.surfaces.demo.city.schools import COUNTED
from junheng.surfaces.demo.dice import Dice, Ints
from junheng.surfaces.demo.frames import City, Rows, frame
from junheng.surfaces.demo.plan import CityPlan

ROUNDS = (  # code, name, first day, last day, how far the pairing of counties is shifted
    ("2023-1", "2023年春季校园安全督导检查", "2023-03-13", "2023-04-28", 3),
    ("2023-2", "2023年秋季校园安全督导检查", "2023-09-18", "2023-11-10", 4),
)


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Two rounds in the year, five before the window and three after the report; everything found is put right."""
    rounds = Rows("rounds")
    parts = []
    for number in range(5):
        rounds.add(code=f"2021-{number + 1}", title=f"2021年第{number + 1}轮校园安全检查", area=CITY, opened_on=f"2021-{2 * number + 1:02d}-11", closed_on=f"2021-{2 * number + 2:02d}-10")  # fmt: skip
    for code, title, first, last, shift in ROUNDS:
        row = rounds.add(code=code, title=title, area=CITY, opened_on=first, closed_on=last)
        parts.append(_inspections(plan, dice, made, row, code, (first, last), shift))
    for number in range(3):
        rounds.add(code=f"2024-{number + 1}", title=f"2024年第{number + 1}轮校园安全检查", area=CITY, opened_on=f"2024-03-{11 + number * 7}")  # fmt: skip
    every = _left_open(pl.concat(parts))
    columns = {name: every[name] for name in every.columns}
    return {"rounds": rounds.frame(), "inspections": frame("inspections", columns, {"draw": "string"})}


def _left_open(every: pl.DataFrame) -> pl.DataFrame:
    """Of the last findings of the counties a few are not put right yet, so that a promise stands open."""
    numbered = every.with_row_index("at")
    late = numbered.filter((pl.col("level") == "county") & (pl.col("findings") > 1))["at"].tail(4)
    left = (
        pl.when(pl.col("at").is_in(late.implode())).then(pl.col("findings") - 1).otherwise(pl.col("remedied"))
    )
    return numbered.with_columns(left.alias("remedied")).drop("at")


def _inspections(
    plan: CityPlan, dice: Dice, made: City, row: int, code: str, days: tuple[str, str], shift: int
) -> pl.DataFrame:
    """All schools inspect themselves, all are inspected by another county, a drawn sample by the city."""
    first, last = on(days[0]), on(days[1])
    there = pl.col("kind").is_in(COUNTED) & (pl.col("since") < first.item())
    schools = made["schools"].filter(there & (pl.col("until").is_null() | (pl.col("until") > last.item())))
    schools = schools.filter(pl.col("until").is_null())
    units = [unit.code for unit in plan.units]
    unit = unit_of(plan, schools["area"])
    draws = [hashlib.sha256(f"{code}/{each}".encode()).hexdigest() for each in schools["code"]]
    sample = np.sort(np.argsort(np.array(draws), kind="stable")[: max(3, schools.height // 10)])
    everyone = np.arange(schools.height)
    parts = []
    for level, chosen, of, weeks in (
        ("self", everyone, None, (0, 13)),
        ("county", everyone, [units[(place + shift) % len(units)] for place in unit], (14, 35)),
        ("city", sample, [CITY] * schools.height, (36, 45)),
    ):
        count = len(chosen)
        findings = _findings(dice, count, level)
        parts.append(
            pl.DataFrame(
                {
                    "round": pl.repeat(row, count, dtype=pl.Int64, eager=True),
                    "school": schools["id"].gather(chosen),
                    "area": schools["area"].gather(chosen),
                    "level": pl.repeat(level, count, dtype=pl.String, eager=True),
                    "by_area": pl.Series(of or [None] * schools.height, dtype=pl.String).gather(chosen),
                    "done_on": pl.Series(
                        np.busday_offset(
                            first + dice.between(*weeks, count).astype("timedelta64[D]"), 0, roll="backward"
                        )
                    ),
                    "findings": findings,
                    "remedied": findings,
                    "draw": pl.Series(
                        draws if level == "city" else [None] * schools.height, dtype=pl.String
                    ).gather(chosen),
                }
            )
        )
    return pl.concat(parts)


def _findings(dice: Dice, count: int, level: str) -> Ints:
    """Schools find less about themselves than others find about them."""
    return dice.below(3 if level == "self" else 6, count)
