"""Households and pupils: every grade of every class filled to the plan's totals, siblings in one household."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import SCHOOL_YEAR, first_of_september, never, on
from junheng.surfaces.demo.city.areas import townships
from junheng.surfaces.demo.city.classes import STAGES, counted
from junheng.surfaces.demo.dice import Dice, Flags, Ints
from junheng.surfaces.demo.frames import City, frame
from junheng.surfaces.demo.people import identity_numbers, names, phones, surnames, words
from junheng.surfaces.demo.plan import CityPlan
from junheng.surfaces.demo.spread import rank_within, spread
from junheng.surfaces.demo.words import SCHOOL_WORDS, SURNAMES

LEAVER_CLASSES = 10  # in one class of so many a pupil left during the year
SPECIAL_CLASS = 8
ELSEWHERE = 3  # percent of households registered in another county


@dataclass
class Homes:
    """Households of all units: where each is registered, and the family's name as a place in the list."""

    first: dict[str, int]
    size: dict[str, int]
    unit: Ints
    area: pl.Series
    family: Ints


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Households (in the order of the units) and pupils (in the order of units, schools and classes)."""
    homes = _homes(plan, dice, made)
    places = _places(plan, dice, made)
    count = places.height
    unit = places["unit"].to_numpy()
    grade = places["grade"].to_numpy()
    leaver = places["leaver"].to_numpy()
    household = _households_of(plan, dice, homes, unit)
    first = np.array([STAGES[stage][0] for stage in places["stage"].to_list()], dtype=np.int64)
    entered = np.maximum(
        first_of_september(SCHOOL_YEAR - (grade - first)), places["opened"].to_numpy().astype("datetime64[D]")
    )
    male = dice.chance(11, 21, count)
    born = first_of_september(SCHOOL_YEAR - 6 - grade) + dice.below(365, count).astype("timedelta64[D]")
    county = np.array([int(each.code) for each in plan.units], dtype=np.int64)[unit]
    numbers = identity_numbers(county, born, male)
    pupils = frame(
        "pupils",
        {
            "household": household + 1,
            "school": places["school"],
            "school_class": places["school_class"],
            "area": places["area"],
            "home_area": homes.area.gather(household),
            "stage": places["stage"],
            "grade": grade,
            "boarder": _boarders(plan, dice, made, places),
            "since": np.where(_late(places, dice), on("2023-02-15"), entered),
            "until": np.where(leaver, dice.days("2023-03-01", "2023-08-20", count), never(count)),
            "code": "G" + numbers,
            "name": names(dice, homes.family[household]),
            "id_number": numbers,
            "sex": np.where(male, 1, 2),
            "born_on": born,
        },
        {"code": "string", "name": "string", "id_number": "string", "sex": "int64", "born_on": "date"},
    )
    return {"households": _household_frame(plan, dice, homes), "pupils": pupils}


def on_roll(made: City) -> pl.DataFrame:
    """Pupils on the roll at the end of the year."""
    return made["pupils"].filter(pl.col("until").is_null())


def unit_of(plan: CityPlan, areas: pl.Series) -> Ints:
    """For each area the place of its unit in the plan."""
    codes = {unit.code: place for place, unit in enumerate(plan.units)}
    return areas.str.slice(0, 6).replace_strict(codes, return_dtype=pl.Int64).to_numpy()


def _homes(plan: CityPlan, dice: Dice, made: City) -> Homes:
    sizes = [unit["households"] for unit in plan.units]
    unit = np.repeat(np.arange(len(sizes)), sizes)
    elsewhere = dice.chance(ELSEWHERE, 100, len(unit))
    towns = [townships(made, each) for each in plan.units]
    home = np.where(elsewhere, (unit + 1 + dice.below(len(sizes) - 1, len(unit))) % len(sizes), unit)
    starts = np.cumsum([0, *(len(each) for each in towns[:-1])])
    lengths = np.array([len(each) for each in towns], dtype=np.int64)
    codes = [code for each in towns for code, _ in each]
    firsts = np.cumsum([0, *sizes[:-1]])
    return Homes(
        first={each.code: int(firsts[place]) for place, each in enumerate(plan.units)},
        size={each.code: sizes[place] for place, each in enumerate(plan.units)},
        unit=unit,
        area=words(codes, starts[home] + dice.below(lengths[home])),
        family=surnames(dice, len(unit)),
    )


def _places(plan: CityPlan, dice: Dice, made: City) -> pl.DataFrame:
    """One row a pupil: unit, school, class, stage, grade, and whether the pupil left during the year."""
    classes = counted(made).with_columns(unit=pl.Series(unit_of(plan, counted(made)["area"])))
    unit, grade = classes["unit"].to_numpy(), classes["grade"].to_numpy()
    size = np.zeros(classes.height, dtype=np.int64)
    wanted = _grade_totals(plan, dice)
    for (place, year), total in wanted.items():
        here = np.flatnonzero((unit == place) & (grade == year))
        size[here] = spread(total, dice.between(28, 44, len(here)), least=1) if len(here) else 0
    special = (
        made["schools"]
        .filter(pl.col("kind") == "special")
        .select("id")
        .join(made["classes"], left_on="id", right_on="school")
    )
    beside = special.select(
        school="id", school_class="id_right", area="area", stage="stage", grade="grade", opened="since"
    )
    beside = beside.with_columns(
        unit=pl.Series(unit_of(plan, beside["area"])), number=pl.lit(SPECIAL_CLASS), leavers=pl.lit(0)
    )
    leavers = dice.chance(1, LEAVER_CLASSES, classes.height).astype(np.int64)
    leavers[np.isin(grade, (1, 7, 10))] = 0
    main = classes.select(
        "school", "area", "stage", "grade", "unit", school_class="id", opened="since"
    ).with_columns(number=pl.Series(size), leavers=pl.Series(leavers))
    order = ["unit", "school", "school_class", "area", "stage", "grade", "opened", "number", "leavers"]
    every = pl.concat([main.select(order), beside.select(order).cast(main.select(order).schema)])
    every = every.sort("school", "school_class")
    counts = (every["number"] + every["leavers"]).to_numpy()
    rows = every[np.repeat(np.arange(every.height), counts)]
    rank = rank_within(rows["school_class"].to_numpy())
    return rows.with_columns(leaver=pl.Series(rank) >= pl.col("number"))


def _grade_totals(plan: CityPlan, dice: Dice) -> dict[tuple[int, int], int]:
    """Pupils of each unit and grade. Grades 1 and 7: entrants less no-shows and with arrivals."""
    moved = {
        grade: _shares(plan, plan.scale["arrivals"], key, 0) - _shares(plan, plan.scale["no_shows"], key, 1)
        for grade, key in ((1, "entrants_primary"), (7, "entrants_junior"))
    }
    totals: dict[tuple[int, int], int] = {}
    for place, unit in enumerate(plan.units):
        for stage, (first, grades, _) in STAGES.items():
            rest, others = unit[f"pupils_{stage}"], range(first, first + grades)
            if first in moved and rest:
                totals[place, first] = unit[f"entrants_{stage}"] + int(moved[first][place])
                rest, others = rest - totals[place, first], range(first + 1, first + grades)
            parts = spread(rest, dice.between(97, 103, len(others)))
            totals.update({(place, grade): int(part) for grade, part in zip(others, parts, strict=True)})
    return totals


def no_shows(plan: CityPlan) -> dict[int, Ints]:
    """Admitted children who did not come, by grade and unit."""
    return {
        grade: _shares(plan, plan.scale["no_shows"], key, 1)
        for grade, key in ((1, "entrants_primary"), (7, "entrants_junior"))
    }


def arrivals(plan: CityPlan) -> dict[int, Ints]:
    """Children who moved in to grades 1 and 7 before the census day, by grade and unit."""
    return {
        grade: _shares(plan, plan.scale["arrivals"], key, 0)
        for grade, key in ((1, "entrants_primary"), (7, "entrants_junior"))
    }


def _shares(plan: CityPlan, total: int, key: str, odd: int) -> Ints:
    """Half of a city total for grade 1 and half for grade 7 (``odd`` of them rounding up), by unit."""
    half = (total + (1 if (key == "entrants_primary") == bool(odd) else 0)) // 2
    return spread(half, [unit[key] for unit in plan.units])


def _households_of(plan: CityPlan, dice: Dice, homes: Homes, unit: Ints) -> Ints:
    """The household of each pupil: every household gets one pupil, then some get a second or third."""
    household = np.empty(len(unit), dtype=np.int64)
    for place, each in enumerate(plan.units):
        here = np.flatnonzero(unit == place)
        size, first = homes.size[each.code], homes.first[each.code]
        more = dice.below(size, len(here) - size)
        household[here[dice.order(len(here))]] = first + np.concatenate([np.arange(size), more])
    return household


def _boarders(plan: CityPlan, dice: Dice, made: City, places: pl.DataFrame) -> Flags:
    """As many boarders as the plan says in each unit, older pupils first, only where there are beds."""
    beds = made["schools"]["boarding"].to_numpy()[places["school"].to_numpy() - 1]
    unit, grade = places["unit"].to_numpy(), places["grade"].to_numpy()
    rank = dice.below(1000, places.height) - 90 * grade
    boarder = np.zeros(places.height, dtype=bool)
    for place, each in enumerate(plan.units):
        here = np.flatnonzero((unit == place) & beds & ~places["leaver"].to_numpy())
        boarder[here[np.argsort(rank[here], kind="stable")[: each["boarders"]]]] = True
    return boarder


def _late(places: pl.DataFrame, dice: Dice) -> Flags:
    """A few pupils of the middle grades came in the spring."""
    return np.isin(places["grade"].to_numpy(), (3, 4, 8)) & dice.chance(1, 300, places.height)


def _household_frame(plan: CityPlan, dice: Dice, homes: Homes) -> pl.DataFrame:
    count = len(homes.unit)
    number = (
        np.arange(count)
        - np.array([homes.first[unit.code] for unit in plan.units], dtype=np.int64)[homes.unit]
    )
    same = dice.chance(3, 5, count)
    family = np.where(same, homes.family, dice.below(len(SURNAMES), count))
    street = words([f"{word}路" for word in SCHOOL_WORDS], dice.below(len(SCHOOL_WORDS), count))
    door = pl.Series("door", dice.between(1, 399, count)).cast(pl.String)
    code = words([f"H{unit.code}" for unit in plan.units], homes.unit)
    return frame(
        "households",
        {
            "area": homes.area,
            "code": code + pl.Series(number + 1).cast(pl.String).str.zfill(7),
            "guardian": names(dice, family),
            "address": street + door + "号",
            "phone": phones(dice, count),
        },
        {"code": "string", "guardian": "string", "address": "string", "phone": "string"},
    )
