"""Single records are answered before Django as the page answers them; whatever is not plain and good goes to the page."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, OperationalError

from junheng.domains.fieldwork.actions import keeping, together
from junheng.domains.fieldwork.actions.together import Letter, keep_letters
from junheng.domains.fieldwork.api import lane as lanes
from junheng.domains.fieldwork.api.lane import FEW, lane, letter_in
from junheng.domains.fieldwork.models import FieldPhoto, FieldQuestion, FieldRecord
from junheng.domains.patrols.models import Check
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from junheng.platform.accounts.moments import MUST_CHANGE, SEEN, SIGNED
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests.domains.fieldwork.bank import SYNC, Phone, river, told, warden
from tests.makers.pictures import picture

TOKEN = "b" * 32


class Asked:
    """One request through the lane: what it answered, or that the house got it."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.status, self.headers, self.passed_on = "", {}, b""
        self.body = b"".join(lane(environ, self.start, self.house))

    def start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)

    def house(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.passed_on = environ["wsgi.input"].read()
        start("200 OK", [])
        return [b""]

    @property
    def receipts(self) -> Any:
        return json.loads(self.body)["receipts"]


def environ(phone: Phone, *records: Any, **given: Any) -> dict[str, Any]:
    """What a phone sends, as the server hands it over."""
    message = {"device": "演示手机", "sent_at": phone.now.isoformat(), "records": list(records)}
    body = json.dumps(message | given).encode()
    cookies = phone.client.cookies
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": SYNC, "QUERY_STRING": "", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "HTTP_HOST": "testserver", "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": f"sessionid={cookies['sessionid'].value}; csrftoken={TOKEN}", "HTTP_X_CSRFTOKEN": TOKEN,
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
    }  # fmt: skip


def test_a_record_is_answered_without_the_house_as_the_house_would(phone: Phone, water: Water) -> None:
    data = picture(1)
    record = phone.record(
        water, photos=[told(data)], place={"lon": 113_300_000, "lat": 35_215_000, "accuracy": 9}
    )
    first, again = Asked(environ(phone, record)), Asked(environ(phone, record))
    assert (first.status, first.passed_on) == ("200 OK", b"")
    receipt = first.receipts[0]
    assert (receipt["state"], receipt["version"], receipt["missing"]) == ("kept", 1, [told(data)["digest"]])
    assert [one["code"] for one in receipt["questions"]] == ["far"]
    assert again.receipts[0]["state"] == "same"
    assert phone.sync(record)[0] == again.receipts[0], "the page says the same"
    page = phone.send({"device": "", "sent_at": phone.now.isoformat(), "records": [record]})
    for name in (
        "Content-Type",
        "Cache-Control",
        "Content-Language",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Referrer-Policy",
    ):
        assert first.headers[name] == page[name]
    assert "frame-ancestors 'none'" in first.headers["Content-Security-Policy"]
    assert FieldRecord.objects.get().device == "演示手机"
    assert {one.who for one in Entry.objects.filter(table="fieldwork.fieldrecord")} == {phone.user.username}
    assert verify() is None


def test_questions_are_asked_in_the_language_that_was_chosen(phone: Phone, water: Water) -> None:
    sent = environ(phone, phone.record(water, signs={"mock": True}))
    sent["HTTP_COOKIE"] += "; django_language=en"
    asked = Asked(sent)
    assert asked.headers["Content-Language"] == "en"
    assert asked.receipts[0]["questions"][0]["text"].isascii()


def change_session(phone: Phone, **words: Any) -> None:
    session = phone.client.session
    session.update(words)
    session.save()


def sign_out(phone: Phone, _sent: dict[str, Any]) -> None:
    Session.objects.all().delete()


def run_out(phone: Phone, _sent: dict[str, Any]) -> None:
    Session.objects.update(expire_date=phone.now)


def close_account(phone: Phone, _sent: dict[str, Any]) -> None:
    type(phone.user).objects.update(is_active=False)


def change_password(phone: Phone, _sent: dict[str, Any]) -> None:
    phone.user.set_password("anders-1234567")
    phone.user.save()


def must_change(phone: Phone, _sent: dict[str, Any]) -> None:
    change_session(phone, **{MUST_CHANGE: True})


def fall_asleep(phone: Phone, _sent: dict[str, Any]) -> None:
    now = int(phone.now.timestamp())
    change_session(phone, **{SIGNED: now - 7200, SEEN: now - 3600})


def told_otherwise(**given: str) -> Callable[[Phone, dict[str, Any]], None]:
    return lambda _phone, sent: sent.update(given)


@pytest.mark.parametrize(
    "spoil",
    [
        sign_out, run_out, close_account, change_password, must_change, fall_asleep,
        told_otherwise(HTTP_X_CSRFTOKEN="c" * 32), told_otherwise(HTTP_ORIGIN="http://elsewhere.example"),
        told_otherwise(HTTP_COOKIE=f"csrftoken={TOKEN}"), told_otherwise(HTTP_HOST="elsewhere.example"),
        told_otherwise(CONTENT_TYPE="text/plain"), told_otherwise(QUERY_STRING="a=%00"),
    ],
)  # fmt: skip
def test_whoever_is_not_plainly_signed_in_goes_to_the_house(phone: Phone, water: Water, spoil: Any) -> None:
    sent = environ(phone, phone.record(water))
    spoil(phone, sent)
    body = sent["wsgi.input"].getvalue()
    asked = Asked(sent)
    assert (asked.status, asked.passed_on) == ("200 OK", body)
    assert not FieldRecord.objects.exists()


