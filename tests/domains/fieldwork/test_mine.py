"""What a phone holds of its person: the own waters and nobody else's, small enough, and only sent when it has changed."""

from datetime import date, timedelta
from typing import Any

from junheng.domains.patrols.models import Leave
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Assignment, Water
from tests.domains import makers
from tests.domains.fieldwork.bank import LAT, LON, Phone, river, warden


def test_the_own_waters_with_what_is_known_of_each(phone: Phone, water: Water, person: Person) -> None:
    phone.sync(phone.record(water, hazard="警示牌倒伏", severity="serious", ago=timedelta(days=2)))
    river(warden(name="别人"), name="别人的河")
    answer = phone.mine()
    told = answer.json()
    assert told["person"] == {"id": person.pk, "name": "赵水生", "level": "乡镇级", "place": "民生街道"}
    assert told["today"] == "2024-06-12"
    assert told["week"] == {"monday": "2024-06-10", "owed": 2, "done": 1}
    (one,) = told["waters"]
    assert (one["name"], one["lon"], one["lat"], one["risk_code"]) == ("蒋沟河段", LON, LAT, "high")
    assert (one["last_on"], one["last_by"], one["days"]) == ("2024-06-10", "赵水生", 2)
    assert one["hazards"] == [{"text": "警示牌倒伏", "severity": "较大", "since": "2024-06-10"}]
    assert one["charges"] == [{"since": "2020-09-01", "until": None, "for": None}]
    assert len(told["holidays"]) == 14
    assert [day["day"] for day in told["holidays"] if day["off"]] == [
        "2024-06-15",
        "2024-06-16",
        "2024-06-22",
        "2024-06-23",
    ]
    assert told["records"][0]["state"] == "kept"
    assert answer["Cache-Control"].startswith("max-age=0")


def test_a_water_that_no_week_counts_says_so(phone: Phone, person: Person) -> None:
    shallow = river(person, name="引水渠", risk="medium")
    phone.sync(phone.record(shallow))
    told = phone.mine().json()
    assert {one["name"]: one["counted"] for one in told["waters"]} == {"蒋沟河段": True, "引水渠": False}
    assert told["week"] == {"monday": "2024-06-10", "owed": 2, "done": 0}


def test_nothing_is_sent_again_that_the_phone_has(phone: Phone, water: Water, clock: Any) -> None:
    first = phone.mine()
    assert phone.mine(**{"If-None-Match": first["ETag"]}).status_code == 304
    assert phone.mine(**{"If-None-Match": f"W/{first['ETag']}"}).status_code == 304
    clock.at += timedelta(minutes=5)
    assert phone.mine(**{"If-None-Match": first["ETag"]}).status_code == 304, "the time alone changes nothing"
    phone.sync(phone.record(water))
    again = phone.mine(**{"If-None-Match": first["ETag"]})
    assert again.status_code == 200
    assert again.json()["version"] != first.json()["version"]


def test_a_charge_that_ended_stays_for_a_month(phone: Phone, water: Water) -> None:
    Assignment.objects.update(until=date(2024, 5, 14))
    assert [one["charges"][0]["until"] for one in phone.mine().json()["waters"]] == ["2024-05-14"]
    Assignment.objects.update(until=date(2024, 5, 13))
    assert phone.mine().json()["waters"] == []


def test_a_deputy_has_the_waters_of_who_is_away(phone: Phone, person: Person) -> None:
    away = warden(name="请假的人")
    there = river(away, name="代管河段")
    Leave.objects.create(
        code="QJ-1", person=away, deputy=person, area_id="410802001", since=date(2024, 6, 10),
        until=date(2024, 6, 20), reason="sick",
    )  # fmt: skip
    told = next(one for one in phone.mine().json()["waters"] if one["id"] == there.pk)
    assert told["charges"] == [{"since": "2024-06-10", "until": "2024-06-20", "for": "请假的人"}]


def test_the_first_sync_of_somebody_with_very_much_is_below_100_kb(phone: Phone, person: Person) -> None:
    for number in range(170):
        made = river(person, name=f"很长的河段名称用来看看会有多大{number:03d}")
        makers.assignment(made, warden(area="410802", name="县级"), level="county")
    waters = list(Water.objects.all())
    for start in range(0, 60, 20):
        phone.sync(
            *(
                phone.record(
                    one,
                    hazard="护栏缺口" * 40,
                    severity="general",
                    ago=timedelta(minutes=30 * n),
                    signs={"mock": True},
                )
                for n, one in enumerate(waters[start : start + 20], start=start)
            )
        )
    answer = phone.mine()
    assert len(answer.json()["waters"]) == 150
    assert len(answer.json()["questions"]) == 50
    assert len(answer.content) <= 100_000


def test_how_often_it_asks_does_not_depend_on_how_much_there_is(
    phone: Phone, water: Water, person: Person, django_assert_max_num_queries: Any
) -> None:
    for _ in range(15):
        river(person)
    phone.sync(*(phone.record(one, ago=timedelta(hours=n)) for n, one in enumerate(Water.objects.all(), 1)))
    with django_assert_max_num_queries(26):
        phone.mine()


def test_syncing_asks_as_often_for_many_as_for_few(phone: Phone, water: Water) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(count: int, begin: int) -> int:
        records = [phone.record(water, ago=timedelta(minutes=10 * (begin + n))) for n in range(count)]
        with CaptureQueriesContext(connection) as found:
            phone.sync(*records)
        return len(found)

    assert asked(100, 200) <= asked(2, 10), "however many there are, in no more questions"
