"""Writing by hand: reasons, scope, two people at one row, ends, and masks."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from junheng.domains.pupils.models import Household
from junheng.domains.schools.models import School
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests import cast
from tests.makers import areas, make
from tests.makers.rows import BEGUN, HERE, THERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> Any:
    user = cast.somebody(Role.COUNTY_OFFICER)
    client.force_login(user)
    return user


def opened(client: Client, page: str) -> dict[str, Any]:
    """The form as it stands, ready to be sent back."""
    answer = client.get(page)
    values = {bound.name: bound.value() for bound in answer.context["form"]}
    return {name: "" if value is None else value for name, value in values.items()} | {
        "version": answer.context["version"],
        "why": "更正错误",
    }


def test_an_edit_needs_a_reason(client: Client, officer: Any) -> None:
    school = make(School, name="甲校")
    page = f"/registers/schools/{school.pk}/edit/"
    answer = client.post(page, opened(client, page) | {"name": "乙校", "why": " "})
    assert answer.status_code == 422
    assert "请填写事由" in answer.content.decode()
    school.refresh_from_db()
    assert school.name == "甲校"
    assert not Entry.objects.exists()


def test_a_wrong_value_is_told_at_its_field_and_nothing_is_saved(client: Client, officer: Any) -> None:
    school = make(School)
    page = f"/registers/schools/{school.pk}/edit/"
    answer = client.post(page, opened(client, page) | {"since": "2023-13-40", "kind": "castle"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"since", "kind"}
    assert not Entry.objects.exists()


def test_a_row_cannot_be_moved_out_of_the_scope(client: Client, officer: Any) -> None:
    school = make(School)
    areas()
    page = f"/registers/schools/{school.pk}/edit/"
    answer = client.post(page, opened(client, page) | {"area": THERE})
    assert answer.status_code == 422
    assert "不在您的权限范围内，没有保存" in answer.content.decode()
    school.refresh_from_db()
    assert school.area_id == HERE
    assert not Entry.objects.exists()


def test_nothing_changed_is_nothing_done(client: Client, officer: Any) -> None:
    school = make(School, phone="0391-1234567")
    page = f"/registers/schools/{school.pk}/edit/"
    assert client.post(page, opened(client, page)).status_code == 302
    assert not Entry.objects.exists()


def test_two_people_edit_different_fields_and_both_stand(client: Client, officer: Any) -> None:
    school = make(School, name="甲校", address="旧路1号")
    page = f"/registers/schools/{school.pk}/edit/"
    mine = opened(client, page) | {"address": "新路2号"}
    other = Client()
    other.force_login(cast.somebody(Role.COUNTY_OFFICER))
    assert other.post(page, opened(other, page) | {"name": "乙校"}).status_code == 302
    answer = client.post(page, mine)
    assert answer.status_code == 409
    shown = {
        one.label: (one.before, one.now, one.entered, one.clash)
        for one in answer.context["merged"].differences
    }
    assert shown == {"校名": ("甲校", "乙校", "", False), "地址": ("旧路1号", "旧路1号", "新路2号", False)}
    school.refresh_from_db()
    assert (school.name, school.address) == ("乙校", "旧路1号")
    proposed = {bound.name: bound.value() or "" for bound in answer.context["form"]}
    again = client.post(page, proposed | {"version": answer.context["version"], "why": "合并"})
    assert again.status_code == 302
    school.refresh_from_db()
    assert (school.name, school.address) == ("乙校", "新路2号")
    assert verify() is None


def test_two_people_edit_one_field_and_somebody_must_choose(client: Client, officer: Any) -> None:
    school = make(School, name="甲校", address="旧路1号")
    page = f"/registers/schools/{school.pk}/edit/"
    mine = opened(client, page) | {"name": "丙校", "address": "新路2号"}
    other = Client()
    other.force_login(cast.somebody(Role.COUNTY_OFFICER))
    other.post(page, opened(other, page) | {"name": "乙校", "address": "新路2号"})
    answer = client.post(page, mine)
    assert answer.status_code == 409
    shown = {
        one.label: (one.before, one.now, one.entered, one.clash)
        for one in answer.context["merged"].differences
    }
    assert shown == {"校名": ("甲校", "乙校", "丙校", True), "地址": ("旧路1号", "新路2号", "新路2号", False)}
    assert answer.context["form"]["name"].value() == "丙校"
    assert "冲突，请选定" in answer.content.decode()
    school.refresh_from_db()
    assert school.name == "乙校"


def test_a_form_without_a_version_is_refused(client: Client, officer: Any) -> None:
    school = make(School)
    page = f"/registers/schools/{school.pk}/edit/"
    answer = client.post(page, opened(client, page) | {"version": "x"})
    assert (answer.status_code, answer["X-Refusal"]) == (400, "bad-version")


def test_a_masked_value_sent_back_stays_what_it_is(client: Client, officer: Any) -> None:
    household = make(Household, phone="13900001234", guardian="王小明", address="某路1号")
    page = f"/registers/households/{household.pk}/edit/"
    form = opened(client, page)
    assert (form["phone"], form["guardian"]) == ("139****1234", "王**")
    assert client.post(page, form | {"address": "某街2号院"}).status_code == 302
    household.refresh_from_db()
    assert (household.phone, household.guardian, household.address) == ("13900001234", "王小明", "某街2号院")


def test_a_form_shown_again_keeps_its_masks(client: Client, officer: Any) -> None:
    household = make(Household, phone="13900001234", guardian="王小明")
    page = f"/registers/households/{household.pk}/edit/"
    form = opened(client, page)
    wrong = client.post(page, form | {"why": ""})
    assert wrong.status_code == 422
    other = Client()
    other.force_login(cast.somebody(Role.COUNTY_OFFICER))
    other.post(page, opened(other, page) | {"guardian": "李大华"})
    clash = client.post(page, form | {"address": "某街2号院"})
    assert clash.status_code == 409
    for text in (wrong.content.decode(), clash.content.decode()):
        assert not [value for value in ("13900001234", "王小明", "李大华") if value in text]
    proposed = {bound.name: bound.value() or "" for bound in clash.context["form"]}
    client.post(page, proposed | {"version": clash.context["version"], "why": "合并"})
    household.refresh_from_db()
    assert (household.phone, household.guardian, household.address) == ("13900001234", "李大华", "某街2号院")


def test_history_shows_who_and_why_and_masks_what_is_sensitive(client: Client, officer: Any) -> None:
    household = make(Household, phone="13900001234")
    page = f"/registers/households/{household.pk}/edit/"
    client.post(page, opened(client, page) | {"phone": "13811112222"})
    text = client.get(f"/registers/households/{household.pk}/history/").content.decode()
    assert "县（市、区）教育局" in text
    assert "更正错误" in text
    assert "139****1234" in text
    assert "138****2222" in text
    assert "13811112222" not in text


def test_a_new_row_lies_in_the_scope_or_is_not_made(client: Client, officer: Any) -> None:
    areas()
    form = {
        "code": "2141000009",
        "name": "新校",
        "kind": "primary",
        "nature": "public",
        "location": "urban",
        "boarding": "否",
        "since": "2024-09-01",
        "why": "新设",
    }
    refused = client.post("/registers/schools/new/", form | {"area": THERE})
    assert refused.status_code == 422
    assert not School.objects.exists()
    assert not Entry.objects.exists()
    assert client.post("/registers/schools/new/", form | {"area": HERE}).status_code == 302
    school = School.objects.get()
    entry = Entry.objects.get()
    assert (entry.verb, entry.row, entry.who, entry.why) == ("create", school.pk, officer.username, "新设")


def test_a_row_is_ended_not_deleted(client: Client, officer: Any) -> None:
    school = make(School)
    page = f"/registers/schools/{school.pk}/end/"
    early = client.post(page, {"until": BEGUN.isoformat(), "why": "撤并"})
    assert (early.status_code, early["X-Refusal"]) == (400, "bad-end")
    assert client.post(page, {"until": "yesterday", "why": "撤并"})["X-Refusal"] == "bad-day"
    assert client.post(page, {"until": "2024-09-01", "why": ""})["X-Refusal"] == "why-missing"
    assert client.post(page, {"until": "2024-09-01", "why": "撤并"}).status_code == 302
    school.refresh_from_db()
    assert school.until == date(2024, 9, 1)
    assert Entry.objects.get().verb == "retire"


def test_who_may_look_may_not_therefore_write(client: Client) -> None:
    school = make(School)
    client.force_login(cast.somebody(Role.AUDITOR))
    assert client.get(f"/registers/schools/{school.pk}/").status_code == 200
    for page in (
        f"/registers/schools/{school.pk}/edit/",
        "/registers/schools/new/",
        "/registers/schools/import/",
        "/registers/schools/export/",
    ):
        assert client.get(page).status_code == 403
    assert client.post(f"/registers/schools/{school.pk}/unmask/", {"why": "x"}).status_code == 403
