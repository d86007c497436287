"""One maker a model: a row that is in order, with whatever a test says otherwise."""

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.areas.models import Area
from junheng.domains.kindergartens.models import Kindergarten, Nature, Recognition
from junheng.domains.people.models import Person
from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.domains.waters.models import Assignment, Water
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role

AT = datetime(2024, 1, 10, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""The moment at which everybody in these tests acts."""
BEGUN = date(2020, 9, 1)
_numbers = count(1)


def areas() -> dict[str, Area]:
    """The city, two counties, and a township in each."""
    rows = [
        Area(code="4108", name="焦作市", kind="city"),
        Area(code="410802", name="解放区", kind="county", city_centre=True),
        Area(code="410811", name="山阳区", kind="county", city_centre=True),
        Area(code="410802001", name="民生街道", kind="township"),
        Area(code="410811001", name="东方红街道", kind="township"),
    ]
    Area.objects.bulk_create(rows)
    return {row.code: row for row in rows}


def user(role: Role, *, area: str = "4108", school: School | None = None) -> User:
    """Somebody with one role over one area, or in one school."""
    somebody = User.objects.create(username=f"{role}-{next(_numbers)}")
    Grant.objects.create(
        user=somebody, role=role, area=area, school=school.pk if school else None, since=BEGUN
    )
    return somebody


def school(**given: Any) -> School:
    number = next(_numbers)
    facts: dict[str, Any] = {
        "code": f"2141{number:06d}",
        "name": f"示例第{number}小学",
        "area_id": "410802",
        "kind": "primary",
        "nature": "public",
        "location": "urban",
        "since": BEGUN,
    }
    return School.objects.create(**facts | given)


def school_class(of: School, **given: Any) -> SchoolClass:
    facts: dict[str, Any] = {
        "school": of,
        "area_id": of.area_id,
        "stage": "primary",
        "grade": 3,
        "number": next(_numbers) % 30000,
        "since": BEGUN,
    }
    return SchoolClass.objects.create(**facts | given)


def household(**given: Any) -> Household:
    return Household.objects.create(**{"code": f"H{next(_numbers):06d}", "area_id": "410802"} | given)


def pupil(of: SchoolClass, **given: Any) -> Pupil:
    facts: dict[str, Any] = {
        "code": f"L410802{next(_numbers):012d}",
        "name": "示例学生",
        "sex": 1,
        "born_on": date(2014, 3, 1),
        "school": of.school,
        "school_class": of,
        "area_id": of.area_id,
        "home_area_id": of.area_id,
        "stage": of.stage,
        "grade": of.grade,
        "since": BEGUN,
    }
    return Pupil.objects.create(**{"household": given.pop("household", None) or household()} | facts | given)


def kindergarten(*, nature: str = "private", **given: Any) -> Kindergarten:
    number = next(_numbers)
    facts: dict[str, Any] = {
        "code": f"1141{number:06d}",
        "name": f"示例第{number}幼儿园",
        "area_id": "410802",
        "location": "urban",
        "capacity": 270,
        "since": BEGUN,
    }
    row = Kindergarten.objects.create(**facts | given)
    Nature.objects.create(kindergarten=row, area_id=row.area_id, nature=nature, since=row.since)
    return row


def application(of: Kindergarten, **given: Any) -> Recognition:
    facts: dict[str, Any] = {
        "kindergarten": of,
        "area_id": of.area_id,
        "kind": "first",
        "applied_on": date(2023, 9, 1),
    }
    return Recognition.objects.create(**facts | given)


def person(**given: Any) -> Person:
    facts: dict[str, Any] = {
        "code": f"P{next(_numbers):05d}",
        "name": "示例责任人",
        "area_id": "410802001",
        "post": "街道副主任",
        "since": BEGUN,
    }
    return Person.objects.create(**facts | given)


def water(**given: Any) -> Water:
    facts: dict[str, Any] = {
        "code": f"W{next(_numbers):05d}",
        "name": "示例河段",
        "area_id": "410802001",
        "kind": "river",
        "risk": "high",
        "since": BEGUN,
    }
    return Water.objects.create(**facts | given)


def assignment(of: Water, to: Person, **given: Any) -> Assignment:
    facts: dict[str, Any] = {
        "water": of,
        "person": to,
        "area_id": of.area_id,
        "level": "township",
        "since": BEGUN,
    }
    return Assignment.objects.create(**facts | given)
