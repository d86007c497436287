"""Where several schools share a catchment, and where a catchment is only drawn on the map: what a family is shown."""

import re

from django.test import Client

from junheng.domains.intakes.models import Catchment, Intake, PlanSchool
from junheng.domains.registrations.models import Application
from junheng.domains.registrations.queries.rules import said_address
from tests.domains.registrations import season
from tests.domains.registrations.season import form
from tests.domains.registrations.walking import fill, send

X, Y = 113_200_000, 35_200_000


def begun(intake: Intake) -> Client:
    """A family that begins once the plan is as the test wants it."""
    client = Client()
    assert client.post(f"/registrations/intakes/{intake.code}/start/").status_code == 302
    return client


def choices(page: str) -> list[str]:
    """The schools that are filled in on step 4."""
    return re.findall(r'value="(\d+)" selected', page)


def test_the_schools_of_a_shared_catchment_are_filled_in_to_begin_with(intake: Intake) -> None:
    PlanSchool.objects.filter(school__code__in=[season.code(0), season.code(2)]).update(zone="东片")
    family = begun(intake)
    fill(family, form(choice1="", choice2=""), 1, 2, 3)
    page = family.get("/registrations/step/4/").content.decode()
    assert choices(page) == [season.code(0), season.code(2)]
    assert "由 <b>甲小学、丙小学</b> 共用" in page
    shown = family.post("/registrations/catchment/", {"street": "文昌路", "number": "11"}).content.decode()
    assert "共用片区“东片”" in shown
    assert fill(family, form(choice1="", choice2=""), 4).status_code == 422
    assert choices(family.get("/registrations/step/4/?check").content.decode()) == [], (
        "what was emptied stays empty"
    )
    fill(family, form(choice1=season.code(2), choice2=season.code(3)), 4)
    assert choices(family.get("/registrations/step/4/").content.decode()) == [season.code(2), season.code(3)]
    assert "甲小学、丙小学" in family.get("/registrations/step/5/").content.decode()
    answer = send(family)
    assert answer.status_code == 303
    assert "<dd>甲小学、丙小学</dd>" in family.get(answer["Location"]).content.decode()
    row = Application.objects.get()
    assert row.catchment_school is not None
    assert row.catchment_school.name == "甲小学"


def test_a_catchment_that_is_only_on_the_map_is_found_by_the_place(intake: Intake) -> None:
    ring = [[X, Y], [X + 10_000, Y], [X + 10_000, Y + 10_000], [X, Y + 10_000]]
    plan = PlanSchool.objects.get(school__code=season.code(2))
    Catchment.objects.create(plan_school=plan, area_id=plan.area_id, outline=ring)
    family = begun(intake)
    assert "地图位置" in family.get("/registrations/step/2/").content.decode()
    lane = {"street": "无名巷", "number": "1", "point": "113.205,35.205"}
    assert "丙小学" in family.post("/registrations/catchment/", lane).content.decode()
    known = lane | {"street": "文昌路", "number": "11"}
    assert "甲小学" in family.post("/registrations/catchment/", known).content.decode(), (
        "the number goes first"
    )
    wrong = family.post("/registrations/step/2/", form() | {"point": "我家", "go": "next"})
    assert "经度和纬度" in wrong.content.decode()
    family.post("/registrations/step/2/", form() | lane | {"go": "next"})
    fill(family, form(), 1, 3, 4)
    assert "丙小学" in family.get("/registrations/step/5/").content.decode()
    assert send(family).status_code == 303
    row = Application.objects.get()
    assert row.catchment_school is not None
    assert row.catchment_school.code == season.code(2)
    assert said_address(lane) == "无名巷1号 @113.205,35.205"
