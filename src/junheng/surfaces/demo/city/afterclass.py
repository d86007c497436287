"""After-class service: what families answered, and which pupils are in which course."""

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import never, on
from junheng.surfaces.demo.city.classes import counted
from junheng.surfaces.demo.city.pupils import on_roll, unit_of
from junheng.surfaces.demo.dice import Dice, Flags, Ints
from junheng.surfaces.demo.frames import City, frame
from junheng.surfaces.demo.plan import CityPlan
from junheng.surfaces.demo.words import COURSES

TERM = "2023A"


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Every compulsory pupil's family has answered; all who want it are served, some in two courses."""
    roll = on_roll(made)
    compulsory = (roll["stage"] != "senior").to_numpy()
    wanted = _wanted(plan, dice, made, roll, compulsory)
    senior = np.flatnonzero(~compulsory)
    senior = senior[dice.some(len(senior), len(senior) // 25)]
    wanted[senior] = True
    asked = np.flatnonzero(compulsory | wanted)
    served = np.flatnonzero(wanted)
    other = _other_terms(dice, roll, compulsory, wanted)
    return {
        "needs": _needs(dice, roll, asked, wanted, other),
        "enrolments": _enrolments(dice, roll, served, other),
    }


def _wanted(plan: CityPlan, dice: Dice, made: City, roll: pl.DataFrame, compulsory: Flags) -> Flags:
    unit = unit_of(plan, roll["area"])
    ordinary = np.isin(roll["school_class"].to_numpy(), counted(made)["id"].to_numpy())
    wanted = np.zeros(roll.height, dtype=bool)
    for place, each in enumerate(plan.units):
        here = np.flatnonzero((unit == place) & compulsory & ordinary)
        wanted[here[dice.some(len(here), each["served"])]] = True
    return wanted


def _other_terms(dice: Dice, roll: pl.DataFrame, compulsory: Flags, wanted: Flags) -> list[tuple[str, Ints]]:
    """A part of the spring before, of pupils some of whom no longer want it; a few of the spring after the report."""
    there = compulsory & (roll["since"] < on("2023-02-01").item()).to_numpy()
    now = np.flatnonzero(there & wanted)
    no_more = np.flatnonzero(there & ~wanted)
    few = max(6, roll.height // 100)
    spring = np.sort(
        np.concatenate([now[dice.some(len(now), few)], no_more[dice.some(len(no_more), few // 4)]])
    )
    return [("2023S", spring), ("2024S", np.sort(dice.some(roll.height, max(3, few // 100))))]


DAYS = {
    TERM: ("2023-08-25", "2023-09-08", "2023-09-11", "2024-01-20"),
    "2023S": ("2023-02-06", "2023-02-12", "2023-02-13", "2023-07-01"),
    "2024S": ("2024-03-07", "2024-03-10", "2024-03-11", "2024-07-01"),
}  # families answer from, to; courses from, to


def _needs(
    dice: Dice, roll: pl.DataFrame, asked: Ints, wanted: Flags, other: list[tuple[str, Ints]]
) -> pl.DataFrame:
    parts = [(TERM, asked, wanted[asked])] + [
        (term, rows, np.ones(len(rows), dtype=bool)) for term, rows in other
    ]
    rows = np.concatenate([rows for _, rows, _ in parts])
    return frame(
        "needs",
        {
            "pupil": roll["id"].gather(rows),
            "area": roll["area"].gather(rows),
            "stage": roll["stage"].gather(rows),
            "term": _terms([(term, len(rows)) for term, rows, _ in parts]),
            "wanted": np.concatenate([answers for _, _, answers in parts]),
            "answered_on": np.concatenate([dice.days(*DAYS[term][:2], len(rows)) for term, rows, _ in parts]),
        },
    )


def _enrolments(dice: Dice, roll: pl.DataFrame, served: Ints, other: list[tuple[str, Ints]]) -> pl.DataFrame:
    first = dice.below(len(COURSES), len(served))
    twice = dice.chance(27, 100, len(served))
    second = (first + 1 + dice.below(len(COURSES) - 1, len(served))) % len(COURSES)
    dropped = dice.chance(1, 40, int(twice.sum()))
    autumn = np.concatenate([served, served[twice]])
    end = np.concatenate([never(len(served)), np.where(dropped, on("2023-10-16"), never(len(dropped)))])
    order = np.argsort(autumn, kind="stable")
    parts = [(TERM, autumn[order], np.concatenate([first, second[twice]])[order], end[order])]
    for term, rows in other:
        parts.append((term, rows, dice.below(len(COURSES), len(rows)), never(len(rows))))
    rows = np.concatenate([rows for _, rows, _, _ in parts])
    since = np.concatenate([np.full(len(rows), on(DAYS[term][2])) for term, rows, _, _ in parts])
    last = np.concatenate([np.where(np.isnat(end), on(DAYS[term][3]), end) for term, _, _, end in parts])
    return frame(
        "enrolments",
        {
            "pupil": roll["id"].gather(rows),
            "area": roll["area"].gather(rows),
            "stage": roll["stage"].gather(rows),
            "term": _terms([(term, len(rows)) for term, rows, _, _ in parts]),
            "course": pl.Series(list(COURSES)).gather(np.concatenate([course for _, _, course, _ in parts])),
            "since": since,
            "until": last,
        },
    )


def _terms(parts: list[tuple[str, int]]) -> pl.Series:
    return pl.concat([pl.repeat(term, count, dtype=pl.String, eager=True) for term, count in parts])
