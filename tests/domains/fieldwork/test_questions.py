"""What gives reason to ask is asked, on both sides of each limit; the answer is kept, and nothing is judged."""

from datetime import timedelta
from typing import Any

from junheng.domains.fieldwork.actions.looking import look, note, unseen
from junheng.domains.fieldwork.actions.pieces import path_of
from junheng.domains.fieldwork.models import FieldPhoto, FieldQuestion, FieldRecord
from junheng.domains.patrols.models import Check
from junheng.domains.waters.models import Water
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests.domains.fieldwork.bank import LAT, LON, Phone, river, told, warden
from tests.makers.pictures import exif, photo, picture, scene


def codes(receipt: dict[str, Any]) -> list[str]:
    assert receipt["state"] in {"kept", "same", "changed"}, receipt
    return [one["code"] for one in receipt["questions"]]


def seen(phone: Phone) -> int:
    """What the worker does in the background."""
    return note([look(one) for one in unseen()], at=phone.clock.at)


def test_an_ordinary_check_is_asked_nothing(phone: Phone, water: Water) -> None:
    assert codes(phone.sync(phone.record(water))[0]) == []


def test_a_clock_that_is_wrong_is_set_right_and_asked_about(phone: Phone, water: Water) -> None:
    phone.fast = timedelta(minutes=10)
    assert codes(phone.sync(phone.record(water))[0]) == []
    phone.fast = timedelta(hours=-9, minutes=-1)
    record = phone.record(water, ago=timedelta(minutes=50))
    (receipt,) = phone.sync(record)
    assert codes(receipt) == ["clock"]
    assert "541 分钟" in receipt["questions"][0]["text"]
    kept = FieldRecord.objects.get(uuid=record["id"])
    assert kept.checked_at == phone.clock.at - timedelta(minutes=50), "by the house's clock"
    assert kept.versions.get().told_at == record["checked_at"], "and what the phone said is kept"
    assert kept.check_row.checked_at == kept.checked_at


