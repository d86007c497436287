"""Per-pupil public funds: what each school is due for each stage and term, in whole fen."""

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import TERMS
from junheng.surfaces.demo.city.pupils import on_roll
from junheng.surfaces.demo.city.schools import COMPULSORY
from junheng.surfaces.demo.dice import Dice, Ints
from junheng.surfaces.demo.frames import City, frame
from junheng.surfaces.demo.plan import CityPlan

# fen a year: before the spring term of 2023, and from it
RATES = {"primary": (65_000, 72_000), "junior": (85_000, 94_000), "boarder": (20_000, 30_000)}
SMALL = 100
"""Pupils as which a smaller rural school is counted."""


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Half a year's rate a term for the pupils on the roll, small rural schools as 100, and the supplement for boarders."""
    schools = (
        made["schools"]
        .filter(pl.col("kind").is_in(COMPULSORY))
        .select(school="id", rural=pl.col("location") == "rural")
    )
    roll = on_roll(made).filter(pl.col("stage") != "senior").join(schools, on="school", how="inner")
    due = roll.group_by("school", "stage").agg(
        area=pl.col("area").first(),
        rural=pl.col("rural").first(),
        heads=pl.len().cast(pl.Int64),
        boarders=pl.col("boarder").sum().cast(pl.Int64),
    )
    due = due.sort("school", "stage", descending=[False, True])
    parts = []
    for term in TERMS:
        heads, boarders = _roll_of(dice, due, term)
        new = int(term != "2022A")
        rate = (
            due["stage"]
            .replace_strict({stage: RATES[stage][new] for stage in ("primary", "junior")})
            .to_numpy()
        )
        counted = np.where(due["rural"].to_numpy(), np.maximum(heads, SMALL), heads)
        amount = counted * (rate // 2) + boarders * (RATES["boarder"][new] // 2)
        parts.append(
            due.select("school", "area", "stage").with_columns(
                term=pl.lit(term),
                heads=pl.Series(heads),
                boarders=pl.Series(boarders),
                amount_fen=pl.Series(amount),
            )
        )
    every = pl.concat(parts)
    return {"entitlements": frame("entitlements", {name: every[name] for name in every.columns})}


def _roll_of(dice: Dice, due: pl.DataFrame, term: str) -> tuple[Ints, Ints]:
    """Pupils and boarders of a term: the roll of this autumn, and for the terms before it a few more or fewer."""
    heads, boarders = due["heads"].to_numpy(), due["boarders"].to_numpy()
    if term == TERMS[-1]:
        return heads, boarders
    then = heads * dice.between(97, 103, due.height) // 100
    return then, np.minimum(boarders, then)
