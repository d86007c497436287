"""Home visits: households met in person, and attempts and calls that do not count."""

from datetime import date

import numpy as np
import polars as pl

from junheng.surfaces.demo.city.pupils import on_roll
from junheng.surfaces.demo.dice import Dice, Flags, Ints
from junheng.surfaces.demo.frames import City, frame
from junheng.surfaces.demo.people import names, surnames
from junheng.surfaces.demo.plan import CityPlan

EXTRAS = {"teacher": "string", "school_class": "int64", "topics": "string", "companions": "string"}
YEAR = ("2023-01-07", "2023-12-29")
OUTSIDE = (("2021-03-06", "2021-12-18"), ("2024-03-09", "2024-04-20"))
AUTUMN = date(2023, 9, 1)
"""The first day of the school year that the demonstration lies in."""
MISSED = 7
"""Of the class of the demonstration's class teacher every so manieth household is still to be visited."""


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """As many households visited in person as the plan says in each unit; some twice; others only called or missed."""
    roll = on_roll(made).unique("household", keep="first", maintain_order=True).sort("household")
    household = roll["household"].to_numpy()
    room = room_of_the_teacher(made)
    own = roll["school_class"].to_numpy() == room
    parts: list[tuple[Ints, str, tuple[str, str]]] = []
    first = 1
    for unit in plan.units:
        low, high = np.searchsorted(household, (first, first + unit["households"]))
        first += unit["households"]
        order = shown_first(low + dice.order(int(high - low)), own)
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
        .select("household", "school", "school_class", "area")
        .with_columns(
            visited_on=pl.Series(days),
            topics=pl.lit(""),
            companions=pl.lit(""),
            way=pl.Series(way, dtype=pl.String),
            teacher=teacher.gather((roll["school"].to_numpy()[chosen] - 1) * 3 + dice.below(3, len(chosen))),
        )
    )
    visits = in_autumn(visits, room)
    visits = visits.sort("school", "visited_on", "household", maintain_order=True)
    return {"visits": frame("visits", {name: visits[name] for name in visits.columns}, EXTRAS)}


def room_of_the_teacher(made: City) -> int:
    """The class whose teacher can log in: the first of the first primary school."""
    schools = made["schools"].filter(pl.col("until").is_null() & (pl.col("kind") == "primary")).sort("id")
    rooms = made["classes"].filter((pl.col("school") == schools["id"][0]) & pl.col("until").is_null())
    return int(rooms["id"][0])


def shown_first(order: Ints, own: Flags) -> Ints:
    """The same order with most households of one class first and its others last: as many are met as before."""
    here = order[own[order]]
    last = here[::MISSED]
    first = here[~np.isin(here, last)]
    return np.concatenate([first, order[~own[order]], last])


def in_autumn(visits: pl.DataFrame, room: int) -> pl.DataFrame:
    """The year's visits of one class lie in the school year that its teacher looks at."""
    begun = pl.lit(date.fromisoformat(YEAR[0]))
    earlier = (pl.col("school_class") == room) & pl.col("visited_on").is_between(begun, AUTUMN, closed="left")
    passed = (pl.col("visited_on") - begun).dt.total_days() // 3
    later = pl.lit(AUTUMN).dt.offset_by(pl.format("{}d", passed))
    return visits.with_columns(visited_on=pl.when(earlier).then(later).otherwise(pl.col("visited_on")))
