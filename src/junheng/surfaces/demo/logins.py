"""The demonstration logins: one for each role and level, with the rights they hold."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from junheng.platform.access.roles import Role
from junheng.surfaces.demo.city.areas import CITY
from junheng.surfaces.demo.city.officials import COUNTY_POST, TOWNSHIP_POST
from junheng.surfaces.demo.city.visits import room_of_the_teacher
from junheng.surfaces.demo.frames import City

SINCE = "2020-01-01"
DAY = date(2023, 12, 31)
"""The day of the demonstration."""
SECTIONS = {
    "deyu": "德育科", "xueqian": "学前教育科", "jijiao": "基础教育科", "fazhan": "发展规划科", "anquan": "安全科",
    "caiwu": "财务科", "jianguan": "校外监管科", "zhaoban": "招办",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody who can log in, and the one role this login shows."""

    username: str
    display_name: str
    role: Role
    area: str
    school: int | None = None
    school_class: int | None = field(default=None)
    kindergarten: int | None = None
    person: int | None = None
    """The official in the register of people whose account this is."""


CITY_AID = "zizhu"
"""The login of the city's centre of student aid."""


def county_aid(code: str) -> str:
    """The login name of a county's centre of student aid; the first county has one."""
    return f"{CITY_AID}-{code}"


def county_login(code: str) -> str:
    """The login name of a county's education bureau."""
    return f"xian-{code}"


def logins(city: City) -> list[Login]:
    """All demonstration logins, the city's first."""
    return [
        *_city(),
        *_counties(city),
        *_schools(city),
        *_wardens(city),
        *_tips(),
        *_inspectors(city),
        *_kindergartens(city),
    ]


def _city() -> Iterator[Login]:
    yield Login("juzhang", "市教育局局长（演示）", Role.CITY_LEADER, CITY)
    yield Login("bangongshi", "市教育局办公室（演示）", Role.CITY_OFFICE, CITY)
    for username, name in SECTIONS.items():
        yield Login(username, f"市教育局{name}（演示）", Role.CITY_SECTION, CITY)
    yield Login(CITY_AID, "市学生资助中心（演示）", Role.AID_OFFICER, CITY)
    yield Login("fengcun", "市级封存台账专员（演示）", Role.SEALED_OFFICER, CITY)
    yield Login("shenji", "审计员（演示）", Role.AUDITOR, CITY)
    yield Login("zhanghao", "市级账号管理员（演示）", Role.ACCOUNT_ADMIN, CITY)


def _counties(city: City) -> Iterator[Login]:
    counties = city["areas"].filter(pl.col("kind") == "county")
    for code, name in counties.select("code", "name").iter_rows():
        yield Login(county_login(code), f"{name}教育局（演示）", Role.COUNTY_OFFICER, code)
    code, name = counties.sort("code").select("code", "name").row(0)
    yield Login(f"zhanghao-{code}", f"{name}账号管理员（演示）", Role.ACCOUNT_ADMIN, code)
    yield Login(county_aid(code), f"{name}学生资助中心（演示）", Role.AID_OFFICER, code)


def _schools(city: City) -> Iterator[Login]:
    """The principals of two schools of different counties; a class teacher and a psychologist of the first."""
    open_ = city["schools"].filter(pl.col("until").is_null() & (pl.col("kind") == "primary")).sort("id")
    for number, school in enumerate((open_.row(0, named=True), open_.row(open_.height // 2, named=True)), 1):
        name = f"{school['name']}校长（演示）"
        yield Login(f"xiaozhang{number}", name, Role.PRINCIPAL, school["area"], school["id"])
    first = open_.row(0, named=True)
    room = city["classes"].filter(pl.col("id") == room_of_the_teacher(city)).row(0, named=True)
    title = f"{first['name']}{room['grade']}年级{room['number']}班班主任（演示）"
    yield Login("banzhuren", title, Role.CLASS_TEACHER, first["area"], first["id"], room["id"])
    yield Login("xinli", f"{first['name']}心理教师（演示）", Role.PSYCHOLOGIST, first["area"], first["id"])
    working = city["carecases"].filter(pl.col("team").is_not_null()).sort("id")
    if working.height:  # of the school whose team works on the first open case
        other = city["schools"].filter(pl.col("id") == working["team"][0]).row(0, named=True)
        yield Login(
            "xinli2", f"{other['name']}心理教师（演示）", Role.PSYCHOLOGIST, other["area"], other["id"]
        )


def _wardens(city: City) -> Iterator[Login]:
    for username, post, role in (
        ("zhenbao", TOWNSHIP_POST, Role.TOWNSHIP_WARDEN),
        ("xianbao", COUNTY_POST, Role.COUNTY_WARDEN),
    ):
        person = (
            city["people"].filter((pl.col("post") == post) & pl.col("until").is_null()).row(0, named=True)
        )
        name = f"{person['name']}（{post}，演示）"
        yield Login(username, name, role, person["area"], person=person["id"])


def _tips() -> Iterator[Login]:
    yield Login("jubao", "举报受理员（演示）", Role.TIP_OFFICER, CITY)


def _inspectors(city: City) -> Iterator[Login]:
    """An inspector in each of the first two counties; both are in the library from which teams are drawn."""
    counties = city["areas"].filter(pl.col("kind") == "county").sort("code")
    for number, (code, name) in enumerate(counties.select("code", "name").head(2).iter_rows(), 1):
        yield Login(f"duxue{number}", f"{name}督学（演示）", Role.INSPECTOR, code)


def _kindergartens(city: City) -> Iterator[Login]:
    """Who runs a private kindergarten that is recognised as inclusive: the first of the city by place and code."""
    private = city["natures"].filter((pl.col("nature") == "private") & pl.col("until").is_null())
    held = city["recognitions"].filter(
        (pl.col("decision") == "recognised")
        & (pl.col("since") <= DAY)
        & (pl.col("until").is_null() | (pl.col("until") > DAY))
    )
    own = city["kindergartens"].filter(
        pl.col("until").is_null()
        & pl.col("id").is_in(private["kindergarten"].implode())
        & pl.col("id").is_in(held["kindergarten"].implode())
    )
    for one in own.sort("area", "code").head(1).iter_rows(named=True):
        name = f"{one['name']}园长（演示）"
        yield Login("yuanzhang1", name, Role.KINDERGARTEN, one["area"], kindergarten=one["id"])
