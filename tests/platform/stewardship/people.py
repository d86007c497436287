"""People of one school, one county and the city, and forms as they send them."""

from typing import Any

from django.test import Client

from junheng.domains.schools.models import School
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests import cast
from tests.makers.rows import CITY, HERE, THERE


def head_of(school: School) -> User:
    return cast.somebody(Role.PRINCIPAL, area=school.area_id, school=school)


def county(area: str = HERE) -> User:
    return cast.somebody(Role.COUNTY_OFFICER, area=area)


def section() -> User:
    return cast.somebody(Role.CITY_SECTION, area=CITY)


def elsewhere() -> User:
    return cast.somebody(Role.COUNTY_OFFICER, area=THERE)


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def edit(user: User, row: Any, slug: str = "schools", **values: Any) -> Any:
    """Open the form of a row, change some values, send it."""
    client = at_desk(user)
    page = f"/registers/{slug}/{row.pk}/edit/"
    opened = client.get(page)
    form = {bound.name: bound.value() for bound in opened.context["form"]}
    sent = {name: "" if value is None else value for name, value in form.items()}
    return client.post(page, sent | {"version": opened.context["version"], "why": "批复更名"} | values)


def decide(user: User, *numbers: int, choice: str = "approve", why: str = "") -> Any:
    return at_desk(user).post("/stewardship/decide/", {"number": numbers, "choice": choice, "why": why})
