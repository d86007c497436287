"""The page of the waters: who sees which, with what signs, and what stands above the map."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from junheng.domains.findings.terms import Severity
from junheng.domains.patrols.models import Check
from junheng.domains.waters.models import Water
from junheng.platform.access.roles import Role
from junheng.surfaces.desk.waters.marks import EDGE, WIDTH, Place, Projection, grounds, hull, turn
from junheng.surfaces.desk.waters.seasons import modes, next_holiday
from junheng.surfaces.desk.waters.state import sign_of
from tests.domains import makers
from tests.domains.findings.hazards import finding

DAY = date(2024, 1, 10)
SHANGHAI = ZoneInfo("Asia/Shanghai")
HERE, OTHER = "410802", "410811"


@pytest.fixture(autouse=True)
def places(db: None, settings: Any) -> None:
    makers.areas()
    settings.JUNHENG_AS_OF = DAY


def water(**given: Any) -> Water:
    return makers.water(**{"longitude": 113_220_000, "latitude": 35_240_000} | given)


def checked(one: Water, days: int) -> Check:
    at = datetime(DAY.year, DAY.month, DAY.day, 8, tzinfo=SHANGHAI) - timedelta(days=days)
    return Check.objects.create(
        water=one, person=makers.person(), area_id=one.area_id, level="township", checked_at=at
    )


def page(client: Client, role: Role, *, area: str = "4108", asked: str = "") -> tuple[int, str, Any]:
    client.force_login(makers.user(role, area=area))
    answer = client.get(f"/waters/{asked}")
    return answer.status_code, answer.content.decode(), answer.context


@pytest.mark.parametrize(
    ("days", "sign"),
    [
        (0, "fresh"),
        (7, "fresh"),
        (8, "stale"),
        (14, "stale"),
        (15, "old"),
        (30, "old"),
        (31, "older"),
        (None, "never"),
    ],
)
def test_a_sign_says_how_long_ago_a_water_was_looked_at(days: int | None, sign: str) -> None:
    assert sign_of(days, day=DAY) == sign


def test_each_sees_the_waters_of_their_place_and_nobody_else_any(client: Client) -> None:
    here, there = water(name="甲河段"), water(name="乙水库", area_id="410811001")
    for role, area, seen in (
        (Role.CITY_SECTION, "4108", (True, True)),
        (Role.COUNTY_OFFICER, HERE, (True, False)),
        (Role.TOWNSHIP_WARDEN, "410811001", (False, True)),
    ):
        status, text, _context = page(client, role, area=area)
        assert (status, (here.name in text, there.name in text)) == (200, seen)
    assert page(client, Role.COUNTY_OFFICER, area=HERE, asked=f"?unit={OTHER}")[0] == 400
    assert page(client, Role.TIP_OFFICER)[0] == 403


def test_the_worst_comes_first_and_the_numbers_are_those_of_what_is_shown(client: Client) -> None:
    fresh, old, _low, dangerous = (
        water(name="近河段"), water(name="久河段"), water(name="低坑塘", risk="low"), water(name="险水库"),
    )  # fmt: skip
    ended = water(name="移出坑塘", until=date(2024, 1, 1))
    checked(fresh, 2)
    checked(fresh, 90)
    checked(old, 20)
    checked(dangerous, 1)
    Check.objects.create(  # of tomorrow: nobody knows of it yet
        water=old, person=makers.person(), area_id=old.area_id, level="county",
        checked_at=datetime(2024, 1, 11, 8, tzinfo=SHANGHAI),
    )  # fmt: skip
    makers.assignment(fresh, makers.person(name="张责任"))
    finding(water=dangerous, severity=Severity.MAJOR, found_on=date(2024, 1, 2))
    finding(water=fresh)
    _status, text, context = page(client, Role.CITY_SECTION)
    assert [one.water.name for one in context["page"]] == ["险水库", "久河段", "近河段", "低坑塘"]
    assert ended.name not in text
    sums = context["sums"]
    assert (sums.waters, sums.fresh, sums.hazards, sums.overdue, sums.major, sums.unwatched) == (
        4,
        2,
        2,
        1,
        1,
        3,
    )
    assert [(one.sign, one.days, one.tone) for one in context["page"]] == [
        ("fresh", 1, "good"), ("old", 20, "warn"), ("fresh", 2, "good"), ("never", None, "calm"),
    ]  # fmt: skip
    assert "乡镇级 张责任" in text
    assert (context["owed"], context["done"], context["behind_count"]) == (2, 0, 1)
    for asked, names in (
        ("?state=hazard", ["险水库", "近河段"]),
        ("?state=overdue", ["险水库"]),
        ("?state=never", ["低坑塘"]),
        ("?risk=low", ["低坑塘"]),
        (f"?unit={HERE}&risk=high&state=old", ["久河段"]),
    ):
        _status, _text, context = page(client, Role.CITY_SECTION, asked=asked)
        assert [one.water.name for one in context["page"]] == names
    assert page(client, Role.CITY_SECTION, asked="?state=nonsense")[0] == 400


def test_questions_do_not_grow_with_waters_checks_and_findings(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(makers.user(Role.CITY_SECTION))

    def grow(times: int) -> None:
        for _ in range(times):
            one = water()
            makers.assignment(one, makers.person())
            checked(one, 3)
            finding(water=one)

    grow(2)
    client.get("/waters/")
    with django_assert_max_num_queries(20) as few:
        client.get("/waters/")
    grow(6)
    with django_assert_max_num_queries(20) as many:
        client.get("/waters/")
    assert len(few) == len(many)


def test_a_water_without_a_place_is_in_the_list_alone(client: Client) -> None:
    water(name="甲河段")
    makers.water(name="乙河段")
    _status, text, context = page(client, Role.CITY_SECTION)
    assert (len(context["marks"]), context["unplaced"], "1 处没有登记经纬度" in text) == (1, 1, True)


def test_everything_is_drawn_within_the_drawing_and_west_is_left() -> None:
    points = [(112_778_855, 34_911_104), (113_475_968, 35_288_902), (113_220_000, 35_240_000)]
    projection = Projection(points)
    drawn = [projection.place(*one) for one in points]
    assert all(EDGE <= one.x <= WIDTH - EDGE and EDGE <= one.y <= projection.height - EDGE for one in drawn)
    assert drawn[0].x < drawn[2].x < drawn[1].x
    assert drawn[0].y > drawn[2].y > drawn[1].y
    alone = Projection(points[:1])
    assert alone.place(*points[0]) == Place(EDGE, EDGE)


def test_a_hull_holds_every_point_and_turns_one_way() -> None:
    points = [Place(x * 37 % 101, x * 53 % 89) for x in range(40)]
    ring = hull(points)
    closed = [*ring, ring[0]]
    for one, other in itertools.pairwise(closed):
        assert all(turn((one.x, one.y), (other.x, other.y), (each.x, each.y)) >= 0 for each in points)
    assert [one.name for one in grounds([("a", points[0]), ("b", points[1])], {"a": "甲"})] == ["甲", "b"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2023, 7, 15), ["高温时段", "防溺水重点季节", "休息日"]),
        (date(2023, 9, 30), ["防溺水重点季节", "法定节假日"]),
        (date(2023, 10, 7), ["调休上班日"]),
        (date(2023, 11, 8), ["工作日"]),
        (date(2023, 12, 27), ["工作日", "距下一个法定假日还有"]),
    ],
)
def test_the_calendar_says_what_holds(day: date, words: list[str]) -> None:
    found = [one.words for one in modes(day)]
    assert len(found) == len(words)
    assert all(said in one for one, said in zip(found, words, strict=True))
    assert next_holiday(date(2023, 10, 2)) is None


def test_the_page_of_a_water_names_who_is_in_charge_and_its_last_checks(client: Client) -> None:
    one = water()
    makers.assignment(one, makers.person(name="张责任"))
    checked(one, 3)
    client.force_login(makers.user(Role.COUNTY_OFFICER, area=HERE))
    text = client.get(f"/registers/waters/{one.pk}/").content.decode()
    assert [said in text for said in ("张责任", "2024-01-07 08:00", "没有发现问题")] == [True, True, True]
