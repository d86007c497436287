"""Waters, who has charge of them, and more than a year of unannounced checks."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import on
from junheng.surfaces.demo.city.officials import COUNTY_POST, HANDOVER, TOWNSHIP_POST
from junheng.surfaces.demo.dice import Dice, Ints
from junheng.surfaces.demo.frames import City, Rows, frame
from junheng.surfaces.demo.people import words
from junheng.surfaces.demo.plan import CityPlan, Unit
from junheng.surfaces.demo.spread import deal
from junheng.surfaces.demo.words import WATER_WORDS

KINDS = {"river": "河段", "reservoir": "水库", "pond": "坑塘", "canal": "引水渠", "pit": "采砂坑"}
HAZARDS = ("警示牌缺失", "救生圈缺失", "护栏破损", "救生绳老化", "有人下水游泳，已劝离")
# about where each unit lies, in millionths of a degree; the waters around it are invented
CENTRES = {
    "410802": (113_220_000, 35_240_000), "410803": (113_170_000, 35_240_000), "410804": (113_320_000, 35_270_000),
    "410811": (113_270_000, 35_220_000), "410821": (113_450_000, 35_230_000), "410822": (113_060_000, 35_170_000),
    "410823": (113_400_000, 35_100_000), "410825": (113_080_000, 34_940_000), "410871": (113_250_000, 35_170_000),
    "410882": (112_950_000, 35_090_000), "410883": (112_790_000, 34_910_000),
}  # fmt: skip
NEARBY = 30_000
FIRST_MONDAY = "2023-01-02"
WEEKS = 61  # to 2024-03-03: all whole weeks from the start of the year to the report


@dataclass(frozen=True)
class Charge:
    """A person's charge: which waters, in which weeks of the season (first included, last not)."""

    person: int
    level: str
    waters: tuple[int, ...]
    first: int
    last: int


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Waters of high risk as the plan says, others beside them; each water has a warden at both levels."""
    waters = Rows("waters", kind="string", owner="string", longitude="int64", latitude="int64")
    assignments = Rows("assignments")
    charges: list[Charge] = []
    for unit in plan.units:
        charges += _unit(dice, made, unit, waters, assignments)
    register = waters.frame()
    return {
        "waters": register,
        "assignments": assignments.frame(),
        "checks": _checks(dice, register, charges),
    }


def _unit(dice: Dice, made: City, unit: Unit, waters: Rows, assignments: Rows) -> list[Charge]:
    people = made["people"].filter(pl.col("area").str.starts_with(unit.code))
    town = people.filter(pl.col("post") == TOWNSHIP_POST)
    here, areas = list(town.filter(pl.col("until").is_null()).iter_rows(named=True)), []
    charges: list[Charge] = []
    rows: list[int] = []
    for person, share in zip(here, deal(unit["waters"], len(here)), strict=True):
        own = [_water(dice, waters, person["area"], "high") for _ in range(int(share))]
        rows += own
        areas += [person["area"]] * len(own)
        before = town.filter((pl.col("id") == person["id"] - 1) & pl.col("until").is_not_null())[
            "id"
        ].to_list()
        since = HANDOVER if before else "2022-05-01"
        if len(charges) % 3 == 0:
            own_more = _water(dice, waters, person["area"], dice.pick(("medium", "low")))
            assignments.add(
                water=own_more, person=person["id"], area=person["area"], level="township", since=since
            )
        for water in own:
            for former in before:
                assignments.add(water=water, person=former, area=person["area"], level="township", since="2020-05-01", until=HANDOVER)  # fmt: skip
            assignments.add(
                water=water, person=person["id"], area=person["area"], level="township", since=since
            )
        turn = int((on(HANDOVER) - on(FIRST_MONDAY)).astype(np.int64)) // 7 if before else 0
        charges += [Charge(former, "township", tuple(own), 0, turn) for former in before]
        charges.append(Charge(person["id"], "township", tuple(own), turn, WEEKS))
    county = people.filter(pl.col("post") == COUNTY_POST)["id"].to_list()
    shares = deal(unit["waters"], len(county)) if len(county) <= unit["waters"] else [1] * len(county)
    place = 0
    for warden, share in zip(county, shares, strict=True):
        own = rows[place : place + int(share)]
        for number, water in enumerate(own, place):
            assignments.add(
                water=water, person=warden, area=areas[number], level="county", since="2022-05-01"
            )
        charges.append(Charge(warden, "county", tuple(own), 0, WEEKS))
        place += int(share)
    _water(dice, waters, areas[0], "high", until="2023-05-15")
    _water(dice, waters, areas[0], "high", since="2024-03-11")
    return charges


def _water(
    dice: Dice, waters: Rows, area: str, risk: str, since: str = "2020-04-01", until: str | None = None
) -> int:
    kind = dice.pick(tuple(KINDS))
    longitude, latitude = CENTRES[area[:6]]
    return waters.add(
        code=f"SY-{area}-{len(waters) + 1:03d}",
        name=f"{dice.pick(WATER_WORDS)}{KINDS[kind]}{len(waters) + 1}号点",
        area=area,
        risk=risk,
        since=since,
        until=until,
        kind=kind,
        owner=dice.pick(("村民委员会", "水利管理所", "街道办事处", "河道管理所")),
        longitude=longitude + dice.number(-NEARBY, NEARBY),
        latitude=latitude + dice.number(-NEARBY, NEARBY),
    )


def _checks(dice: Dice, waters: pl.DataFrame, charges: list[Charge]) -> pl.DataFrame:
    """Each week each township warden checks at least twice and each county warden once, on different days."""
    charge, week, turn = _turns(dice, charges)
    count = len(charge)
    sizes = np.array([len(each.waters) for each in charges], dtype=np.int64)
    starts = np.cumsum(np.r_[0, sizes[:-1]])
    every = np.array([water for each in charges for water in each.waters], dtype=np.int64)
    township = np.array([each.level == "township" for each in charges])
    water = every[starts[charge] + dice.below(sizes[charge])]
    # the first check falls on Monday to Wednesday, the second on Thursday to Sunday
    weekday = np.where(
        turn == 0, dice.below(3, count), np.where(turn == 1, 3 + dice.below(4, count), dice.below(7, count))
    )
    weekday = np.where(township[charge], weekday, dice.below(7, count))
    minute = dice.between(8 * 60, 18 * 60 + 30, count)
    day = on(FIRST_MONDAY) + (week * 7 + weekday).astype("timedelta64[D]")
    time = day.astype("datetime64[m]") + minute.astype("timedelta64[m]")
    person = np.array([each.person for each in charges], dtype=np.int64)[charge]
    # by county and then by time: one entry of the audit covers what one county handed in for one month
    county = waters["area"].gather(water - 1).str.slice(0, 6).cast(pl.Int64).to_numpy()
    order = np.lexsort((time, county))
    found = words(
        (*HAZARDS, ""), np.where(dice.chance(1, 25, count), dice.below(len(HAZARDS), count), len(HAZARDS))
    )
    return frame(
        "checks",
        {
            "water": water[order],
            "person": person[order],
            "area": waters["area"].gather(water[order] - 1),
            "level": pl.Series(np.where(township[charge][order], "township", "county").tolist()),
            "checked_at": pl.Series(time[order].astype("datetime64[us]")),
            "hazard": found.gather(order).replace("", None),
        },
    )


def _turns(dice: Dice, charges: list[Charge]) -> tuple[Ints, Ints, Ints]:
    """Which charge, which week, and the how manyeth check of that week; some in 2021 and after the report too."""
    charge, week, turn = [], [], []
    outside = [-90, -88, -86, -84, -82, 62, 63, 64]
    for number, each in enumerate(charges):
        least = 2 if each.level == "township" else 1
        weeks = np.arange(each.first, each.last)
        more = least + dice.chance(1, 12, len(weeks)).astype(np.int64)
        charge.append(np.full(int(more.sum()), number))
        week.append(np.repeat(weeks, more))
        turn.append(np.arange(int(more.sum())) - np.repeat(np.cumsum(np.r_[0, more[:-1]]), more))
        if number < 5 and each.last == WEEKS:
            charge.append(np.full(len(outside), number))
            week.append(np.array(outside))
            turn.append(np.zeros(len(outside), dtype=np.int64))
    return np.concatenate(charge), np.concatenate(week), np.concatenate(turn)
