"""School groups and what they grew from, pairs, and the schools they help."""

import itertools
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from junheng.surfaces.demo.calendar import on
from junheng.surfaces.demo.city.schools import COMPULSORY, NAMED
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.plan import CityPlan, Unit
from junheng.surfaces.demo.spread import deal

REASONS = ("师资结构不足", "生源流失", "设施设备薄弱", "教学质量偏低", "管理基础薄弱")
CRITERIA = ("short_of_teachers", "losing_pupils", "poor_equipment", "poor_teaching", "poor_management")
"""The columns of the list that say the same, in the same order."""
MODES = ("merged", "commissioned", "allied")

School = dict[str, Any]


@dataclass
class Book:
    """The four tables while they are written."""

    dice: Dice
    groups: Rows = field(default_factory=lambda: Rows("groups", mode="string", end_number="string"))
    members: Rows = field(default_factory=lambda: Rows("members", mode="string", reason="string"))
    pairs: Rows = field(default_factory=lambda: Rows("pairs", mode="string", code="string", reason="string"))
    weak: Rows = field(
        default_factory=lambda: Rows("weakschools", reason="string", **dict.fromkeys(CRITERIA, "bool"))
    )
    modes: dict[int, str] = field(default_factory=dict)
    """The mode of each group, which is that of its members."""

    def group(self, name: str, area: str, since: str, kind: str = "compulsory", **end: Any) -> int:
        """One group."""
        code = f"JT-{area[:6]}-{len(self.groups) + 1:03d}"
        mode = self.dice.pick(MODES)
        number = "" if "merged_into" in end or "until" not in end else f"演示教〔{end['until'][:4]}〕8号"
        made = self.groups.add(
            code=code, name=name, area=area, kind=kind, since=since, mode=mode, end_number=number, **end
        )
        self.modes[made] = mode
        return made

    def member(
        self, group: int, school: School, role: str, since: str, until: str | None = None, *, lead: School
    ) -> None:
        """One school's place in one group."""
        self.members.add(
            group=group, school=school["id"], area=school["area"], role=role, since=since, until=until,
            mode=self.modes[group], reason="" if role == "lead" else led_by(lead, school),
        )  # fmt: skip

    def pair(self, helper: School, helped: School, since: str, until: str | None = None) -> None:
        """One helping and one helped school."""
        self.pairs.add(
            helper=helper["id"], helped=helped["id"], area=helped["area"], since=since, until=until,
            mode=self.dice.pick(MODES), code=f"JD-{len(self.pairs) + 1:03d}", reason=led_by(helper, helped),
        )  # fmt: skip

    def listed(self, school: School, since: str, until: str | None = None) -> None:
        """A school listed as weak."""
        reason = self.dice.pick(REASONS)
        met = {name: words == reason for name, words in zip(CRITERIA, REASONS, strict=True)}
        self.weak.add(
            school=school["id"], area=school["area"], since=since, until=until, reason=reason, **met
        )


def led_by(lead: School, school: School) -> str:
    """Why one school leads another: a town school leads a village one, else a strong one leads a weak one."""
    return "city_village" if lead["location"] != "rural" == school["location"] else "strong_weak"


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """Groups, members, pairs and the list of weak schools, unit by unit."""
    book = Book(dice)
    left: list[School] = []
    for unit in plan.units:
        left += _unit(book, unit, made)
    _not_counted(book, plan, left)
    return {
        "groups": book.groups.frame(),
        "members": book.members.frame(),
        "pairs": book.pairs.frame(),
        "weakschools": book.weak.frame(),
    }


