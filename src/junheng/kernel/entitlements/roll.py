"""Counting a frozen roll: columns of Parquet, never a row at a time, and never all of it in memory."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl

from junheng.kernel.entitlements.problem import STAGES, Flags, Ints, Schools, Tally
from junheng.kernel.errors import Refusal

COLUMNS = ("pupil", "school", "stage", "boarder", "bed", "care")
"""Of a frozen roll: who, on which school's roll, the stage as its number, and three answers yes or no."""


class Doubt(StrEnum):
    """What about a pupil on a roll needs a person: the money waits, nothing is guessed."""

    TWO_ROLLS = "two_rolls"
    NO_BED = "no_bed"
    NOT_BOARDING = "not_boarding"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Doubts:
    """Row by row who is in doubt where, and why. A pupil on two rolls has a row for each."""

    pupil: Ints
    school: Ints
    why: tuple[Doubt, ...]


def on_two_rolls(roll: pl.LazyFrame) -> Ints:
    """The pupils who stand there more than once, each named once."""
    pupils = np.sort(roll.select("pupil").collect(engine="streaming")["pupil"].to_numpy())
    same = pupils[1:] == pupils[:-1]
    return np.unique(pupils[1:][same]).astype(np.int64)


def count(roll: pl.LazyFrame, schools: Schools) -> Tally:
    """Heads by school and stage; whoever is on two rolls is held aside."""
    twice = on_two_rolls(roll)
    held = pl.col("pupil").is_in(pl.Series(twice)) if len(twice) else pl.lit(value=False)
    one = pl.col("held").not_()
    sums = (
        roll.with_columns(held=held)
        .group_by("school", "stage")
        .agg(
            heads=one.sum(),
            care=(one & pl.col("care")).sum(),
            boarders=(one & pl.col("boarder")).sum(),
            bedded=(one & pl.col("boarder") & pl.col("bed")).sum(),
            held=pl.col("held").sum(),
        )
        .collect(engine="streaming")
    )
    stage = sums["stage"].to_numpy().astype(np.int64)
    if len(stage) and not (stage.min() >= 0 and stage.max() < len(STAGES)):
        raise Refusal(
            "stage-without-rate", "名册中有不属于小学或初中的学生，没有可用的标准。请核对学段后重新冻结。"
        )
    at = (schools.place(sums["school"].to_numpy().astype(np.int64)), stage)

    def spread(name: str) -> Ints:
        table = np.zeros((len(schools.number), len(STAGES)), dtype=np.int64)
        table[at] = sums[name].to_numpy()
        return table

    return Tally(*(spread(name) for name in ("heads", "care", "boarders", "bedded", "held")))


def doubts(roll: pl.LazyFrame, schools: Schools) -> Doubts:
    """Everybody about whom a person must decide, by reason, pupil and school."""
    twice = pl.col("pupil").is_in(pl.Series(on_two_rolls(roll), dtype=pl.Int64))

    def marked(mark: Flags) -> pl.Expr:
        return pl.col("school").is_in(pl.Series(schools.number[mark], dtype=pl.Int64))

    cases = {
        Doubt.TWO_ROLLS: twice,
        Doubt.NO_BED: pl.col("boarder") & pl.col("bed").not_(),
        Doubt.NOT_BOARDING: pl.col("boarder") & marked(schools.boarding).not_(),
        Doubt.CLOSED: marked(schools.closed),
    }
    wide = roll.with_columns(pl.col("pupil", "school").cast(pl.Int64))
    found = [
        wide.filter(case).select("pupil", "school").collect(engine="streaming").sort("pupil", "school")
        for case in cases.values()
    ]
    every = pl.concat(found)
    why = tuple(name for name, rows in zip(cases, found, strict=True) for _ in range(rows.height))
    return Doubts(every["pupil"].to_numpy(), every["school"].to_numpy(), why)
