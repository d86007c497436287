"""Plans, their lists of schools, and building projects: done in the window, and in every other state beside them."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import polars as pl

from junheng.surfaces.demo.calendar import on
from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.city.schools import COMPULSORY, COUNTED
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.plan import CityPlan, Unit
from junheng.surfaces.demo.spread import spread

# The window without its first weeks, so that “two calendar years” and “24 months back” count the same.
WINDOW = ("2022-03-10", "2023-12-22")
BEFORE = ("2021-03-05", "2021-12-20")
AFTER = ("2024-03-08", "2024-04-20")
KIND_NAMES = {
    "new": "新建", "rebuild": "改建", "extend": "扩建", "reclaim": "回收转公", "repair": "校舍维修",
    "equip": "设备购置", "upgrade": "改造提升",
}  # fmt: skip


class Book:
    """The register of projects while it is written."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.rows = Rows("projects", budget_fen="int64")
        self._serial = itertools.count(1)

    def add(
        self,
        programme: str,
        kind: str,
        place: dict[str, object],
        *,
        done: str | None = None,
        cancelled: str | None = None,
        started: str | None = None,
        room: tuple[int, int] = (0, 0),
    ) -> None:
        """One project at one school or kindergarten (``place`` is its row; only a kindergarten has a capacity)."""
        end = done or cancelled or started or "2023-06-30"
        begun = started or str(on(end) - np.timedelta64(self.dice.number(120, 400), "D"))
        holder = "kindergarten" if "capacity" in place else "school"
        self.rows.add(
            code=f"XM{begun[:4]}-{str(place['area'])[:6]}-{next(self._serial):04d}",
            name=f"{place['name']}{KIND_NAMES[kind]}项目",
            area=place["area"],
            programme=programme,
            kind=kind,
            started_on=begun,
            accepted_on=done,
            cancelled_on=cancelled,
            places_before=room[0],
            places_after=room[1],
            budget_fen=self.dice.number(20, 900) * 1_000_000,
            **{holder: place["id"]},
        )

    def not_counted(
        self,
        programme: str,
        kinds: Sequence[str],
        places: Iterator[dict[str, object]],
        room: tuple[int, int] = (0, 0),
    ) -> None:
        """What a window figure must leave out: done before or after it, not done, called off."""
        for _ in range(5):
            self.add(programme, self.dice.pick(kinds), next(places), done=self.dice.day(*BEFORE), room=room)
        for _ in range(3):
            self.add(programme, self.dice.pick(kinds), next(places), done=self.dice.day(*AFTER), room=room)
        for _ in range(2):
            self.add(
                programme, self.dice.pick(kinds), next(places), started=self.dice.day(*WINDOW), room=room
            )
            self.add(
                programme, self.dice.pick(kinds), next(places), cancelled=self.dice.day(*WINDOW), room=room
            )


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Projects of the five programmes, plans of the city and of each unit, and the schools on the city's list."""
    book = Book(dice)
    capacity = _kindergartens(plan, dice, made, book)
    planned, undone = _schools(plan, dice, made, book)
    _other_programmes(plan, dice, made, book)
    return _plans(plan, dice, planned, undone[:2]) | {
        "projects": book.rows.frame(),
        "kindergartens": made["kindergartens"].with_columns(
            capacity=pl.col("id").replace_strict(capacity, default=pl.col("capacity"), return_dtype=pl.Int64)
        ),
    }