def test_what_is_not_in_order_goes_to_the_house(phone: Phone, water: Water) -> None:
    good = phone.record(water)
    other = warden(name="别人")
    for sent in (
        environ(phone), environ(phone, *[phone.record(water) for _ in range(FEW + 1)]), environ(phone, good, good),
        environ(phone, good, person=other.pk), environ(phone, good, person="1"), environ(phone, good, sent_at="gestern"),
        environ(phone, good, device=7), environ(phone, good, phone.record("x")), environ(phone, "x"),
    ):  # fmt: skip
        body = sent["wsgi.input"].getvalue()
        assert Asked(sent).passed_on == body
    assert not FieldRecord.objects.exists()


def test_being_at_work_is_noted_and_nothing_else_of_the_session_is_touched(
    phone: Phone, water: Water
) -> None:
    now = int(phone.now.timestamp())
    change_session(phone, **{SIGNED: now - 600, SEEN: now - 30, "kept": "yes"})
    before = Session.objects.get().session_data
    assert Asked(environ(phone, phone.record(water))).status == "200 OK"
    assert Session.objects.get().session_data == before, "no oftener than once a minute"
    phone.clock.at += timedelta(minutes=5)
    assert Asked(environ(phone, phone.record(water))).receipts[0]["state"] == "kept"
    held = Session.objects.get().get_decoded()
    assert (held[SEEN], held[SIGNED], held["kept"]) == (int(phone.now.timestamp()), now - 600, "yes")


@pytest.mark.parametrize("why", [together.busy(), OperationalError("away")])
def test_who_has_to_wait_is_told_so(phone: Phone, water: Water, monkeypatch: Any, why: Exception) -> None:
    def refuse(_letter: Letter) -> None:
        raise why

    monkeypatch.setattr(lanes, "keep", refuse)
    asked = Asked(environ(phone, phone.record(water)))
    assert (asked.status, asked.headers["X-Refusal"]) == ("503 Service Unavailable", "busy")
    assert "还在手机上" in json.loads(asked.body)["message"]
    assert int(asked.headers["Retry-After"]) > 0


def letter(phone: Phone, *records: Any) -> Letter:
    found = letter_in(environ(phone, *records), at=phone.now)
    assert found is not None
    return found


@pytest.fixture
def colleague(phone: Phone, clock: Any) -> Phone:
    other = warden(name="同事")
    assert other.user is not None
    return Phone(other.user, clock)


def states(answers: Any) -> list[list[str]]:
    return [[one.state + (f" {one.code}" if one.code else "") for one in each] for each in answers]


def test_of_many_together_each_is_judged_by_its_own(phone: Phone, water: Water, colleague: Phone) -> None:
    """Charges, posts and records of one are nothing to another who sends at the same moment."""
    theirs = river(Person.objects.get(user=colleague.user), name="别处")
    data = picture(1)
    mine = phone.record(water, photos=[told(data)])
    wrong = colleague.record(water)
    taken = colleague.record(theirs, id=mine["id"])
    same_photo = colleague.record(theirs, photos=[told(data)], ago=timedelta(hours=2))
    found = keep_letters(
        [
            letter(phone, mine),
            letter(colleague, wrong),
            letter(colleague, taken),
            letter(phone, mine),
            letter(colleague, same_photo),
        ]
    )
    assert states(found) == [
        ["kept"],
        ["refused water-not-yours"],
        ["refused record-of-another"],
        ["same"],
        ["kept"],
    ]
    assert [one.kind for one in FieldQuestion.objects.all()] == ["same"]
    assert FieldPhoto.objects.count() == 2
    whose = dict(Entry.objects.filter(table="fieldwork.fieldrecord").values_list("row", "who"))
    assert sorted(whose.values()) == sorted([phone.user.username, colleague.user.username])
    assert {one.person.user for one in FieldRecord.objects.all()} == {phone.user, colleague.user}


def test_one_that_the_database_refuses_takes_nobody_with_it(
    phone: Phone, water: Water, colleague: Phone, monkeypatch: Any
) -> None:
    theirs = river(Person.objects.get(user=colleague.user), name="别处")
    bad, good, more = (
        phone.record(water, hazard="坏", severity="general"),
        colleague.record(theirs),
        phone.record(water),
    )
    real = keeping.flush

    def flush(sheaves: Any) -> None:
        if any(one.hazard for sheaf in sheaves for one in sheaf.versions):
            raise IntegrityError
        real(sheaves)

    monkeypatch.setattr(keeping, "flush", flush)
    found = keep_letters([letter(phone, bad), letter(colleague, good), letter(phone, more)])
    assert states(found) == [["refused try-again"], ["kept"], ["kept"]]
    assert Check.objects.count() == FieldRecord.objects.count() == 2
    assert verify() is None


def test_many_letters_cost_as_many_questions_as_few(
    phone: Phone, water: Water, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40) as few:
        keep_letters([letter(phone, phone.record(water, ago=timedelta(hours=n + 1))) for n in range(2)])
    with django_assert_max_num_queries(len(few)):
        keep_letters([letter(phone, phone.record(water, ago=timedelta(hours=n + 5))) for n in range(20)])


def test_two_checks_of_one_person_at_the_same_moment_know_each_other(phone: Phone, water: Water) -> None:
    near = [phone.record(water, ago=timedelta(minutes=n)) for n in (3, 4)]
    found = keep_letters([letter(phone, one) for one in near])
    assert [len(each[0].questions) for each in found if each] == [0, 1]
