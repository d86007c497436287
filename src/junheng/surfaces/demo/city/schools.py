"""Schools: those the plan counts, and others beside them that must not be counted."""

import itertools
from collections.abc import Iterator

from junheng.surfaces.demo.city.areas import townships
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.people import one_name
from junheng.surfaces.demo.plan import CityPlan, Unit
from junheng.surfaces.demo.words import SCHOOL_WORDS, VILLAGE_FIRST, VILLAGE_LAST

CODES = {
    "primary": "21",
    "junior": "31",
    "nine_year": "31",
    "twelve_year": "34",
    "senior": "34",
    "vocational": "36",
    "special": "51",
}
ENDINGS = {
    "primary": "小学",
    "junior": "初级中学",
    "nine_year": "学校",
    "twelve_year": "实验学校",
    "senior": "高级中学",
    "vocational": "职业中等专业学校",
    "special": "特殊教育学校",
}
COUNTED = ("primary", "junior", "nine_year", "twelve_year", "senior")
COMPULSORY = ("primary", "junior", "nine_year", "twelve_year")
# Lead schools of two provincial quality groups, named in the published report (institutions, not persons).
NAMED = {"410821": ("junior", "修武县第二实验中学"), "410811": ("primary", "山阳区焦东路小学")}


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Schools in the order of the units: the counted ones first in each unit, then vocational, special and closed."""
    rows = Rows("schools", principal="string", phone="string", address="string")
    serial = itertools.count(900001)
    for number, unit in enumerate(plan.units):
        names = _names(dice, made, unit)
        for kind in COUNTED:
            for place in range(unit[f"schools_{kind}"]):
                _open_school(rows, dice, unit, kind, place, next(serial), names)
        for kind in ("vocational", "special"):
            if plan.name == "full" or number in (1, 7):
                _school(
                    rows, dice, unit, kind, "urban", next(serial), next(names["town"]), since="2005-09-01"
                )
        for year in ("2021", "2022", "2023") if plan.name == "full" else ("2022",):
            area, name = next(names["rural"])
            _school(
                rows, dice, unit, "primary", "rural", next(serial), (area, f"{name}小学"),
                since="1985-09-01", until=f"{year}-07-15",
            )  # fmt: skip
    # opened after the report: a status that must not be seen on its day
    area, name = next(_names(dice, made, plan.units[-1])["rural"])
    _school(
        rows,
        dice,
        plan.units[-1],
        "primary",
        "rural",
        next(serial),
        (area, f"{name}新建小学"),
        since="2024-03-11",
    )
    return {"schools": rows.frame()}


def _open_school(
    rows: Rows,
    dice: Dice,
    unit: Unit,
    kind: str,
    place: int,
    serial: int,
    names: dict[str, Iterator[tuple[str, str]]],
) -> None:
    rural, town = (20, 20) if unit.city_centre else (55, 30)
    location = "urban"
    if kind in COMPULSORY:
        drawn = dice.number(0, 99)
        location = "rural" if drawn < rural else "town" if drawn < rural + town else "urban"
    if place == unit[f"schools_{kind}"] - 1 and kind in ("primary", "nine_year"):
        location = "rural"
    since = dice.day("1978-01-01", "2018-08-31")[:4] + "-09-01"
    title: tuple[str, str] = next(names["rural" if location == "rural" else "town"])
    name = (title[0], title[1] + ENDINGS[kind])
    if place == 0 and NAMED.get(unit.code, ("", ""))[0] == kind:
        location, name = "urban", (title[0], NAMED[unit.code][1])
    nature = "private" if kind in ("nine_year", "twelve_year") and dice.number(0, 9) < 4 else "public"
    if place > 3 and dice.number(0, 99) < 4:
        nature = "private"
    boards = kind in ("senior", "twelve_year") or (
        kind in ("junior", "nine_year") and (not unit.city_centre or dice.number(0, 1) == 1)
    )
    _school(rows, dice, unit, kind, location, serial, name, since=since, nature=nature, boarding=boards)


def _school(
    rows: Rows,
    dice: Dice,
    unit: Unit,
    kind: str,
    location: str,
    serial: int,
    place: tuple[str, str],
    *,
    since: str,
    until: str | None = None,
    nature: str = "public",
    boarding: bool = False,
) -> None:
    area, name = place
    if kind in ("vocational", "special"):
        name = f"{unit.name}{ENDINGS[kind]}"
    rows.add(
        code=f"{CODES[kind]}41{serial}",
        name=name,
        area=area,
        kind=kind,
        nature=nature,
        location=location,
        boarding=boarding,
        since=since,
        until=until,
        principal=one_name(dice),
        phone=f"0000-7{dice.number(0, 999999):06d}",
        address=f"{unit.name}{dice.pick(SCHOOL_WORDS)}路{dice.number(1, 299)}号",
    )


def _names(dice: Dice, made: City, unit: Unit) -> dict[str, Iterator[tuple[str, str]]]:
    """Endless names with the township they belong to: ``rural`` after a village, ``town`` after a word."""
    towns = townships(made, unit)
    shift = dice.number(0, len(SCHOOL_WORDS) - 1)
    words = SCHOOL_WORDS[shift:] + SCHOOL_WORDS[:shift]

    def rural() -> Iterator[tuple[str, str]]:
        villages = [first + last for last in VILLAGE_LAST for first in VILLAGE_FIRST]
        for number, place in enumerate(dice.order(len(villages))):
            code, town = towns[number % len(towns)]
            yield code, f"{town}{villages[place]}"

    def town() -> Iterator[tuple[str, str]]:
        for turn in itertools.count():
            for number, word in enumerate(words):
                code, _ = towns[(turn + number) % len(towns)]
                yield code, f"{unit.name}{word}{'' if turn == 0 else ('第二', '第三', '第四')[turn - 1]}"

    return {"rural": rural(), "town": town()}