def _unit(book: Book, unit: Unit, made: City) -> list[School]:
    """One unit's groups and pairs; returns its schools that neither help nor are helped."""
    dice = book.dice
    weak_count = unit["weak_in_groups"] + unit["pairs"] - unit["weak_in_both"]
    schools = _by_strength(dice, unit, made)
    leads, rest = schools[: unit["groups"]], schools[unit["groups"] :]
    weak, others = rest[len(rest) - weak_count :], deque(rest[: len(rest) - weak_count])
    for school in weak:
        book.listed(school, dice.day("2020-03-01", "2021-11-30"))
    in_groups = iter(weak[: unit["weak_in_groups"]])
    shares: Iterable[int] = deal(unit["weak_in_groups"], unit["groups"]) if unit["groups"] else ()
    helpers = leads or [others.popleft()]
    for lead, share in zip(leads, shares, strict=True):
        core = [others.popleft()] if len(others) > 2 else []
        _group(book, lead, core, list(itertools.islice(in_groups, int(share))))
    paired = weak[unit["weak_in_groups"] - unit["weak_in_both"] :]
    for number, helped in enumerate(paired):
        book.pair(helpers[max(0, number - 1) % len(helpers)], helped, dice.day("2021-09-01", "2023-09-01"))
    return list(others)


def _group(book: Book, lead: School, core: list[School], weak: list[School]) -> None:
    """One active group and the two smaller ones that were merged into it."""
    dice = book.dice
    merged = dice.day("2021-09-01", "2023-08-31")
    group = book.group(f"{lead['name']}教育集团", lead["area"][:6], merged)
    members = core + weak
    for number, heads in enumerate(([lead, *members[::2]], [*(core or [lead]), *members[1::2]])):
        began = dice.day("2016-09-01", "2019-08-31")
        older = book.group(
            f"{heads[0]['name']}{('联合体', '协作体')[number]}",
            lead["area"][:6],
            began,
            until=merged,
            merged_into=group,
        )
        for place, school in enumerate({each["id"]: each for each in heads}.values()):
            book.member(older, school, "member" if place else "lead", began, merged, lead=heads[0])
    book.member(group, lead, "lead", merged, lead=lead)
    for school in members:
        book.member(group, school, "member", merged, lead=lead)


def _not_counted(book: Book, plan: CityPlan, left: list[School]) -> None:
    """Ended pairs, schools off the list or not yet on it, dissolved groups, groups of kindergartens."""
    dice = book.dice
    spare = deque(left)
    for _ in range(min(6, len(spare) // 3)):
        helper, helped = spare.popleft(), spare.popleft()
        book.listed(helped, "2018-03-01", "2022-07-01")
        book.pair(helper, helped, "2018-09-01", "2022-07-01")
        spare.append(helper)
    for _ in range(min(3, len(spare))):
        school = spare.popleft()
        book.listed(school, "2024-03-08")
        spare.append(school)
    for number, unit in enumerate(plan.units[:5]):
        book.group(f"{unit.name}幼儿园教育集团", unit.code, "2021-09-01", kind="kindergarten")
        if number < 3 and len(spare) > 1:
            group = book.group(
                f"{spare[0]['name']}教育集团（已终止）",
                spare[0]["area"][:6],
                "2017-09-01",
                until="2021-08-31",
            )
            book.member(group, spare[0], "lead", "2017-09-01", "2021-08-31", lead=spare[0])
            book.member(group, spare[1], "member", "2017-09-01", "2021-08-31", lead=spare[0])
            spare.rotate(1)
    if len(spare) > 1:
        late = book.group(
            f"{spare[0]['name']}教育集团", spare[0]["area"][:6], dice.day("2024-03-08", "2024-03-29")
        )
        book.member(late, spare[0], "lead", "2024-03-29", lead=spare[0])
        book.member(late, spare[1], "member", "2024-03-29", lead=spare[0])


def _by_strength(dice: Dice, unit: Unit, made: City) -> list[School]:
    """The unit's compulsory schools, the likeliest to help first: the one named in the report, then town before country."""
    schools = made["schools"].filter(
        pl.col("area").str.starts_with(unit.code)
        & pl.col("kind").is_in(COMPULSORY)
        & pl.col("until").is_null()
        & (pl.col("since") < on("2022-01-01").item())
    )
    named = NAMED.get(unit.code, ("", ""))[1]
    order = {"urban": 0, "town": 2, "rural": 4}
    luck = dice.below(4, schools.height)
    ranked = [
        ((row["name"] != named, order[row["location"]] + int(luck[place]), row["id"]), row)
        for place, row in enumerate(schools.to_dicts())
    ]
    return [row for _, row in sorted(ranked, key=lambda pair: pair[0])]
