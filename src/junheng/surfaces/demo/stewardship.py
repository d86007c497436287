"""What waits for approval in the demonstration, who keeps which register, and when it was last confirmed."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl

from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.chain import Draft
from junheng.platform.audit.save import draft_of
from junheng.platform.registers import Level, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.stewardship.models import Confirmation, Kind, Proposal, State, Steward
from junheng.platform.stewardship.units import city as the_city
from junheng.platform.stewardship.units import level_of_units, own_units
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.logins import county_login, logins

AS_OF = date(2023, 12, 31)
SHANGHAI = ZoneInfo("Asia/Shanghai")
AGES = (12, 31, 0, 163, 24, 55, 215, 40, 158, 18, 73)
"""Days since a register was confirmed, dealt out to units and registers in turn; 0 for never."""
STEWARDS = (("waters", "410802"), ("kindergartens", "410811"), ("people", "410802"))


def moment(days_ago: int, hour: int = 10) -> datetime:
    """A moment some days before the day of the data."""
    return datetime.combine(AS_OF - timedelta(days=days_ago), time(hour), SHANGHAI)


def with_stewardship(city: City, entries: Sequence[Draft]) -> list[Draft]:
    """Write all of it, and add its entries to those of the city, in the order of time."""
    users = {
        one.username: one
        for one in User.objects.filter(username__in=[each.username for each in logins(city)])
    }
    own = [*proposed(city, users), *stewards(users), *confirmed(city, users, [one.at for one in entries])]
    return sorted([*entries, *own], key=lambda draft: draft.at)


def proposed(city: City, users: dict[str, User]) -> Iterator[Draft]:
    """A handful of proposals: fresh, late, sent back, of every level."""
    asked = [one for one in asked_for(city) if one["by"] in users]
    rows = Proposal.objects.bulk_create(
        [
            Proposal(**one | {"by": users[one["by"]]} | ({"decided_by": users[one["decided_by"]]} if "decided_by" in one else {}))
            for one in asked
        ]
    )  # fmt: skip
    for one in rows:
        yield made(one, by=one.by, at=one.at, why=one.why)


def made(row: Any, *, by: User, at: datetime, why: str) -> Draft:
    """The entry of a row that is new."""
    draft = draft_of(row, None, by=by, at=at, why=why)
    assert draft is not None
    return draft


def asked_for(city: City) -> Iterator[dict[str, Any]]:
    """What people of the city want changed."""
    people = {one.username: one for one in logins(city)}
    schools = {row["id"]: row for row in city["schools"].iter_rows(named=True)}
    for username, days, why in (
        ("xiaozhang1", 3, "更名批复已下（演示数据）"),
        ("xiaozhang2", 21, "申请更名（演示数据）"),
    ):
        school = schools[people[username].school]
        yield change(
            "schools", school, "name", f"{school['name']}（实验校区）", username, Level.COUNTY, days, why
        )
    school = schools[people["xiaozhang1"].school]
    yield change(
        "schools",
        school,
        "principal",
        "演示校长",
        "xiaozhang1",
        Level.COUNTY,
        2,
        "任职文件已印发（演示数据）",
    )
    room = next(
        row
        for row in city["classes"].filter(pl.col("until").is_null()).iter_rows(named=True)
        if row["school"] == school["id"]
    )
    yield change(
        "classes",
        room,
        "number",
        9,
        "jijiao",
        Level.SCHOOL,
        5,
        "抽查发现班号与学籍系统不符，请学校核对（演示数据）",
    ) | {"only": True}
    water = first(city, "waters", pl.col("risk") == "low")
    county = county_login(water["area"][:6])
    yield change(
        "waters", water, "risk", "high", county, Level.CITY, 16, "汛期水位上涨，提级管理（演示数据）"
    )
    project = first(city, "projects", pl.col("accepted_on").is_null() & pl.col("cancelled_on").is_null())
    county = county_login(project["area"][:6])
    budget = project["budget_fen"] * 11 // 10
    yield change("projects", project, "budget_fen", budget, county, Level.CITY, 4, "材料调价（演示数据）")
    other = first(city, "institutions", pl.col("area").str.starts_with("410811"))
    kind = next(one for one in city["institutions"]["kind"].unique().sort() if one != other["kind"])
    yield change(
        "institutions", other, "kind", kind, county_login("410811"), Level.CITY, 1, "许可证换发（演示数据）"
    )
    yield change("institutions", other, "kind", kind, county_login("410811"), Level.CITY, 30, "许可证换发（演示数据）") | {
        "state": State.REJECTED, "decided_by": "jianguan", "decided_at": moment(27), "decision": "未附新许可证，请补齐后再报。",
    }  # fmt: skip


def first(city: City, table: str, condition: pl.Expr) -> dict[str, Any]:
    """The first open row for which a condition holds; the first of all where there is none."""
    frame = city[table]
    frame = frame.filter(pl.col("until").is_null()) if "until" in frame.columns else frame
    found = frame.filter(condition)
    return (found if found.height else frame).sort("id").row(0, named=True)


def change(
    slug: str, row: dict[str, Any], name: str, value: Any, by: str, decider: Level, days: int, why: str
) -> dict[str, Any]:
    """One proposal of one value."""
    return {
        "register": slug, "row": row["id"], "kind": str(Kind.CHANGE), "before": {name: row[name]},
        "after": {name: value}, "decider": int(decider), "why": why, "by": by, "at": moment(days, 9),
    }  # fmt: skip


def stewards(users: dict[str, User]) -> Iterator[Draft]:
    """A few registers that somebody was named to keep."""
    found = [
        Steward(register=slug, area=area, user=users[county_login(area)], since=date(2023, 9, 1))
        for slug, area in STEWARDS
        if county_login(area) in users
    ]
    for one in Steward.objects.bulk_create(found):
        yield made(one, by=users["bangongshi"], at=moment(121, 15), why="指定台账员")


def confirmed(city: City, users: dict[str, User], moments: Sequence[datetime]) -> Iterator[Draft]:
    """Confirmations fresh, due and badly late; schools without a login in the demonstration have none."""
    rows = []
    for number, user in enumerate(keepers(city, users)):
        for place, (register, unit) in enumerate(own_units(Asker(user, moment(0)), on=AS_OF)):
            days = AGES[(3 * number + place) % len(AGES)]
            if not days or (level_of_units(register) is Level.CITY and unit.key != the_city().key):
                continue
            at = moment(days, 11)
            rows.append(
                Confirmation(
                    register=register.slug, area=unit.area, school=unit.school, by=user, at=at,
                    rows=held_in(city, register.slug, unit.area, unit.school), changed=(number + place) % 5,
                    entry=bisect_right(moments, at),
                )
            )  # fmt: skip
    rows.sort(key=lambda one: one.at)
    once = {(one.register, one.area, one.school, one.at): one for one in rows}
    for one in Confirmation.objects.bulk_create(once.values()):
        yield made(one, by=one.by, at=one.at, why="确认本台账")


def keepers(city: City, users: dict[str, User]) -> list[User]:
    """One login for each unit: the counties, the two principals, one section of the city."""
    roles = {Role.COUNTY_OFFICER, Role.PRINCIPAL}
    return [users[one.username] for one in logins(city) if one.role in roles or one.username == "jijiao"]


def held_in(city: City, slug: str, area: str, school: int | None) -> int:
    """How many rows of a register a unit had; counted in the frames, as far as these know the place."""
    frame = city.get(every_register()[slug].slug)
    if frame is None:
        return 0
    if "until" in frame.columns:
        frame = frame.filter(pl.col("until").is_null())
    if school is not None and "school" in frame.columns:
        return frame.filter(pl.col("school") == school).height
    return (
        frame.filter(pl.col("area").str.starts_with(area)).height if "area" in frame.columns else frame.height
    )
