"""Titles of schools, groups and one county, with the grants that came with some."""

from collections import deque
from typing import Any

import polars as pl

from junheng.surfaces.demo.city.schools import COMPULSORY, NAMED
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.plan import CityPlan

WINDOW = ("2022-03-15", "2023-12-15")
YEAR = ("2023-02-01", "2023-12-15")
GRANT_FEN = {"demonstration_school": 100_000_000, "feature_school": 50_000_000}
PILOT = "410811"

School = dict[str, Any]


class Book:
    """Titles and grants while they are written."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.titles = Rows("titles", certificate="string", called="string")
        self.grants = Rows("grants")

    def title(
        self, name: str, holder: School, awarded: str, level: str = "province", batch: int = 1, **more: Any
    ) -> None:
        """One title of a school, a group or (with neither) a county; some come with a grant."""
        kind = "group" if "merged_into" in holder else "school" if "principal" in holder else None
        row = self.titles.add(
            name=name,
            level=level,
            batch=batch,
            area=holder["area"],
            awarded_on=awarded,
            certificate=f"演证{awarded[:4]}-{len(self.titles) + 1:04d}",
            called="",
            **({kind: holder["id"]} if kind else {}),
            **more,
        )
        if name in GRANT_FEN and level == "province":
            paid = self.dice.day("2023-12-16", "2023-12-29") if awarded < "2024" else None
            self.grants.add(
                title=row, area=holder["area"], amount_fen=GRANT_FEN[name], granted_on=awarded, paid_on=paid
            )


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """The titles of the report, and those that it must not count."""
    book = Book(dice)
    spare: deque[School] = deque()
    for unit in plan.units:
        schools = _schools(made, unit.code)
        place = 0
        for name, key, days in (
            ("demonstration_school", "demonstration_schools", WINDOW),
            ("feature_school", "feature_schools", WINDOW),
            ("safe_campus", "safe_campuses", YEAR),
        ):
            for _ in range(unit[key]):
                book.title(name, schools[place], dice.day(*days))
                place += 1
        spare.extend(schools[place:])
        for group in _groups(made, unit.code)[: unit["quality_groups"]]:
            book.title("quality_group", group, "2023-10-18")
    book.title("group_reform_pilot", {"area": PILOT}, "2023-06-15")
    _not_counted(book, plan, made, spare)
    return {"titles": book.titles.frame(), "grants": book.grants.frame()}


def _schools(made: City, code: str) -> list[School]:
    schools = made["schools"].filter(
        pl.col("area").str.starts_with(code) & pl.col("kind").is_in(COMPULSORY) & pl.col("until").is_null()
    )
    return schools.filter(pl.col("since").dt.year() < 2022).to_dicts()


def _groups(made: City, code: str) -> list[School]:
    """Active groups, the one led by the school named in the report first (it is first in its unit)."""
    groups = made["groups"].filter(
        (pl.col("area") == code) & (pl.col("kind") == "compulsory") & pl.col("until").is_null()
    )
    named = NAMED.get(code, ("", "无"))[1]
    return groups.sort(~pl.col("name").str.starts_with(named), "id").to_dicts()


def _not_counted(book: Book, plan: CityPlan, made: City, spare: deque[School]) -> None:
    """Titles of other years and levels, revoked ones, later batches."""
    dice = book.dice

    def some(name: str, count: int, days: tuple[str, str], **more: Any) -> None:
        for _ in range(count):
            book.title(name, spare[0], dice.day(*days), **more)
            spare.rotate(-1)

    for name in ("demonstration_school", "feature_school"):
        some(name, 5, ("2021-03-01", "2021-12-10"))
        some(name, 3, ("2024-03-08", "2024-04-10"))
        some(name, 1, ("2022-05-01", "2022-06-30"), revoked_on="2023-05-31")
        some(name, 2, WINDOW, level="city")
    some("safe_campus", 5, ("2021-04-01", "2021-11-30"), revoked_on="2022-11-30")
    some("safe_campus", 3, ("2024-03-08", "2024-04-10"))
    some("safe_campus", 2, YEAR, level="city")
    some("civilised_campus", 3, YEAR)
    groups = [group for unit in plan.units for group in _groups(made, unit.code)][::-1]
    for number, group in enumerate(groups[:5]):
        book.title("quality_group", group, dice.day("2021-05-01", "2021-12-10"), level="city")
        if number < 3:
            book.title("quality_group", group, f"2024-03-{11 + number}", batch=2)
    book.title("group_reform_pilot", {"area": "410823"}, "2024-03-13", batch=2)
    book.title("group_reform_pilot", {"area": "410882"}, "2022-09-09", level="city")
