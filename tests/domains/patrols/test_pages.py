"""The pages of patrols: what each role sees, what nobody else does, and the file of a week."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from junheng.domains.patrols.actions import keep_ledger
from junheng.domains.patrols.models import Leave, Miss
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.workbooks import read_workbook
from tests.domains import makers
from tests.domains.looking import as_, text
from tests.domains.patrols.history import check, warden
from tests.domains.patrols.test_leaves import officer, own

MONDAY, DAY = date(2023, 9, 11), date(2023, 9, 20)
SOON = timezone.localdate() + timedelta(days=7)
"""Leave is asked for on the day of the test, whichever that is."""


@pytest.fixture(autouse=True)
def on_a_day(settings) -> None:
    settings.JUNHENG_AS_OF = DAY


def short():
    person, water = warden(since=MONDAY, name="甲责任人")
    check(person, water, MONDAY)
    keep_ledger(on=DAY, by="junheng", at=makers.AT, why="计数")
    return person, water


def test_ones_own_page() -> None:
    person, water = short()
    makers.assignment(makers.water(name="从未去过的河段", risk="low"), person)
    page = text(as_(own(person)).get("/patrols/mine/"))
    assert "还差" in page
    assert page.index("从未去过的河段") < page.index(water.name)  # neglected longest, first
    assert "9 天前" in page
    assert "不计入每周次数" in page
    assert f"/deeds/misses/{Miss.objects.get().pk}/explain/" in page
    assert "待确认" in page


def test_without_a_link_the_page_says_what_to_do() -> None:
    page = text(as_(makers.user(Role.TOWNSHIP_WARDEN, area="410802001")).get("/patrols/mine/"))
    assert "还没有关联责任人" in page


def test_leave_from_ones_own_page() -> None:
    (person, _water), (deputy, _other) = warden(), warden()
    client, facts = (
        as_(own(person)),
        {"since": str(SOON), "until": str(SOON + timedelta(days=7)), "reason": "duty", "why": "公务"},
    )
    at = f"/patrols/mine/{person.pk}/leave/"
    answer = client.post(at, facts | {"deputy": str(deputy.pk)})
    assert (answer.status_code, answer["Location"]) == (302, "/patrols/mine/")
    assert Leave.objects.get().deputy == deputy
    again = client.post(at, facts)
    assert (again.status_code, again["X-Refusal"]) == (409, "leave-overlaps")
    assert "已有请假" in again.content.decode()
    assert client.post(at, {"since": str(SOON + timedelta(days=60))}).status_code == 422
    assert client.post(f"/patrols/mine/{deputy.pk}/leave/", facts).status_code == 404
    assert client.get(at).status_code == 405
    assert Leave.objects.count() == 1


def test_a_deputy_of_elsewhere_cannot_be_chosen() -> None:
    (person, _water), (other, _more) = warden(), warden(area_id="410811001")
    facts = {
        "since": str(SOON),
        "until": str(SOON + timedelta(days=7)),
        "reason": "duty",
        "why": "公务",
        "deputy": str(other.pk),
    }
    assert as_(own(person)).post(f"/patrols/mine/{person.pk}/leave/", facts).status_code == 422


def test_the_week_of_a_county_and_of_the_city() -> None:
    person, _water = short()
    far, water = warden(area_id="410811001", name="乙责任人")
    water.area_id = "410811001"
    water.save()
    own_county = text(as_(officer()).get("/patrols/weeks/?week=2023-09-13"))
    assert ("甲责任人" in own_county, "乙责任人" in own_county) == (True, False)
    assert "2023-09-11" in own_county
    city = text(as_(makers.user(Role.CITY_SECTION)).get("/patrols/weeks/?week=2023-09-13"))
    assert "甲责任人" in city
    assert (
        text(as_(makers.user(Role.CITY_SECTION)).get("/patrols/weeks/?week=2023-09-13&area=410811")).count(
            "甲责任人"
        )
        == 0
    )
    assert as_(officer()).get("/patrols/weeks/?area=410811").status_code == 404
    assert as_(officer()).get(f"/patrols/people/{far.pk}/").status_code == 404
    assert "甲责任人" in text(as_(officer()).get(f"/patrols/people/{person.pk}/?year=2023"))


def test_sums_are_those_of_the_lines() -> None:
    for _ in range(3):
        person, _water = warden()
    makers.assignment(makers.water(), makers.person(area_id="410802"), level="county")
    check(person, person.assignment_set.get().water, MONDAY)
    answer = as_(officer()).get(f"/patrols/weeks/?week={MONDAY}")
    sums = [(people, one.owed, one.done, one.missed) for _word, people, one in answer.context["totals"]]
    assert sums == [(3, 6, 1, 5), (1, 1, 0, 1), (4, 7, 1, 6)]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?week=gestern", 400),
        ("?week=0001-01-01", 400),
        ("?week=9999-12-31", 400),
        ("?reading=day", 400),
        ("?area=99", 404),
    ],
)
def test_an_address_that_makes_no_sense_is_refused(query, status) -> None:
    assert as_(officer()).get(f"/patrols/weeks/{query}").status_code == status


@pytest.mark.parametrize("page", ["/patrols/weeks/", "/patrols/misses/", "/patrols/weeks/file/"])
def test_others_do_not_find_the_pages(page) -> None:
    assert Client().get(page).status_code == 302
    assert as_(makers.user(Role.AID_OFFICER)).get(page).status_code == 404


def test_the_file_of_a_week() -> None:
    short()
    warden(name="=1+1")
    client = as_(officer())
    answer = client.get(f"/patrols/weeks/file/?week={MONDAY}&format=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[0][0].startswith("# ")
    assert rows[1][7:10] == ["应查次数", "已查次数", "漏查次数"]
    assert {row[3]: row[7:10] for row in rows[2:4]} == {"甲责任人": ["2", "1", "1"], "'=1+1": ["2", "0", "2"]}
    assert rows[-1][:4] + rows[-1][7:10] == ["合计", "", "", "2", "4", "1", "3"]
    assert Entry.objects.filter(table="patrols.miss", verb="export").count() == 1
    book = client.get(f"/patrols/weeks/file/?week={MONDAY}&format=xlsx")
    grid = read_workbook("周报.xlsx", b"".join(book.streaming_content))[0]
    assert sorted(row[3] for row in grid.rows[1:3]) == ["=1+1", "甲责任人"]
    assert client.get("/patrols/weeks/file/?format=pdf").status_code == 400
    assert (
        as_(makers.user(Role.TOWNSHIP_WARDEN, area="410802001")).get("/patrols/weeks/file/").status_code
        == 403
    )


def test_what_is_open_at_a_level() -> None:
    person, _water = short()
    page = text(as_(officer()).get("/patrols/misses/?rung=county"))
    assert ("甲责任人" in page, "解放区教育局" in page) == (True, True)
    assert "甲责任人" not in text(as_(officer()).get("/patrols/misses/?rung=leader"))
    row = Miss.objects.get(person=person)
    detail = text(as_(officer()).get(f"/registers/misses/{row.pk}/"))
    assert "逐级上报" in detail
    assert "应报 2023-09-18" in detail


def test_a_long_week_asks_no_more_often(django_assert_max_num_queries) -> None:
    client = as_(officer())
    for _ in range(12):
        person, water = warden(since=MONDAY)
        check(person, water, MONDAY)
    keep_ledger(on=DAY, by="junheng", at=makers.AT, why="计数")
    client.get("/patrols/weeks/")
    with django_assert_max_num_queries(20):
        client.get(f"/patrols/weeks/?week={MONDAY}")
    assert Miss.objects.filter(monday__gte=MONDAY, monday__lt=MONDAY + timedelta(days=7)).count() == 12
