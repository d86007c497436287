"""Home visits: households met in person, and attempts and calls that do not count."""

import numpy as np
import polars as pl

from junheng.surfaces.demo.city.pupils import on_roll
from junheng.surfaces.demo.dice import Dice, Ints
from junheng.surfaces.demo.frames import City, frame
from junheng.surfaces.demo.people import names, surnames
from junheng.surfaces.demo.plan import CityPlan

YEAR = ("2023-01-07", "2023-12-29")
OUTSIDE = (("2021-03-06", "2021-12-18"), ("2024-03-09", "2024-04-20"))


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """As many households visited in person as the plan says in each unit; some twice; others only called or missed."""
    roll = on_roll(made).unique("household", keep="first", maintain_order=True).sort("household")
    household = roll["household"].to_numpy()
    parts: list[tuple[Ints, str, tuple[str, str]]] = []
    first = 1
    for unit in plan.units:
        low, high = np.searchsorted(household, (first, first + unit["households"]))
        first += unit["households"]
        order = low + dice.order(int(high - low))
        met, rest = order[: unit["visited_households"]], order[unit["visited_households"] :]
        few = max(2, len(met) // 40)
        parts += [
            (met, "in_person", YEAR),
            (met[: len(met) // 14], "in_person", YEAR),
            (met[-few:], "telephone", YEAR),
            (rest[: 3 * few], "telephone", YEAR),
            (rest[few : 2 * few], "not_met", YEAR),
            (rest[4 * few : 4 * few + max(1, few // 6)], "in_person", OUTSIDE[0]),
            (rest[5 * few : 5 * few + max(1, few // 12)], "in_person", OUTSIDE[1]),
        ]
    chosen = np.concatenate([rows for rows, _, _ in parts])
    days = np.concatenate([dice.days(*span, len(rows)) for rows, _, span in parts])
    way = [way for rows, way, _ in parts for _ in range(len(rows))]
    teacher = names(dice, surnames(dice, made["schools"].height * 3))
    visits = (
        roll[chosen]
        .select("household", "school", "area")
        .with_columns(
            visited_on=pl.Series(days),
            way=pl.Series(way, dtype=pl.String),
            teacher=teacher.gather((roll["school"].to_numpy()[chosen] - 1) * 3 + dice.below(3, len(chosen))),
        )
    )
    visits = visits.sort("school", "visited_on", "household", maintain_order=True)
    return {"visits": frame("visits", {name: visits[name] for name in visits.columns}, {"teacher": "string"})}
