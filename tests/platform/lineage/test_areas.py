"""What becomes of places: a name changes, one county goes up in another, and who sees what afterwards."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from junheng.domains.areas.actions import merge_area, recode_area, rename_area
from junheng.domains.areas.models import Area
from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.pupils.models import Child
from junheng.domains.schools.models import School
from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.lineage.actions import take_back
from junheng.platform.lineage.models import Succession
from junheng.platform.registers import every_register
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE, areas

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PAPER = {"on": date(2024, 3, 1), "number": "示例〔2024〕2号", "at": AT, "why": "区划调整"}


def test_a_merged_county_keeps_its_code_and_its_heir_sees_it() -> None:
    places = areas()
    city = cast.somebody(Role.CITY_SECTION, area=CITY)
    heir, old = (cast.somebody(Role.COUNTY_OFFICER, area=area) for area in (HERE, THERE))
    school = make(School, where=THERE)
    schools = every_register()["schools"]
    for officer, sees in ((heir, False), (old, True)):
        assert cast.asker(officer).within(School.objects.all(), schools, "view").exists() is sees
    merge_area(places[THERE], places[HERE], by=city, **PAPER)  # type: ignore[arg-type]
    school.refresh_from_db()
    assert school.area_id == THERE
    assert set(Area.objects.exclude(until=None).values_list("pk", flat=True)) == {THERE, f"{THERE}001"}
    for officer in (heir, old):
        del officer.grants_by_day
        assert cast.asker(officer).within(School.objects.all(), schools, "change").exists()
    take_back(Succession.objects.get(), by=city, at=AT, why="登记有误")
    assert not Area.objects.exclude(until=None).exists()
    assert set(heir.grants.values_list("area", "until")) == {(HERE, None), (THERE, date(2024, 3, 7))}


def test_only_the_city_merges_counties_and_only_of_one_level() -> None:
    places = areas()
    city = cast.somebody(Role.CITY_SECTION, area=CITY)
    officer = cast.somebody(Role.COUNTY_OFFICER, area=HERE)
    cast.grant(officer, Role.COUNTY_OFFICER, area=THERE)
    with pytest.raises(NotAllowed, match="由上一级办理"):
        merge_area(places[THERE], places[HERE], by=officer, **PAPER)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="同一层级"):
        merge_area(places[f"{THERE}001"], places[HERE], by=city, **PAPER)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="不能与自己合并"):
        merge_area(places[THERE], places[THERE], by=city, **PAPER)  # type: ignore[arg-type]
    assert not Succession.objects.exists()


def test_a_recoded_county_goes_on_under_another_code() -> None:
    places = areas()
    city = cast.somebody(Role.CITY_SECTION, area=CITY)
    officer, warden = (
        cast.somebody(Role.COUNTY_OFFICER, area=THERE),
        cast.somebody(Role.TOWNSHIP_WARDEN, area=f"{THERE}001"),
    )
    school = make(School, where=THERE)
    new = "410899"
    for code, reason in (
        ("4108990", "位数"),
        ("41089x", "位数"),
        (HERE, "已经使用"),
        ("410999", "由上一级办理"),
    ):
        with pytest.raises(Refusal, match=reason):
            recode_area(places[THERE], code=code, by=city, **PAPER)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="由上一级办理"):
        recode_area(places[THERE], code=new, by=officer, **PAPER)  # type: ignore[arg-type]
    fresh = recode_area(places[THERE], code=new, by=city, **PAPER)  # type: ignore[arg-type]
    assert (fresh.name, fresh.kind, fresh.until) == (places[THERE].name, "county", None)
    assert set(Area.objects.exclude(until=None).values_list("pk", flat=True)) == {THERE, f"{THERE}001"}
    assert set(Succession.objects.values_list("predecessor", "successor", "kind")) == {
        (THERE, new, "recode"), (f"{THERE}001", f"{new}001", "recode"),
    }  # fmt: skip
    school.refresh_from_db()
    assert school.area_id == THERE, "what was recorded stays under its code"
    young = make(School, where=new)
    for one in (officer, User.objects.get(pk=officer.pk)):
        one.__dict__.pop("grants_by_day", None)
        seen = cast.asker(one).within(School.objects.all(), every_register()["schools"], "change")
        assert {school.pk, young.pk} <= set(seen.values_list("pk", flat=True))
    assert set(warden.grants.values_list("area", flat=True)) == {f"{THERE}001", f"{new}001"}
    with pytest.raises(Refusal, match="已于"):
        recode_area(places[THERE], code="410898", by=city, **PAPER)  # type: ignore[arg-type]
    School.objects.filter(pk=young.pk).delete()
    take_back(Succession.objects.get(predecessor=f"{THERE}001"), by=city, at=AT, why="登记有误")
    assert set(Area.objects.exclude(until=None).values_list("pk", flat=True)) == {new, f"{new}001"}
    assert not Succession.objects.filter(withdrawn_on=None).exists()


def test_a_renamed_county_keeps_its_code(client: Client) -> None:
    places = areas()
    city = cast.somebody(Role.CITY_SECTION, area=CITY)
    rename_area(places[HERE], name="新解放区", by=city, **PAPER)  # type: ignore[arg-type]
    client.force_login(city)
    page = client.get(reverse("registers:detail", args=["areas", HERE])).content.decode()
    assert "新解放区" in page
    assert "解放区（410802）" in page


def test_kindergartens_merge_on_their_pages(client: Client) -> None:
    officer = cast.somebody(Role.COUNTY_OFFICER, area=HERE)
    heir, gone = make(Kindergarten), make(Kindergarten)
    child = make(Child, kindergarten=gone)
    client.force_login(officer)
    given = {"heir": heir.code, "on": "2024-03-01", "number": "1号", "why": "布局调整", "checked": "on"}
    sent = client.post(reverse("deeds:do", args=["kindergartens", gone.pk, "close"]), given)
    assert sent.status_code == 302, sent.context["form"].errors
    child.refresh_from_db()
    gone.refresh_from_db()
    assert (child.kindergarten_id, gone.until) == (heir.pk, date(2024, 3, 1))
