"""What is done beside the phone: the county hands in a photo for somebody, and who was there answers at the desk."""

from typing import Any

import pytest
from django.test import Client

from junheng.domains.fieldwork.models import FieldPhoto, FieldQuestion
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.fieldwork.bank import Phone, told, warden
from tests.makers.pictures import picture


def hand_in(client: Client, person: Any, data: bytes) -> Any:
    return client.patch(
        f"/fieldwork/photos/{told(data)['digest']}/?person={person}",
        data,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": "0", "Upload-Length": str(len(data))},
    )


@pytest.fixture
def desk(places: Any, clock: Any) -> Client:
    client = Client()
    client.force_login(makers.user(Role.COUNTY_OFFICER, area="410802"))
    return client


def test_the_county_hands_in_a_photo_for_somebody_of_its_own(
    phone: Phone, person: Person, water: Water, desk: Client
) -> None:
    data = picture(3)
    record = phone.record(water, photos=[told(data)])
    phone.sync(record)
    assert hand_in(desk, person.pk, data).status_code == 204
    photo = FieldPhoto.objects.get()
    assert (photo.person_id, photo.state) == (person.pk, "whole")
    seen = desk.head(f"/fieldwork/photos/{told(data)['digest']}/?person={person.pk}")
    assert seen["Upload-Offset"] == str(len(data))


def test_a_photo_of_somebody_elsewhere_is_not_taken(person: Person, desk: Client) -> None:
    away = warden(area="410811001", name="钱河边")
    for other in (away.pk, 0, 10**12, "x", "-1"):
        answer = hand_in(desk, other, picture(3))
        assert (answer.status_code, answer.json()["code"]) == (403, "not-yours")
    assert not FieldPhoto.objects.exists()


def test_handing_in_shows_nobody_a_picture(phone: Phone, person: Person, desk: Client) -> None:
    data = picture(3)
    assert hand_in(desk, person.pk, data).status_code == 204
    answer = desk.get(f"/fieldwork/photos/{told(data)['digest']}/?person={person.pk}")
    assert (answer.status_code, answer.json()["code"]) == (403, "no-person")


def asked(phone: Phone, water: Water) -> str:
    record = phone.record(water, signs={"mock": True})
    phone.sync(record)
    return str(record["id"])


def answer(client: Client, record: str, **given: str) -> Any:
    return client.post(f"/fieldwork/records/{record}/answer/", {"code": "mock"} | given)


def test_who_was_there_answers_at_the_desk_once(phone: Phone, water: Water) -> None:
    record = asked(phone, water)
    page = phone.client.get(f"/fieldwork/records/{record}/").content.decode()
    assert f'action="/fieldwork/records/{record}/answer/"' in page
    assert answer(phone.client, record, answer="开发者选项没有关。").status_code == 302
    question = FieldQuestion.objects.get(kind="mock")
    assert question.answer == "开发者选项没有关。"
    assert Entry.objects.filter(table="fieldwork.fieldquestion", row=question.pk, why="本人说明").count() == 1
    assert "/answer/" not in phone.client.get(f"/fieldwork/records/{record}/").content.decode()
    again = answer(phone.client, record, answer="改口。")
    assert (again.status_code, again["X-Refusal"]) == (409, "answered-already")
    question.refresh_from_db()
    assert question.answer == "开发者选项没有关。"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"answer": "  "}, "answer-missing"),
        ({"answer": "长" * 301}, "text-too-long"),
        ({"answer": "在。", "code": "far"}, "no-such-question"),
    ],
)
def test_what_is_no_answer_is_refused(phone: Phone, water: Water, given: dict[str, str], code: str) -> None:
    assert answer(phone.client, asked(phone, water), **given)["X-Refusal"] == code
    assert FieldQuestion.objects.filter(answered_at=None).count() == 1


def test_nobody_answers_for_somebody_else(phone: Phone, water: Water, desk: Client) -> None:
    record = asked(phone, water)
    assert "/answer/" not in desk.get(f"/fieldwork/records/{record}/").content.decode()
    assert answer(desk, record, answer="他在。")["X-Refusal"] == "answer-not-yours"
    assert FieldQuestion.objects.filter(answered_at=None).count() == 1
