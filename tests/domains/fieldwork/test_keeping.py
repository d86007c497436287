"""What a phone brings is kept once, with its check in the books; what is wrong is refused with a sentence."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from junheng.domains.fieldwork.models import FieldQuestion, FieldRecord, FieldVersion
from junheng.domains.findings.models import Finding
from junheng.domains.patrols.models import Check, Leave
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Assignment, Water
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.fieldwork.bank import Phone, digest_of, river, warden
from tests.domains.registrations.season import id_number

DAY = timedelta(days=1)


def test_a_record_is_kept_once_with_its_check_and_its_entries(
    phone: Phone, water: Water, person: Person
) -> None:
    record = phone.record(water)
    (receipt,) = phone.sync(record)
    assert (receipt["state"], receipt["code"], receipt["version"]) == ("kept", "", 1)
    assert receipt["digest"] == digest_of(record), "the phone can make the digest by itself"
    assert receipt["number"] == receipt["digest"][:8].upper()
    check = Check.objects.get()
    assert (check.water, check.person, check.level, check.area_id) == (
        water,
        person,
        "township",
        water.area_id,
    )
    assert check.hazard is None
    assert check.checked_at == datetime.fromisoformat(record["checked_at"])
    tables = list(Entry.objects.order_by("id").values_list("table", "who"))
    assert [table for table, _ in tables] == [
        "patrols.check",
        "fieldwork.fieldrecord",
        "fieldwork.fieldversion",
    ]
    assert {who for _, who in tables} == {phone.user.username}
    assert verify() is None


def test_the_same_again_is_the_same(phone: Phone, water: Water) -> None:
    record = phone.record(water)
    first, again = phone.sync(record), phone.sync(record)
    assert again[0]["state"] == "same"
    assert again[0] | {"state": "kept"} == first[0]
    assert Check.objects.count() == FieldRecord.objects.count() == FieldVersion.objects.count() == 1


def test_the_same_twice_in_one_request_is_kept_once(phone: Phone, water: Water) -> None:
    record = phone.record(water)
    assert [one["state"] for one in phone.sync(record, record)] == ["kept", "same"]
    assert Check.objects.count() == 1


def test_one_bad_record_harms_no_other(phone: Phone, water: Water) -> None:
    good = [phone.record(water, ago=timedelta(hours=n)) for n in range(1, 4)]
    bad = phone.record(999_999)
    states = [one["state"] for one in phone.sync(good[0], bad, "rubbish", good[1], None, good[2])]
    assert states == ["kept", "refused", "refused", "kept", "refused", "kept"]
    assert Check.objects.count() == 3


def test_a_record_that_the_database_refuses_harms_no_other(
    phone: Phone, water: Water, monkeypatch: Any
) -> None:
    from django.db import IntegrityError

    from junheng.domains.fieldwork.actions import keeping

    good, bad = phone.record(water, ago=timedelta(hours=1)), phone.record(water, device="bad")
    flush = keeping.flush

    def refusing(sheaves: Any) -> None:
        flush(sheaves)
        if any(one.uuid == bad["id"] for sheaf in sheaves for one in sheaf.records):
            raise IntegrityError("no")

    monkeypatch.setattr(keeping, "flush", refusing)
    kept, refused = phone.sync(good, bad)
    assert (kept["state"], refused["state"], refused["code"]) == ("kept", "refused", "try-again")
    assert Check.objects.count() == 1
    assert verify() is None


def test_a_hazard_opens_a_finding(phone: Phone, water: Water, person: Person) -> None:
    record = phone.record(water, hazard="警示牌倒伏，护栏缺口约三米", severity="serious")
    phone.sync(record)
    finding = Finding.objects.get()
    check = Check.objects.get()
    assert (finding.source, finding.source_row, finding.severity) == ("checks", check.pk, "serious")
    assert (finding.water, finding.what, finding.found_by) == (water, record["hazard"], person.name)
    assert check.hazard == record["hazard"]
    assert FieldRecord.objects.get().finding == finding
    phone.sync(record)
    assert Finding.objects.count() == 1


def test_a_changed_version_with_the_right_base_replaces_and_keeps_the_old(phone: Phone, water: Water) -> None:
    record = phone.record(water)
    phone.sync(record)
    (receipt,) = phone.sync(record | {"hazard": "水边有人钓鱼", "severity": "general", "base": 1})
    assert (receipt["state"], receipt["version"]) == ("changed", 2)
    assert Check.objects.get().hazard == "水边有人钓鱼"
    assert dict(FieldVersion.objects.values_list("number", "state")) == {1: "aside", 2: "current"}
    assert Finding.objects.count() == 1
    changes = Entry.objects.filter(table="patrols.check").order_by("id")
    assert [one.verb for one in changes] == ["create", "change"]
    assert changes[1].before == {"hazard": None}
    assert verify() is None


def test_two_changes_from_the_same_version_are_both_kept_and_one_is_chosen(
    phone: Phone, water: Water
) -> None:
    record = phone.record(water)
    phone.sync(record)
    one = record | {"hazard": "护栏缺口", "severity": "general", "base": 1}
    other = record | {"hazard": "救生圈缺失", "severity": "serious", "base": 1}
    assert phone.sync(one)[0]["state"] == "changed"
    (receipt,) = phone.sync(other)
    assert (receipt["state"], receipt["version"]) == ("both", 3)
    assert [each["hazard"] for each in receipt["versions"]] == ["护栏缺口", "救生圈缺失"]
    assert Check.objects.get().hazard == "护栏缺口", "nothing moves before somebody chooses"
    assert phone.sync(other)[0]["state"] == "both", "the same again chooses nothing"
    (chosen,) = phone.sync(other | {"base": 3})
    assert (chosen["state"], chosen["version"]) == ("changed", 3)
    assert Check.objects.get().hazard == "救生圈缺失"
    assert FieldRecord.objects.get().state == "kept"
    assert FieldVersion.objects.count() == 3, "nothing is thrown away"


def test_what_the_office_has_corrected_is_not_overwritten(phone: Phone, water: Water) -> None:
    from junheng.platform.audit.save import save_row

    record = phone.record(water)
    phone.sync(record)
    check = Check.objects.get()
    check.hazard = "护栏缺口（县里补记）"
    save_row(check, by="xian", at=phone.now, why="更正")
    (receipt,) = phone.sync(record | {"hazard": "没有问题的一块牌子", "severity": "general", "base": 1})
    assert receipt["state"] == "both"
    assert [one["by"] for one in receipt["versions"]] == ["赵水生", "xian", "赵水生"]
    assert Check.objects.get().hazard == "护栏缺口（县里补记）"


def refusal(phone: Phone, record: Any) -> dict[str, Any]:
    before = Check.objects.count(), Entry.objects.count()
    (receipt,) = phone.sync(record)
    assert receipt["state"] == "refused"
    assert (Check.objects.count(), Entry.objects.count()) == before
    assert len(receipt["message"]) > 10
    assert receipt["message"].endswith(("。", "）"))
    return receipt


BAD: list[tuple[str, dict[str, Any]]] = [
    ("bad-id", {"id": "42"}), ("bad-id", {"id": None}), ("bad-id", {"id": "x" * 5000}),
    ("bad-field", {"water": "1"}), ("bad-field", {"water": True}), ("bad-field", {"water": 2**70}),
    ("bad-field", {"checked_at": "yesterday"}), ("bad-field", {"checked_at": "2024-06-12T10:00:00"}),
    ("bad-field", {"checked_at": "9999-12-31T23:59:59+00:00"}), ("bad-field", {"checked_at": None}),
    ("bad-field", {"place": {"lon": 113.2, "lat": 35, "accuracy": 1}}), ("bad-field", {"place": {"lon": 1}}), ("bad-field", {"place": []}),
    ("bad-field", {"place": {"lon": 200_000_000, "lat": 0, "accuracy": 1}}),
    ("bad-field", {"signs": {"mock": 1.5}}), ("bad-field", {"signs": {str(n): n for n in range(40)}}), ("bad-field", {"signs": {"a": {}}}),
    ("bad-field", {"hazard": "\u0000", "severity": "general"}), ("bad-field", {"hazard": "\ud800", "severity": "general"}),
    ("bad-field", {"hazard": 5}), ("text-too-long", {"hazard": "长" * 201, "severity": "general"}),
    ("number-in-words", {"hazard": f"联系人{id_number(7)}", "severity": "general"}),
    ("severity-missing", {"hazard": "护栏缺口"}), ("severity-missing", {"hazard": "护栏缺口", "severity": "grave"}), ("severity-without-hazard", {"severity": "major"}),
    ("bad-field", {"photos": "none"}), ("bad-field", {"photos": [{"digest": "zz", "size": 1, "type": "image/jpeg"}]}),
    ("photo-kind", {"photos": [{"digest": "a" * 64, "size": 1, "type": "image/svg+xml"}]}),
    ("photo-too-large", {"photos": [{"digest": "a" * 64, "size": 30_000_000, "type": "image/jpeg"}]}),
    ("too-many-photos", {"photos": [{"digest": f"{n:064x}", "size": 1, "type": "image/jpeg"} for n in range(7)]}),
    ("photo-twice", {"photos": [{"digest": "a" * 64, "size": 1, "type": "image/jpeg"}] * 2}),
    ("bad-field", {"answers": {"<script>": "x"}}), ("bad-field", {"answers": []}), ("bad-field", {"base": "1"}), ("bad-field", {"base": 0}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "given"), BAD)
def test_bad_words_are_refused(phone: Phone, water: Water, code: str, given: dict[str, Any]) -> None:
    assert refusal(phone, phone.record(water) | given)["code"] == code


def test_a_water_that_nobody_knows_and_one_of_somebody_else_are_refused(phone: Phone, places: Any) -> None:
    assert refusal(phone, phone.record(987_654))["code"] == "no-such-water"
    other = river(warden(name="别人"), name="别人的河")
    told = refusal(phone, phone.record(other))
    assert told["code"] == "water-not-yours"
    assert "别人的河" in told["message"]


def test_what_is_still_to_come_is_refused_on_both_sides_of_the_limit(phone: Phone, water: Water) -> None:
    assert refusal(phone, phone.record(water, ago=-timedelta(minutes=11)))["code"] == "check-in-future"
    assert phone.sync(phone.record(water, ago=-timedelta(minutes=9)))[0]["state"] == "kept"
    assert Check.objects.get().checked_at == phone.now, "never later than it was brought"


def test_a_phone_that_was_away_for_three_weeks_brings_the_days_on_which_it_had_charge(
    phone: Phone, water: Water, clock: Any
) -> None:
    Assignment.objects.update(until=date(2024, 6, 1))
    on_last_day = phone.record(water, ago=timedelta(days=12))
    afterwards = phone.record(water, ago=timedelta(days=11))
    long_ago = phone.record(water, ago=timedelta(days=21))
    states = phone.sync(on_last_day, afterwards, long_ago)
    assert [one["state"] for one in states] == ["kept", "refused", "kept"]
    assert states[1]["code"] == "water-not-yours"
    assert "2024-06-01" in states[1]["message"]


def test_after_two_months_it_is_too_late(phone: Phone, water: Water) -> None:
    assert refusal(phone, phone.record(water, ago=61 * DAY))["code"] == "check-too-late"
    assert phone.sync(phone.record(water, ago=60 * DAY))[0]["state"] == "kept"


def test_a_deputy_checks_for_who_is_away(phone: Phone, clock: Any) -> None:
    away = warden(name="请假的人")
    there = river(away, name="代管河段")
    Leave.objects.create(
        code="QJ-1", person=away, deputy=Person.objects.get(user=phone.user), area_id="410802001",
        since=date(2024, 6, 10), until=date(2024, 6, 12), reason="sick",
    )  # fmt: skip
    today, in_time = phone.record(there), phone.record(there, ago=DAY)
    states = phone.sync(today, in_time)
    assert [one["code"] for one in states] == ["water-not-yours", ""], (
        "the day of coming back is no day of leave"
    )
    assert Check.objects.get().person.user == phone.user


def test_the_number_of_somebody_elses_record_is_refused(phone: Phone, water: Water, clock: Any) -> None:
    record = phone.record(water)
    phone.sync(record)
    other = warden(name="别人")
    mine = river(other, name="别人的河")
    assert other.user is not None
    told = refusal(Phone(other.user, clock), Phone(other.user, clock).record(mine) | {"id": record["id"]})
    assert told["code"] == "record-of-another"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"records": 5, "sent_at": "2024-06-12T10:00:00+08:00"}', b"\xff\xfe", b'{"records": []}', b"[" * 100_000],
)  # fmt: skip
def test_a_body_that_is_none_is_refused_whole(phone: Phone, body: bytes) -> None:
    answer = phone.send(body)
    assert answer.status_code == 400
    assert answer.json()["code"] in {"unreadable", "bad-field"}
    assert answer["X-Refusal"] == answer.json()["code"]


def test_ten_thousand_records_at_once_are_refused_and_lose_nothing(phone: Phone, water: Water) -> None:
    few = {"device": "x", "sent_at": phone.now.isoformat(), "records": [{}] * 10_000}
    answer = phone.send(few)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-many-records")
    assert answer.json()["message"].startswith("一次最多同步 200 条记录")
    assert not Check.objects.exists()


def test_ten_thousand_records_come_in_as_many_requests_as_they_need(phone: Phone, water: Water) -> None:
    records = [phone.record(water, ago=timedelta(minutes=6 * n)) for n in range(1, 401)]
    states = [one["state"] for n in (0, 200) for one in phone.sync(*records[n : n + 200])]
    assert states == ["kept"] * 400
    assert Check.objects.count() == 400
    assert not FieldQuestion.objects.exists()


def test_who_is_not_signed_in_is_told_so_in_json(phone: Phone) -> None:
    phone.client.logout()
    for answer in (phone.mine(), phone.send({}), phone.client.head(f"/fieldwork/photos/{'a' * 64}/")):
        assert answer.status_code == 401
    assert phone.mine().json()["code"] == "sign-in"


def test_an_account_without_an_official_is_told_what_to_do(clock: Any, places: Any) -> None:
    officer = Phone(makers.user(Role.COUNTY_OFFICER, area="410802"), clock)
    answer = officer.mine()
    assert (answer.status_code, answer.json()["code"]) == (403, "no-person")
    assert "责任人名册" in answer.json()["message"]
    assert answer.json()["csrf"], "whoever hands in a file needs a token"
    assert officer.send({"sent_at": officer.now.isoformat(), "records": []}).json()["code"] == "no-person"


def test_the_county_hands_in_what_a_phone_gave_out(
    phone: Phone, water: Water, person: Person, clock: Any
) -> None:
    record = phone.record(water)
    county = Phone(makers.user(Role.COUNTY_OFFICER, area="410802"), clock)
    (receipt,) = county.sync(record, person=person.pk)
    assert receipt["state"] == "kept"
    kept = FieldRecord.objects.get()
    assert (kept.person, kept.handed_in_by) == (person, county.user.username)
    assert phone.sync(record)[0]["state"] == "same", "the phone that came back later brings it once"
    elsewhere = Phone(makers.user(Role.COUNTY_OFFICER, area="410811"), clock)
    answer = elsewhere.send({"sent_at": phone.now.isoformat(), "records": [record], "person": person.pk})
    assert (answer.status_code, answer.json()["code"]) == (403, "not-yours")
    other = warden(name="同事")
    answer = phone.send({"sent_at": phone.now.isoformat(), "records": [], "person": other.pk})
    assert answer.json()["code"] == "not-yours"


def test_a_form_from_elsewhere_is_refused(phone: Phone) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(phone.user)
    body = json.dumps({"device": "", "sent_at": phone.now.isoformat(), "records": []})
    refused = strict.post("/fieldwork/sync/", body, content_type="application/json")
    assert (refused.status_code, refused["X-Refusal"]) == (403, "stale-form")
    token = strict.get("/fieldwork/mine.json").json()["csrf"]
    answer = strict.post(
        "/fieldwork/sync/", body, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 200
