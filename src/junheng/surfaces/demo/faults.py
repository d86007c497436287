"""Known problems of the demonstration city: one of each kind that quality looks for, planted so that no figure moves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from junheng.kernel.values.identity import check_digit
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.mutations.mutation import change

DAY = date(2023, 12, 31)


@dataclass(frozen=True, slots=True)
class Fault:
    """A planted problem: the rule that must find it, and the row, or the two rows, that it must name."""

    code: str
    row: int
    other: int = 0


Planter = Callable[[City], Iterator[Fault]]
"""Changes tables of the city in place, by name, and says what it planted."""


def plant(city: City) -> tuple[City, list[Fault]]:
    """The city with its problems. Numbers of rows, places, days and money that figures read are as they were."""
    made = dict(city)
    return made, [fault for planter in PLANTERS for fault in planter(made)]


def open_rows(city: City, table: str) -> pl.DataFrame:
    """The rows of a table that hold on the day of the report."""
    rows = city[table].filter(pl.col("since") <= DAY)
    return rows.filter(pl.col("until").is_null() | (pl.col("until") > DAY)).sort("id")


def set_in(city: City, table: str, row: int, **facts: Any) -> None:
    """Change one row."""
    city[table] = change(city[table], row, **facts)


def schools(city: City) -> Iterator[Fault]:
    """A blank in a name, one telephone for two, no telephone at all, and a school that looks like its neighbour."""
    rows = open_rows(city, "schools").filter(pl.col("kind") == "primary", pl.col("location") == "rural")
    first, second, third = (rows.row(-1 - place, named=True) for place in range(3))
    set_in(city, "schools", first["id"], name=f"{first['name'][:-2]} {first['name'][-2:]}")
    yield Fault("school-name-odd", first["id"])
    set_in(city, "schools", second["id"], phone=first["phone"])
    yield Fault("school-phone-shared", first["id"])
    yield Fault("school-phone-shared", second["id"])
    set_in(city, "schools", third["id"], phone="", principal="")


def pupils(city: City) -> Iterator[Fault]:
    """Wrong names, birthdays and sexes, a family registered elsewhere, and one pupil entered twice in one class."""
    rows = open_rows(city, "pupils").filter(pl.col("grade") == 3)
    last = rows.row(-1, named=True)
    odd, born, sex, old, home = (rows.row(-2 - place, named=True) for place in range(5))
    set_in(city, "pupils", odd["id"], name=f"{odd['name'][:1]} {odd['name'][1:]}")
    yield Fault("pupil-name-odd", odd["id"])
    set_in(
        city,
        "pupils",
        born["id"],
        born_on=born["born_on"] + timedelta(days=1 if born["born_on"].day < 20 else -1),
    )
    yield Fault("pupil-code-birthday", born["id"])
    set_in(city, "pupils", sex["id"], sex=3 - sex["sex"])
    yield Fault("pupil-code-sex", sex["id"])
    yield from too_old(city, old)
    elsewhere = city["areas"].filter(pl.col("kind") == "township", pl.col("code") != home["home_area"])
    near = elsewhere.filter(pl.col("code").str.starts_with(home["home_area"][:6]))
    set_in(city, "pupils", home["id"], home_area=near["code"][0])
    yield Fault("pupil-home", home["id"])
    mates = rows.filter(pl.col("school_class") == last["school_class"], pl.col("id") < home["id"])
    twin = mates.row(-1, named=True)
    same = {name: last[name] for name in ("name", "born_on", "sex", "id_number")}
    set_in(city, "pupils", twin["id"], code=f"L{last['id_number'][:14]}0000", **same)
    yield Fault("pupil-double", twin["id"], last["id"])


def too_old(city: City, pupil: dict[str, Any]) -> Iterator[Fault]:
    """The year of birth is six years off, in the numbers as well."""
    born = pupil["born_on"].replace(year=pupil["born_on"].year - 6, day=min(pupil["born_on"].day, 28))
    seventeen = f"{pupil['id_number'][:6]}{born:%Y%m%d}{pupil['id_number'][14:17]}"
    number = seventeen + check_digit(seventeen)
    set_in(city, "pupils", pupil["id"], born_on=born, id_number=number, code=f"G{number}")
    yield Fault("pupil-too-old", pupil["id"])


def kindergartens(city: City) -> Iterator[Fault]:
    """One that looks like its neighbour in the same township."""
    rows = open_rows(city, "kindergartens")
    yield from alike(city, "kindergartens", "kindergarten-double", rows, "（新园）")


def institutions(city: City) -> Iterator[Fault]:
    """A training institution under nearly the same name next door."""
    yield from alike(city, "institutions", "institution-double", open_rows(city, "institutions"), "（分校）")


def alike(city: City, table: str, code: str, rows: pl.DataFrame, ending: str) -> Iterator[Fault]:
    """Of the last township with several rows, one is called nearly like another."""
    several = rows.filter(pl.len().over("area") > 1)
    area = several["area"][-1]
    here = several.filter(pl.col("area") == area)
    one, other = here.row(0, named=True), here.row(1, named=True)
    set_in(city, table, other["id"], name=f"{one['name']}{ending}")
    yield Fault(code, one["id"], other["id"])


def projects(city: City) -> Iterator[Fault]:
    """Begun in 2019, never accepted."""
    waiting = city["projects"].filter(
        pl.col("accepted_on").is_null(), pl.col("cancelled_on").is_null(), pl.col("started_on").is_not_null()
    )
    if waiting.height:
        row = waiting.sort("id").row(-1, named=True)
        set_in(city, "projects", row["id"], started_on=date(2019, 3, 1))
        yield Fault("project-long-open", row["id"])


def money(city: City) -> Iterator[Fault]:
    """Of one school twenty times the heads of autumn 2022 were written down; the money was not."""
    rows = city["entitlements"].filter(pl.col("term") == "2022A", pl.col("heads") > 100).sort("id")
    row = rows.row(-1, named=True)
    set_in(city, "entitlements", row["id"], heads=20 * row["heads"])
    yield Fault("school-heads", row["school"])


PLANTERS: tuple[Planter, ...] = (schools, pupils, kindergartens, institutions, projects, money)
