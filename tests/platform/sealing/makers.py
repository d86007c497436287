"""Rows with something to seal, and a look at what the database really holds."""

from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from junheng.domains.areas.models import Area
from junheng.domains.pupils.models import Household, Pupil
from junheng.platform.audit.save import save_row
from tests.domains import makers

AT = datetime(2024, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_numbers = count(1)


def a_household(**given: Any) -> Household:
    facts = {"code": f"HS{next(_numbers):05}", "area_id": a_county().pk, "guardian": "某某"} | given
    made = Household(**facts)
    save_row(made, by="tester", at=AT, why="登记")
    return made


def a_pupil(**given: Any) -> Pupil:
    a_county()
    room = makers.school_class(makers.school())
    facts = {
        "code": f"L41080201{next(_numbers):010}", "name": "示例学生", "sex": 1, "born_on": date(2014, 3, 1),
        "household": given.pop("household", None) or a_household(), "school": room.school, "school_class": room,
        "area_id": "410802", "home_area_id": "410802", "stage": "primary", "grade": 3, "since": date(2020, 9, 1),
    }  # fmt: skip
    made = Pupil(**(facts | given))
    save_row(made, by="tester", at=AT, why="登记")
    return made


def a_county() -> Area:
    return Area.objects.get_or_create(code="410802", defaults={"name": "解放区", "kind": "county"})[0]


def raw(table: str, column: str, pk: int) -> str:
    """What the database itself holds in one cell."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [pk])
        return str(cursor.fetchone()[0])
