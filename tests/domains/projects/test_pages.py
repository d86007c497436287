"""The pages of projects: the county sees sums and what is late, the school what is built there, anybody no money."""

from datetime import date

import pytest
from django.test import Client

from junheng.domains.projects.models import ProjectPayment
from junheng.domains.projects.terms import Step
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.looking import as_, text
from tests.domains.projects.made import planned, project, step


@pytest.fixture(autouse=True)
def on_a_day(settings) -> None:
    settings.JUNHENG_AS_OF = date(2023, 6, 15)


def test_a_project_from_its_plan_to_the_public_page() -> None:
    school = makers.school(name="示例第一小学")
    row = project(school=school, kind="extend", name="第一小学扩建项目", budget_fen=123_456_700)
    there = planned(upto=Step.COMPLETED, area_id="410811", name="山阳幼儿园新建项目", budget_fen=0)
    city, county = as_(makers.user(Role.CITY_SECTION)), as_(makers.user(Role.COUNTY_OFFICER, area="410802"))
    own = as_(makers.user(Role.PRINCIPAL, area="410802", school=school))
    address = f"/registers/projects/{row.pk}/"
    assert own.get(f"/registers/projects/{row.pk}/edit/").status_code == 403
    for slug in ("plan", "accept", "cancel"):
        assert own.get(f"/deeds/projects/{row.pk}/{slug}/").status_code == 403
    page = text(county.get(address))
    assert "还没有节点计划" in page
    assert f"/deeds/projects/{row.pk}/plan/" in page
    days = {
        "initiated": "2023-01-10",
        "tender": "2023-02-10",
        "begun": "2023-03-01",
        "accepted": "2023-09-01",
    }
    assert county.post(f"/deeds/projects/{row.pk}/plan/", days | {"why": "批复"}).status_code == 302
    assert "逾期" in text(county.get("/projects/overview/?state=late"))
    first = step(row, Step.INITIATED)
    reached = {"on": "2023-01-12", "number": "发改〔2023〕7号", "why": "批复"}
    assert county.post(f"/deeds/milestones/{first.pk}/reach/", reached).status_code == 302
    pay = {
        "project": row.code,
        "area": "410802",
        "number": "财建1号",
        "paid_on": "2023-05-01",
        "amount_fen": "5000.50",
    }
    assert own.post("/registers/projectpayments/new/", pay | {"why": "拨付"}).status_code == 403
    elsewhere = city.post("/registers/projectpayments/new/", pay | {"why": "拨付", "area": "410811"})
    assert "区划与项目的区划不同" in elsewhere.content.decode()
    assert county.post("/registers/projectpayments/new/", pay | {"why": "拨付"}).status_code == 302
    assert ProjectPayment.objects.get().amount_fen == 500_050
    page = text(county.get(address))
    assert "发改〔2023〕7号" in page
    assert "1,234,567.00" in page
    assert "5,000.50" in page
    assert f"/registers/projects/?school={school.pk}" in text(own.get(f"/registers/schools/{school.pk}/"))
    assert "第一小学扩建项目" in text(own.get(f"/registers/projects/?school={school.code}"))
    mine = text(county.get("/projects/overview/"))
    assert ("第一小学扩建项目" in mine, "山阳幼儿园新建项目" in mine) == (True, False)
    every = text(city.get("/projects/overview/?programme=kg_building&area=410811"))
    assert ("第一小学扩建项目" in every, "山阳幼儿园新建项目" in every) == (False, True)
    assert "个项目节点逾期" in text(county.get("/"))
    assert "个项目节点逾期" not in text(city.get("/"))
    anybody = Client()
    page = text(anybody.get("/projects/?year=2023"))
    assert "招标逾期（计划 2023-02-10）" in page
    assert there.name in page
    assert "1,234,567" not in page
    assert "5,000.50" not in page
    assert row.name not in text(anybody.get("/projects/?year=2022"))
    assert "没有找到" in text(anybody.get("/projects/?year=20x2&area=x&q=无此项目"))
    assert anybody.get("/projects/overview/").status_code == 302