def _kindergartens(plan: CityPlan, dice: Dice, made: City, book: Book) -> dict[int, int]:
    """Projects at public kindergartens that gain the plan's places; two kindergartens have a second project."""
    public = _kindergartens_of(made, "public")
    capacity: dict[int, int] = {}
    twice = 0
    for unit in plan.units:
        here = [row for row in public if str(row["area"]).startswith(unit.code)][: unit["kg_projects"]]
        gains: Iterable[int] = spread(unit["kg_places"], dice.between(5, 10, len(here))) if here else ()
        for row, gain in zip(here, gains, strict=True):
            opened = str(row["since"])
            places = max(int(str(row["capacity"])), int(gain))
            if opened >= "2022-01-01":
                book.add("kg_building", "new", row, done=opened, room=(0, int(gain)))
                places = int(gain)
            elif twice < 2:
                twice += 1
                half = int(gain) // 2
                before = places - int(gain)
                book.add(
                    "kg_building",
                    "rebuild",
                    row,
                    done=dice.day("2022-04-01", "2022-11-30"),
                    room=(before, before),
                )
                book.add(
                    "kg_building",
                    "extend",
                    row,
                    done=dice.day("2023-02-01", "2023-06-30"),
                    room=(before, before + half),
                )
                book.add(
                    "kg_building",
                    "extend",
                    row,
                    done=dice.day("2023-07-01", "2023-11-30"),
                    room=(before + half, places),
                )
            else:
                kind = dice.pick(("extend", "rebuild"))
                book.add("kg_building", kind, row, done=dice.day(*WINDOW), room=(places - int(gain), places))
            capacity[int(str(row["id"]))] = places
    free = [row for row in public if row["id"] not in capacity]
    book.not_counted("kg_building", ("extend", "rebuild"), itertools.cycle(free), room=(90, 120))
    private = itertools.cycle(_kindergartens_of(made, "private"))
    for kind in ("new", "extend", "rebuild"):
        book.add("kg_building", kind, next(private), done=dice.day(*WINDOW), room=(60, 120))
    converted = made["natures"].filter(pl.col("until").is_not_null())["kindergarten"].to_list()
    for row in [row for row in public if row["id"] in converted][:5]:
        book.add("kg_building", "reclaim", row, done="2022-09-28", room=(90, 90))
    for kind in ("repair", "equip"):
        book.add("kg_building", kind, free[0], done=dice.day(*WINDOW), room=(90, 120))
    return capacity


def _kindergartens_of(made: City, nature: str) -> list[dict[str, object]]:
    """Kindergartens open and so run at the end of the year."""
    held = made["natures"].filter(pl.col("until").is_null() & (pl.col("nature") == nature))["kindergarten"]
    return (
        made["kindergartens"]
        .filter(pl.col("id").is_in(held.to_list()) & pl.col("until").is_null())
        .to_dicts()
    )