def test_a_place_far_off_is_asked_about_and_accuracy_is_taken_into_account(
    phone: Phone, water: Water
) -> None:
    def at(metres: int, accuracy: int, hours: int) -> list[str]:
        place = {"lon": LON, "lat": LAT + metres * 1_000_000 // 111_195, "accuracy": accuracy}
        return codes(phone.sync(phone.record(water, place=place, ago=timedelta(hours=hours)))[0])

    assert at(498, 0, 1) == []
    assert at(505, 0, 2) == ["far"]
    assert at(5_000, 4_600, 3) == []
    assert at(5_000, 4_400, 4) == ["far"]
    assert codes(phone.sync(phone.record(water, place=None, ago=timedelta(hours=5)))[0]) == []


def test_a_water_without_coordinates_gives_no_reason_to_ask(phone: Phone) -> None:
    nowhere = river(phone.user.persons.get(), longitude=None, latitude=None)
    assert codes(phone.sync(phone.record(nowhere))[0]) == []


def test_checks_within_minutes_are_asked_about_once_each(phone: Phone, water: Water) -> None:
    other = river(phone.user.persons.get(), name="另一处")
    first = phone.record(water, ago=timedelta(minutes=20))
    beyond = phone.record(other, ago=timedelta(minutes=15))
    near = phone.record(other, ago=timedelta(minutes=15, seconds=1), place=None)
    assert [codes(one) for one in phone.sync(first, beyond)] == [[], []]
    (receipt,) = phone.sync(near)
    assert codes(receipt) == ["close"]
    assert Check.objects.count() == 3, "asked, not thrown away"


def test_a_sign_of_a_simulated_place_is_asked_about(phone: Phone, water: Water) -> None:
    (receipt,) = phone.sync(phone.record(water, signs={"mock": True, "zone": 480, "who": "knows"}))
    assert codes(receipt) == ["mock"]
    assert FieldRecord.objects.get().versions.get().signs == {"mock": True, "zone": 480, "who": "knows"}


def test_an_answer_is_kept_once_and_the_question_stays(phone: Phone, water: Water) -> None:
    record = phone.record(water, signs={"mock": True})
    phone.sync(record)
    assert [one["code"] for one in phone.mine().json()["questions"]] == ["mock"]
    (receipt,) = phone.sync(record | {"answers": {"mock": "没有装，是系统误报", "far": "没有问这个"}})
    assert (receipt["state"], codes(receipt)) == ("same", [])
    phone.sync(record | {"answers": {"mock": "另一种说法"}})
    question = FieldQuestion.objects.get()
    assert question.answer == "没有装，是系统误报"
    assert phone.mine().json()["questions"] == []
    assert Entry.objects.filter(table="fieldwork.fieldquestion", verb="deed").count() == 1
    assert verify() is None


def test_the_very_same_photo_in_two_records_is_asked_about(phone: Phone, water: Water) -> None:
    data = picture(1)
    one = phone.record(water, photos=[told(data)], ago=timedelta(hours=30))
    two = phone.record(water, photos=[told(data)])
    first, second = phone.sync(one, two)
    assert codes(first) == []
    assert codes(second) == [f"same:{told(data)['digest'][:12]}"]
    assert water.name in second["questions"][0]["text"]
    assert second["missing"] == first["missing"] == [told(data)["digest"]]


def test_a_photo_of_somebody_else_is_recognised_as_well(phone: Phone, water: Water, clock: Any) -> None:
    other = warden(name="同事")
    elsewhere = river(other)
    assert other.user is not None
    data = picture(2)
    Phone(other.user, clock).sync(phone.record(elsewhere, photos=[told(data)], ago=timedelta(days=2)))
    assert codes(phone.sync(phone.record(water, photos=[told(data)]))[0]) == [
        f"same:{told(data)['digest'][:12]}"
    ]
    assert FieldPhoto.objects.count() == 2, "each has his own copy and his own key"


def test_a_photo_that_looks_like_an_older_one_is_asked_about_in_the_background(
    phone: Phone, water: Water
) -> None:
    old, again, other = picture(3), photo(lambda x, y: min(255, scene(3)(x, y) + 6), colours=True), picture(4)
    records = [
        phone.record(water, photos=[told(data)], ago=timedelta(days=n))
        for n, data in ((9, old), (1, other), (0, again))
    ]
    phone.sync(*records)
    for data in (old, other, again):
        assert phone.upload(data).status_code == 204
    assert seen(phone) == 2, "each of the two that look alike is asked about once"
    kinds = list(FieldQuestion.objects.order_by("pk").values_list("record__uuid", "kind"))
    assert kinds == [(records[0]["id"], "near"), (records[2]["id"], "near")] or {k for _, k in kinds} == {
        "near"
    }
    asked = phone.mine().json()["questions"]
    assert "很相似" in asked[0]["text"]
    assert seen(phone) == 0, "looked at once"


def test_a_photo_that_says_it_is_older_or_from_elsewhere_is_asked_about(phone: Phone, water: Water) -> None:
    at = phone.now - timedelta(minutes=3)
    words = exif(taken=(at - timedelta(minutes=32)).strftime("%Y:%m:%d %H:%M:%S"), lon=LON + 20_000, lat=LAT)
    fresh = exif(taken=(at - timedelta(minutes=29)).strftime("%Y:%m:%d %H:%M:%S"), lon=LON + 100, lat=LAT)
    for number, (said, wanted) in enumerate(((words, {"older", "elsewhere"}), (fresh, set()))):
        data = picture(30 + number, words=said)
        phone.upload(data)
        record = phone.record(water, photos=[told(data)], ago=timedelta(minutes=3 + 60 * number))
        if number == 0:  # the photo came before its record
            assert {one.split(":")[0] for one in codes(phone.sync(record)[0])} == wanted
        else:
            record["checked_at"] = at.isoformat()
            assert {one.split(":")[0] for one in codes(phone.sync(record)[0])} - {"close"} == wanted
    seen(phone)
    assert FieldQuestion.objects.filter(kind__in=("older", "elsewhere")).count() == 2


def test_a_photo_that_does_not_open_any_more_is_a_question(phone: Phone, water: Water) -> None:
    """It opened when it came; one from before fingerprints were made at once is opened in the background."""
    data = picture(5)
    phone.sync(phone.record(water, photos=[told(data)]))
    phone.upload(data)
    FieldPhoto.objects.update(shape="")
    assert seen(phone) == 0
    FieldPhoto.objects.update(shape="", seen_at=None)
    path_of(FieldPhoto.objects.get()).write_bytes(b"damaged")
    assert seen(phone) == 1
    assert [one.kind for one in FieldQuestion.objects.all()] == ["unseen"]
    assert FieldPhoto.objects.get().seen_at is not None


def test_a_photo_that_came_long_before_its_record_is_compared_all_the_same(
    phone: Phone, water: Water
) -> None:
    old, again = picture(6), photo(lambda x, y: min(255, scene(6)(x, y) + 6), colours=True)
    phone.sync(phone.record(water, photos=[told(old)], ago=timedelta(days=3)))
    for data in (old, again):
        phone.upload(data)
    assert seen(phone) == 0, "a photo that belongs to no record is no reason to ask"
    record = phone.record(water, photos=[told(again)])
    assert codes(phone.sync(record)[0]) == []
    assert seen(phone) == 1
    assert FieldQuestion.objects.get().record.uuid == record["id"]
    assert codes(phone.sync(record)[0]) == [f"near:{told(again)['digest'][:12]}"]
