"""Pages of those who look at what came in: the day, one record, versions side by side, choosing, what waits."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from junheng.domains.fieldwork.desk.waiting import answers_waiting, versions_waiting
from junheng.domains.fieldwork.models import FieldRecord
from junheng.domains.patrols.models import Check
from junheng.domains.waters.models import Water
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import lines
from tests.domains import makers
from tests.domains.fieldwork.bank import Phone


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def county(places: Any, clock: Any) -> User:
    return makers.user(Role.COUNTY_OFFICER, area="410802")


def both(phone: Phone, water: Water) -> str:
    """A record in two versions."""
    record = phone.record(water)
    phone.sync(record)
    phone.sync(record | {"hazard": "护栏缺口", "severity": "general", "base": 1})
    phone.sync(record | {"hazard": "救生圈缺失", "severity": "serious", "base": 1})
    return str(record["id"])


def test_the_day_lists_its_records_with_what_was_asked(phone: Phone, water: Water, county: User) -> None:
    phone.sync(phone.record(water, signs={"mock": True}), phone.record(water, ago=timedelta(days=1)))
    page = signed_in(county).get("/fieldwork/").content.decode()
    assert page.count("赵水生") == 1
    assert "1 个待说明" in page
    assert "赵水生" in signed_in(county).get("/fieldwork/?day=2024-06-11").content.decode()
    assert "2024-06-01 没有外勤记录" in signed_in(county).get("/fieldwork/?day=2024-06-01").content.decode()
    assert "赵水生" in signed_in(county).get("/fieldwork/?show=asked").content.decode()
    assert signed_in(county).get("/fieldwork/?day=tomorrow").status_code == 400


def test_who_sees_the_pages(phone: Phone, water: Water, county: User) -> None:
    record = phone.record(water)
    phone.sync(record)
    page = f"/fieldwork/records/{record['id']}/"
    for role, area, status in (
        (Role.CITY_SECTION, "4108", 200), (Role.CITY_LEADER, "4108", 200), (Role.AUDITOR, "4108", 200),
        (Role.COUNTY_OFFICER, "410811", 404), (Role.CLASS_TEACHER, "410802", 403), (Role.TIP_OFFICER, "4108", 403),
    ):  # fmt: skip
        assert signed_in(makers.user(role, area=area)).get(page).status_code == status, role
    assert signed_in(county).get(page).status_code == 200
    assert phone.client.get(page).status_code == 200, "one's own"
    assert Client().get(page).status_code == 302
    assert signed_in(county).get("/fieldwork/records/nothing/").status_code == 404


def test_versions_stand_side_by_side_and_one_is_chosen(phone: Phone, water: Water, county: User) -> None:
    uuid = both(phone, water)
    client = signed_in(county)
    page = client.get(f"/fieldwork/records/{uuid}/").content.decode()
    assert page.index("救生圈缺失") != page.index("护栏缺口")
    assert "采用第 2 版" in page
    assert "采用第 3 版" in page
    assert "采用第 1 版" not in page, "what was replaced before is not offered"
    assert [one.count for one in lines(versions_waiting(Asker(county, phone.clock.at)))] == [1]
    refused = client.post(f"/fieldwork/records/{uuid}/choose/", {"version": "3", "why": " "})
    assert refused["X-Refusal"] == "choice-without-reason"
    done = client.post(f"/fieldwork/records/{uuid}/choose/", {"version": "3", "why": "与现场照片一致"})
    assert done.status_code == 302
    assert Check.objects.get().hazard == "救生圈缺失"
    assert FieldRecord.objects.get().state == "kept"
    deed = Entry.objects.filter(table="fieldwork.fieldrecord", verb="deed").latest("id")
    assert (deed.who, deed.why) == (county.username, "与现场照片一致")
    again = client.post(f"/fieldwork/records/{uuid}/choose/", {"version": "2", "why": "改主意"})
    assert (again.status_code, again["X-Refusal"]) == (409, "version-chosen")
    assert lines(versions_waiting(Asker(county, phone.clock.at))) == []


def test_the_person_who_was_there_chooses_too_and_an_auditor_does_not(phone: Phone, water: Water) -> None:
    uuid = both(phone, water)
    auditor = signed_in(makers.user(Role.AUDITOR, area="4108"))
    refused = auditor.post(f"/fieldwork/records/{uuid}/choose/", {"version": "2", "why": "看看"})
    assert (refused.status_code, refused["X-Refusal"]) == (403, "version-not-yours")
    assert "采用第 2 版" not in auditor.get(f"/fieldwork/records/{uuid}/").content.decode()
    for wrong, code in (("", "no-version-named"), ("9", "no-such-version"), ("1", "no-such-version")):
        answer = phone.client.post(f"/fieldwork/records/{uuid}/choose/", {"version": wrong, "why": "试"})
        assert answer["X-Refusal"] == code
    assert (
        phone.client.post(
            f"/fieldwork/records/{uuid}/choose/", {"version": "2", "why": "先改的对"}
        ).status_code
        == 302
    )
    assert Check.objects.get().hazard == "护栏缺口"


def test_what_waits_for_an_answer_is_on_the_first_page_of_who_was_there(
    phone: Phone, water: Water, county: User
) -> None:
    phone.sync(phone.record(water, signs={"mock": True}))
    assert [one.count for one in lines(answers_waiting(Asker(phone.user, phone.clock.at)))] == [1]
    assert lines(answers_waiting(Asker(county, phone.clock.at))) == []


def test_a_script_in_a_hazard_is_shown_as_words(phone: Phone, water: Water, county: User) -> None:
    record = phone.record(water, hazard="<script>alert(1)</script>", severity="general")
    phone.sync(record)
    page = signed_in(county).get(f"/fieldwork/records/{record['id']}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
