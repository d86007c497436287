"""Kindergartens: who runs them, who was recognised as inclusive and when, and who stopped."""

import itertools
from dataclasses import dataclass, field

import numpy as np

from junheng.surfaces.demo.calendar import on
from junheng.surfaces.demo.city.areas import townships
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.plan import CityPlan, Unit
from junheng.surfaces.demo.words import KINDERGARTEN_WORDS

# Recognition holds three years. First decisions fall where no end touches the days between year's end and report.
OLDER = ("2019-03-15", "2020-12-15")
NEWER = ("2021-04-01", "2021-09-20")
WINDOW = {"2022": ("2022-03-10", "2022-12-20"), "2023": ("2023-01-10", "2023-09-15")}

NEW_2022 = ("2022-08-20", "2022-09-01")
NEW_2023 = ("2023-08-20", "2023-09-01")


@dataclass
class Register:
    """The four tables while they are written."""

    dice: Dice
    kindergartens: Rows = field(
        default_factory=lambda: Rows("kindergartens", fee_fen="int64", phone="string")
    )
    natures: Rows = field(default_factory=lambda: Rows("natures"))
    recognitions: Rows = field(default_factory=lambda: Rows("recognitions", number="string"))
    serial: itertools.count = field(default_factory=lambda: itertools.count(900001))  # type: ignore[type-arg]
    decided: int = 0

    def kindergarten(
        self, place: tuple[str, str], name: str, since: str, until: str | None, public: bool
    ) -> int:
        """One kindergarten. Its number of places is set when its children and projects are known."""
        return self.kindergartens.add(
            code=f"1141{next(self.serial)}",
            name=name,
            area=place[0],
            location=("rural", "town", "urban")[self.dice.number(0, 2)],
            capacity=0,
            since=since,
            until=until,
            fee_fen=self.dice.number(15, 40) * 1000 if public else self.dice.number(30, 90) * 1000,
            phone=f"0000-6{self.dice.number(0, 999999):06d}",
        )

    def nature(
        self, row: int, place: tuple[str, str], nature: str, since: str, until: str | None = None
    ) -> None:
        """Who runs it from one day to another."""
        self.natures.add(kindergarten=row, area=place[0], nature=nature, since=since, until=until)

    def recognised(
        self,
        row: int,
        place: tuple[str, str],
        first: str,
        end: str | None = None,
        ended_by: str | None = None,
    ) -> None:
        """A first recognition on a day, renewed after three years if it runs out before the report."""
        since, kind = first, "first"
        while (three_years := _later(since)) < (end or "2024-03-07"):
            self._recognition(row, place, kind, since, three_years, "renewed")
            since, kind = three_years, "renewal"
        self._recognition(row, place, kind, since, end or three_years, ended_by)

    def _recognition(
        self, row: int, place: tuple[str, str], kind: str, since: str, until: str, ended_by: str | None
    ) -> None:
        self.decided += 1
        self.recognitions.add(
            kindergarten=row,
            area=place[0],
            kind=kind,
            decision="recognised",
            applied_on=str(on(since) - np.timedelta64(self.dice.number(30, 75), "D")),
            decided_on=since,
            since=since,
            until=until,
            ended_by=ended_by,
            number=f"演普认〔{since[:4]}〕{self.decided}号",
        )

    def refused(self, row: int, place: tuple[str, str], applied: str, decided: str | None) -> None:
        """An application that was rejected, or is not decided yet."""
        self.recognitions.add(
            kindergarten=row,
            area=place[0],
            kind="first",
            decision="rejected" if decided else "pending",
            applied_on=applied,
            decided_on=decided,
            number="",
        )


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Kindergartens in the order of the units: public, inclusive private, other private, then closed ones."""
    register = Register(dice)
    news = itertools.cycle(_windows(plan.total("kg_recognised")))
    ends = {
        how: _ends(dice, plan.scale[f"kg_{how}"], turn)
        for turn, how in enumerate(("withdrawn", "closed", "converted"))
    }
    converted = _spots(plan, dice, "kg_public", "kg_converted", keep="kg_projects")
    withdrawn = _spots(plan, dice, "kg_other", "kg_withdrawn")
    closed = _spots(plan, dice, "kg_inclusive", "kg_closed")
    others: list[tuple[int, tuple[str, str]]] = []
    built = itertools.count()
    for unit in plan.units:
        names = _names(dice, made, unit)
        towns = [town for _, town in townships(made, unit)]
        for number in range(unit["kg_public"]):
            place = next(names)
            # the first names go through the townships in turn, as do the first kindergartens
            name = f"{towns[number]}中心幼儿园" if number < len(towns) else f"{place[1]}幼儿园"
            since = dice.day("1990-01-01", "2018-12-31")
            if number < unit["kg_projects"] and (turn := next(built)) % 3 == 0:  # newly built
                since = dice.day(*(NEW_2022 if turn % 2 else NEW_2023))
            row = register.kindergarten(place, name, since, None, True)
            if number - unit["kg_public"] in converted[unit.code]:
                day = next(ends["converted"])
                register.nature(row, place, "private", since, day)
                register.nature(row, place, "public", day)
                register.recognised(row, place, dice.day(*OLDER), day, "converted")
            else:
                register.nature(row, place, "public", since)
        for number in range(unit["kg_inclusive"]):
            place = next(names)
            since = dice.day("2000-01-01", "2018-12-31")
            row = register.kindergarten(place, place[1] + "幼儿园", since, None, False)
            register.nature(row, place, "private", since)
            if number < unit["kg_recognised"]:
                first = dice.day(*WINDOW[next(news)])
                if number == 0 and dice.number(0, 1):
                    register.refused(row, place, "2021-10-11", "2021-11-20")
            else:
                first = dice.day(*(OLDER if dice.number(0, 2) else NEWER))
            register.recognised(row, place, first)
        for number in range(unit["kg_other"]):
            place = next(names)
            since = dice.day("2005-01-01", "2018-12-31")
            row = register.kindergarten(place, place[1] + "幼儿园", since, None, False)
            register.nature(row, place, "private", since)
            if number in withdrawn[unit.code]:
                register.recognised(row, place, dice.day(*OLDER), next(ends["withdrawn"]), "withdrawn")
            else:
                others.append((row, place))
        for _ in closed[unit.code]:
            place, day = next(names), next(ends["closed"])
            row = register.kindergarten(place, place[1] + "幼儿园", "2009-09-01", day, False)
            register.nature(row, place, "private", "2009-09-01", day)
            register.recognised(row, place, dice.day(*OLDER), day, "closed")
        place = next(names)
        if plan.name == "full" or unit["kg_other"]:
            row = register.kindergarten(place, place[1] + "幼儿园", "2011-09-01", "2022-07-20", False)
            register.nature(row, place, "private", "2011-09-01", "2022-07-20")
    _not_counted(register, others)
    return {
        "kindergartens": register.kindergartens.frame(),
        "natures": register.natures.frame(),
        "recognitions": register.recognitions.frame(),
    }


def _not_counted(register: Register, others: list[tuple[int, tuple[str, str]]]) -> None:
    """Applications of other private kindergartens: rejected, pending, and recognised only after the report."""
    for number, (row, place) in enumerate(others[:12]):
        if number < 3:
            register.recognised(row, place, f"2024-03-{11 + number}")
        elif number % 2:
            register.refused(row, place, f"2023-0{1 + number % 8}-12", f"2023-0{2 + number % 8}-20")
        else:
            register.refused(row, place, f"2023-1{number % 3}-08", None)


def _windows(count: int) -> list[str]:
    return ["2022"] * (count // 2) + ["2023"] * (count - count // 2)


def _ends(dice: Dice, count: int, turn: int) -> "itertools.cycle[str]":
    """Days on which recognitions ended: about half of them in each year of the window, none near its edges."""
    early = count // 2 if turn != 1 else (count + 1) // 2
    days = [dice.day("2022-04-01", "2022-09-20") for _ in range(early)]
    return itertools.cycle(days + [dice.day("2023-04-01", "2023-09-20") for _ in range(count - early)])


def _spots(
    plan: CityPlan, dice: Dice, among: str, wanted: str, keep: str | None = None
) -> dict[str, set[int]]:
    """For each unit the numbers of the ``among`` that are the city's ``wanted``; ``keep`` so many at the front out.

    With ``keep`` the numbers are negative: they count from the end.
    """
    free = [
        (unit.code, number - unit[among] if keep else number)
        for unit in plan.units
        for number in range(unit[keep] if keep else 0, unit[among])
    ]
    found: dict[str, set[int]] = {unit.code: set() for unit in plan.units}
    for place in dice.some(len(free), plan.scale[wanted]):
        found[free[place][0]].add(free[place][1])
    return found


def _names(dice: Dice, made: City, unit: Unit) -> "itertools.chain[tuple[str, str]]":
    """Endless names, each with its township."""
    towns = townships(made, unit)
    shift = dice.number(0, len(KINDERGARTEN_WORDS) - 1)
    words = KINDERGARTEN_WORDS[shift:] + KINDERGARTEN_WORDS[:shift]
    return itertools.chain(
        (code, f"{town}{word}")
        for turn in itertools.count()
        for number, (code, town) in enumerate(towns)
        for word in (words[(turn + 5 * number) % len(words)],)
    )


def _later(day: str) -> str:
    """Three years after a day."""
    return f"{int(day[:4]) + 3}{day[4:]}".replace("-02-29", "-02-28")
