"""Children in kindergartens, the yearly censuses frozen from them, and the subsidies that follow."""

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import CENSUS, first_of_september, never, on
from junheng.surfaces.demo.city.pupils import unit_of
from junheng.surfaces.demo.dice import Dice, Ints
from junheng.surfaces.demo.frames import City, frame
from junheng.surfaces.demo.people import identity_numbers, names, surnames
from junheng.surfaces.demo.plan import CityPlan
from junheng.surfaces.demo.spread import rank_within, spread

GRADES = ("small", "middle", "big")
SUBSIDY_FEN = 20_000
ROOM = 30  # places of one class


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Children by the plan's totals of public, inclusive and other kindergartens of each unit."""
    kinds = status(made, CENSUS)
    unit = unit_of(plan, made["kindergartens"]["area"])
    heads = np.zeros(len(unit), dtype=np.int64)
    for place, each in enumerate(plan.units):
        for kind in ("public", "inclusive", "other"):
            here = np.flatnonzero((unit == place) & (kinds == kind))
            if len(here):
                heads[here] = spread(each[f"children_{kind}"], dice.between(6, 14, len(here)), least=1)
    places = np.maximum(-(-heads * 11 // 10) // ROOM + 1, 3) * ROOM
    kindergartens = made["kindergartens"].with_columns(capacity=pl.Series(places))
    censuses = _censuses(dice, made, heads)
    return {
        "kindergartens": kindergartens,
        "children": _children(plan, dice, made, heads, unit),
        "censuses": censuses,
        "subsidies": _subsidies(censuses),
    }


def status(made: City, day: str) -> np.ndarray:
    """For each kindergarten on a day: public, inclusive, other, or closed."""
    ids = made["kindergartens"]["id"].to_numpy()
    held = {name: _holds(made[name], day) for name in ("kindergartens", "natures", "recognitions")}
    public = held["natures"].filter(pl.col("nature") == "public")["kindergarten"].to_numpy()
    inclusive = held["recognitions"].filter(pl.col("decision") == "recognised")["kindergarten"].to_numpy()
    open_ = held["kindergartens"]["id"].to_numpy()
    found = np.where(np.isin(ids, inclusive), "inclusive", "other")
    found = np.where(np.isin(ids, public), "public", found)
    return np.where(np.isin(ids, open_), found, "closed")


def _holds(rows: pl.DataFrame, day: str) -> pl.DataFrame:
    moment = on(day).item()
    return rows.filter((pl.col("since") <= moment) & (pl.col("until").is_null() | (pl.col("until") > moment)))


def _children(plan: CityPlan, dice: Dice, made: City, heads: Ints, unit: Ints) -> pl.DataFrame:
    opened = made["kindergartens"]["since"].to_numpy().astype("datetime64[D]")
    gone = np.where((heads > 30) & (opened < on("2022-01-01")), heads // 80 + 1, 0)
    kindergarten = np.repeat(np.arange(len(heads)), heads + gone)
    count = len(kindergarten)
    left = rank_within(kindergarten) >= heads[kindergarten]
    grade = np.where(left, dice.between(1, 2, count), dice.below(3, count))
    firsts = np.cumsum([0, *(each["households"] for each in plan.units)])
    sizes = np.array([each["households"] for each in plan.units], dtype=np.int64)
    home = unit[kindergarten]
    household = firsts[home] + dice.below(sizes[home])
    family = surnames(dice, int(firsts[-1]))[household]
    male = dice.chance(11, 21, count)
    born = first_of_september(2019 - grade) + dice.below(365, count).astype("timedelta64[D]")
    county = np.array([int(each.code) for each in plan.units], dtype=np.int64)[home]
    return frame(
        "children",
        {
            "kindergarten": kindergarten + 1,
            "area": made["kindergartens"]["area"].gather(kindergarten),
            "grade": pl.Series(list(GRADES)).gather(grade),
            "since": np.maximum(first_of_september(2023 - grade), opened[kindergarten]),
            "until": np.where(left, dice.days("2023-03-01", "2023-07-15", count), never(count)),
            "name": names(dice, family),
            "id_number": identity_numbers(county, born, male),
            "sex": np.where(male, 1, 2),
            "born_on": born,
            "household": household + 1,
        },
        {"name": "string", "id_number": "string", "sex": "int64", "born_on": "date", "household": "int64"},
    )


def _censuses(dice: Dice, made: City, heads: Ints) -> pl.DataFrame:
    """Three years. The last is what the rows say; the others had a few more children in each kindergarten."""
    parts = []
    for year, percent in ((2021, 106), (2022, 103), (2023, 100)):
        kinds = status(made, f"{year}{CENSUS[4:]}")
        here = np.flatnonzero(kinds != "closed")
        base = np.where(heads > 0, heads, dice.between(40, 70, len(heads)))[here]
        children = heads[here] if year == 2023 else base * percent // 100
        parts.append(
            pl.DataFrame(
                {
                    "kindergarten": here + 1,
                    "area": made["kindergartens"]["area"].gather(here),
                    "year": pl.repeat(year, len(here), dtype=pl.Int64, eager=True),
                    "counted_on": pl.repeat(on(f"{year}{CENSUS[4:]}").item(), len(here), eager=True),
                    "nature": np.where(kinds[here] == "public", "public", "private").tolist(),
                    "inclusive": kinds[here] == "inclusive",
                    "children": children,
                }
            )
        )
    every = pl.concat(parts)
    return frame("censuses", {name: every[name] for name in every.columns})


def _subsidies(censuses: pl.DataFrame) -> pl.DataFrame:
    """Each inclusive private kindergarten is owed the rate for each child of the census, and was paid it."""
    due = censuses.filter(pl.col("inclusive") & (pl.col("year") >= 2022))
    paid = due["year"].replace_strict(
        {2022: on("2022-12-09").item(), 2023: on("2023-12-08").item()}, return_dtype=pl.Date
    )
    return frame(
        "subsidies",
        {
            "kindergarten": due["kindergarten"],
            "area": due["area"],
            "year": due["year"],
            "heads": due["children"],
            "owed_fen": due["children"] * SUBSIDY_FEN,
            "paid_fen": due["children"] * SUBSIDY_FEN,
            "paid_on": paid,
        },
    )