def _schools(
    plan: CityPlan, dice: Dice, made: City, book: Book
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The schools on the plan's list with their projects, two with a second one; returns the list and who is not done."""
    planned: list[dict[str, object]] = []
    undone: list[dict[str, object]] = []
    beside: list[dict[str, object]] = []
    twice = 0
    for unit in plan.units:
        here = _open_schools(made, unit, COUNTED)
        order = dice.order(len(here))
        chosen = [here[place] for place in order[: unit["school_planned"]]]
        beside += [here[place] for place in order[unit["school_planned"] :]]
        planned += chosen
        for number, row in enumerate(chosen):
            places = dice.number(4, 16) * 45
            kind = dice.pick(("new", "rebuild", "extend"))
            room = (places, places + dice.number(2, 10) * 45)
            if number >= unit["school_done"]:
                undone.append(row)
                book.add(
                    "school_building", kind, row, started=dice.day("2023-03-01", "2023-12-20"), room=room
                )
                continue
            book.add("school_building", kind, row, done=dice.day(*WINDOW), room=room)
            if number == 0 and twice < 2:
                twice += 1
                book.add("school_building", "extend", row, done=dice.day(*WINDOW), room=room)
    book.not_counted(
        "school_building",
        ("new", "rebuild", "extend"),
        iter(beside[: 5 + 3] + beside * 2),
        room=(450, 540),
    )
    book.add("school_building", "repair", beside[0], done=dice.day(*WINDOW))
    return planned, undone


def _other_programmes(plan: CityPlan, dice: Dice, made: City, book: Book) -> None:
    """Weak links, rural repairs, sports grounds."""
    every: list[dict[str, object]] = []
    towns: list[dict[str, object]] = []
    grounds_twice = 0
    for unit in plan.units:
        schools = _open_schools(made, unit, COMPULSORY)
        every += schools
        towns += [row for row in schools if row["location"] == "urban"]
        rural = [row for row in schools if row["location"] == "rural" and row["kind"] != "twelve_year"]
        for number in range(unit["weak_links"]):
            row = schools[0] if number == 1 else dice.pick(schools)
            book.add("weak_link", dice.pick(("equip", "upgrade", "extend")), row, done=dice.day(*WINDOW))
        for number in range(unit["rural_repairs"]):
            book.add("rural_repair", "repair", rural[number % len(rural)], done=dice.day(*WINDOW))
        grounds = [schools[place] for place in dice.some(len(schools), unit["sports_grounds"])]
        for number, row in enumerate(grounds):
            book.add("sports_ground", "upgrade", row, done=dice.day(*WINDOW))
            if number == 0 and grounds_twice < 2:
                grounds_twice += 1
                book.add("sports_ground", "upgrade", row, done=dice.day(*WINDOW))
    ground = set(book.rows.frame().filter(pl.col("programme") == "sports_ground")["school"].to_list())
    book.not_counted("weak_link", ("equip", "upgrade"), itertools.cycle(every))
    rural = [row for row in every if row["location"] == "rural"]
    book.not_counted("rural_repair", ("repair",), itertools.cycle(rural))
    book.not_counted(
        "sports_ground", ("upgrade",), itertools.cycle([row for row in every if row["id"] not in ground])
    )
    for row in towns[:3]:
        book.add("rural_repair", "repair", row, done=dice.day(*WINDOW))


def _open_schools(made: City, unit: Unit, kinds: tuple[str, ...]) -> list[dict[str, object]]:
    """The unit's schools of these kinds that stood before the window and still stand."""
    schools = made["schools"].filter(
        pl.col("area").str.starts_with(unit.code)
        & pl.col("kind").is_in(kinds)
        & pl.col("until").is_null()
        & (pl.col("since") < on("2022-01-01").item())
    )
    return schools.to_dicts()


def _plans(
    plan: CityPlan, dice: Dice, planned: list[dict[str, object]], late: list[dict[str, object]]
) -> City:
    """The city's building plan in two versions, with those that are ``late`` by the day of the report, its layout plans, and each unit's plans in old and valid versions."""
    plans, items = Rows("plans"), Rows("planitems")
    title = "“十四五”期间新建改扩建中小学规划"
    old = plans.add(code="GH-JS", title=title + "（初稿）", kind="school_building", area=CITY, from_year=2021, to_year=2025, since="2021-06-01", until="2022-02-01")  # fmt: skip
    new = plans.add(code="GH-JS", title=title, kind="school_building", area=CITY, from_year=2021, to_year=2025, since="2022-02-01")  # fmt: skip
    plans.add(code="GH-BJ", title="中小学幼儿园布局规划（上一轮）", kind="layout", area=CITY, from_year=2013, to_year=2030, since="2013-10-01", until="2022-01-01")  # fmt: skip
    plans.add(code="GH-BJ", title="中心城区中小学幼儿园布局专项规划", kind="layout", area=CITY, from_year=2021, to_year=2035, since="2022-01-01")  # fmt: skip
    for row in planned[:-2]:
        items.add(plan=old, school=row["id"], area=row["area"], due_on="2025-08-31")
    for row in planned:
        due = dice.day("2024-08-01", "2025-12-31")
        items.add(plan=new, school=row["id"], area=row["area"], due_on="2023-10-31" if row in late else due)
    for unit in plan.units:
        for kind, code, name in (
            ("county_preschool", "GH-XQ", "学前教育发展"),
            ("county_groups", "GH-JT", "集团化办学"),
        ):
            base = {
                "code": f"{code}-{unit.code}",
                "kind": kind,
                "area": unit.code,
                "from_year": 2021,
                "to_year": 2025,
            }
            change = dice.day("2022-04-01", "2022-08-31")
            plans.add(
                **base, title=f"{unit.name}{name}“一县一策”方案（第一版）", since="2021-05-10", until=change
            )
            plans.add(**base, title=f"{unit.name}{name}“一县一策”方案", since=change)
    return {"plans": plans.frame(), "planitems": items.frame()}
