"""What people see of findings: what waits for whom, what is overdue in the city, and what every night brings up."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from junheng.domains.findings import actions, queries
from junheng.domains.findings.desk.waiting import waiting
from junheng.domains.findings.models import Finding
from junheng.domains.findings.tasks import watch
from junheng.domains.findings.terms import Severity
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from tests.domains import makers
from tests.domains.findings.hazards import DONE, FOUND, MADE, PLANNED, SEEN, finding
from tests.domains.makers import AT

HERE, TOWN, OTHER = "410802", "410802001", "410811"
DUE = FOUND + timedelta(days=15)


def told(user: User, *, settings: Any, day: date) -> dict[str, tuple[int, bool]]:
    settings.JUNHENG_AS_OF = day
    return {one.label: (one.count, one.late) for one in waiting(Asker(user, AT)) if one.count}


def opened(client: Client, user: User, path: str) -> tuple[int, str]:
    client.force_login(user)
    answer = client.get(path)
    return answer.status_code, answer.content.decode()


def test_each_sees_what_waits_for_them(settings: Any, django_assert_max_num_queries: Any) -> None:
    town, county, city = (
        makers.user(role, area=area)
        for role, area in (
            (Role.TOWNSHIP_WARDEN, TOWN),
            (Role.COUNTY_OFFICER, HERE),
            (Role.CITY_SECTION, "4108"),
        )
    )
    finding()
    actions.ask_time(finding(), until=date(2024, 1, 30), words="设备在途", by=town, **DONE)
    actions.remedy(finding(), **MADE, by=town, **DONE)
    actions.remedy(finding(), **MADE, by=county, **DONE)  # not to be checked by who reported it
    finding(severity=Severity.MAJOR)
    day = FOUND + timedelta(days=5)  # the plan of the major one is late by then
    assert told(town, settings=settings, day=day) == {"待整改的隐患": (3, True)}
    assert told(county, settings=settings, day=day) == {
        "待复查的隐患": (1, False),
        "待批复的延期": (1, False),
        "待挂牌的重大隐患": (1, False),
        "逾期未整改的隐患": (1, True),
    }
    assert told(city, settings=settings, day=day) == {"待挂牌的重大隐患": (1, False)}
    assert told(makers.user(Role.COUNTY_OFFICER, area=OTHER), settings=settings, day=day) == {}
    assert told(makers.user(Role.AUDITOR), settings=settings, day=day) == {}
    asker = Asker(county, AT)
    list(waiting(asker))
    with django_assert_max_num_queries(1):
        list(waiting(asker))


def test_what_is_overdue_is_brought_before_the_county_then_the_city_once_each() -> None:
    one = finding()
    actions.remedy(finding(), **MADE, by=makers.user(Role.TOWNSHIP_WARDEN, area=TOWN), **DONE)

    def night(days: int) -> list[str]:
        found = actions.escalate_overdue(on=DUE + timedelta(days=days), by="junheng", at=AT, why="每晚清点")
        return [str(each.escalated) for each in found]

    assert [night(days) for days in (0, 1, 1, 6, 7, 8)] == [[], ["county"], [], [], ["city"], []]
    assert list(one.steps.values_list("kind", "words")) == [
        ("found", "救生圈缺失"),
        ("escalated", "逾期 1 天，报县（市、区）教育局"),
        ("escalated", "逾期 7 天，报市局"),
    ]
    assert Entry.objects.filter(table="findings.finding", row=one.pk, who="junheng").count() == 2
    assert verify() is None
    town = makers.user(Role.TOWNSHIP_WARDEN, area=TOWN)
    one = actions.ask_time(one, until=date(2024, 2, 10), words="设备在途", by=town, **DONE)
    officer = makers.user(Role.COUNTY_OFFICER, area=HERE)
    one = actions.decide_time(one, verdict="yes", words="同意", by=officer, **DONE)
    assert (one.escalated, night(8)) == ("", [])


def test_the_night_writes_down_what_is_overdue(settings: Any) -> None:
    finding()
    settings.JUNHENG_AS_OF = DUE + timedelta(days=2)

    class Night:
        at = AT

    assert watch(Night())()["sentence"] == "清点完成：逾期 1 条，新上报 1 条。"
    assert watch(Night())()["sentence"] == "清点完成：逾期 1 条，新上报 0 条。"


def test_the_overdue_list_is_open_inside_the_city_and_leads_no_further(client: Client, settings: Any) -> None:
    one = finding(what="警示牌缺失")
    actions.remedy(
        finding(what="已报告整改的"), **MADE, by=makers.user(Role.COUNTY_OFFICER, area=HERE), **DONE
    )
    settings.JUNHENG_AS_OF = DUE + timedelta(days=3)
    link = f'href="/registers/findings/{one.pk}/"'
    status, page = opened(client, makers.user(Role.COUNTY_OFFICER, area=OTHER), "/findings/overdue/")
    assert (status, "警示牌缺失" in page, "已报告整改的" in page, link in page) == (200, True, False, False)
    assert client.get(f"/registers/findings/{one.pk}/").status_code == 404
    status, page = opened(
        client, makers.user(Role.TOWNSHIP_WARDEN, area=TOWN), "/findings/overdue/?unit=410802"
    )
    assert (status, link in page, "<b>3</b>" in page) == (200, True, True)
    assert client.get("/findings/overdue/?unit=999999").status_code == 400
    assert client.get("/findings/overdue/?unit=410811").content.decode().count("警示牌缺失") == 0
    assert opened(client, makers.user(Role.TIP_OFFICER), "/findings/overdue/")[0] == 403
    officer = makers.user(Role.COUNTY_OFFICER, area=OTHER)
    assert 'href="/findings/overdue/"' in opened(client, officer, "/registers/findings/")[1]


def test_the_page_of_a_finding_shows_its_steps_and_what_one_may_do(client: Client) -> None:
    town, county = makers.user(Role.TOWNSHIP_WARDEN, area=TOWN), makers.user(Role.COUNTY_OFFICER, area=HERE)
    one = finding()
    place = f"/registers/findings/{one.pk}/"
    _status, page = opened(client, town, place)
    assert "报告整改完成" in page
    assert "复查销号" not in page.replace("报告整改完成", "")
    actions.remedy(one, **MADE, by=town, **DONE)
    _status, page = opened(client, county, place)
    assert [word in page for word in ("照片 3 张", "/close/", "/reopen/", "/remedy/")] == [
        True,
        True,
        True,
        False,
    ]
    _status, page = opened(client, town, place)
    assert [word in page for word in ("/close/", "/reopen/")] == [False, False]


def test_the_pages_of_places_show_what_is_not_closed_there(client: Client) -> None:
    school, water = makers.school(), makers.water()
    finding(school=school, what="消防通道堵塞", severity=Severity.SERIOUS)
    one = finding(water=water, what="护栏破损")
    officer = makers.user(Role.COUNTY_OFFICER, area=HERE)
    for path, there, elsewhere in (
        (f"/registers/schools/{school.pk}/", "消防通道堵塞", "护栏破损"),
        (f"/registers/waters/{water.pk}/", "护栏破损", "消防通道堵塞"),
    ):
        _status, page = opened(client, officer, path)
        assert (there in page, elsewhere in page) == (True, False)
    actions.remedy(one, **MADE, by=makers.user(Role.TOWNSHIP_WARDEN, area=TOWN), **DONE)
    actions.close(one, **SEEN, by=officer, **DONE)
    _status, page = opened(client, officer, f"/registers/waters/{water.pk}/")
    assert "没有未销号的隐患" in page


def test_counts_are_whole_numbers_of_whom_they_should_be() -> None:
    school, water = makers.school(area_id=OTHER), makers.water()
    town, county = makers.user(Role.TOWNSHIP_WARDEN, area=TOWN), makers.user(Role.COUNTY_OFFICER, area=HERE)
    finding(school=school, severity=Severity.MAJOR)
    closed = actions.remedy(finding(water=water), **MADE, by=town, **DONE)
    actions.close(closed, **SEEN, by=county, **DONE)
    again = actions.remedy(finding(water=water, source="tips"), **MADE, by=town, **DONE)
    actions.reopen(again, on=date(2024, 1, 9), words="没有补", by=county, **DONE)
    on = date(2024, 1, 20)
    every = queries.counts(Finding.objects.all(), on=on)
    assert (every.registered, every.closed, every.unclosed, every.overdue, every.major, every.reopened) == (
        3,
        1,
        2,
        1,
        1,
        1,
    )
    by_water = queries.counts_by(Finding.objects.all(), "water", on=on)
    assert {key: (one.registered, one.closed) for key, one in by_water.items()} == {water.pk: (2, 1)}
    assert [queries.unclosed(**narrowed).count() for narrowed in (
        {"school": school}, {"water": water}, {"area": HERE}, {"area": OTHER}, {"source": "tips"}, {"source": "checks"},
    )] == [1, 1, 1, 1, 1, 1]  # fmt: skip
    assert [one.school for one in queries.overdue(on)] == [school]


def test_nothing_waits_of_a_planned_major_hazard_that_is_listed(settings: Any) -> None:
    town, county = makers.user(Role.TOWNSHIP_WARDEN, area=TOWN), makers.user(Role.COUNTY_OFFICER, area=HERE)
    one = actions.plan(finding(severity=Severity.MAJOR), **PLANNED, by=town, **DONE)
    actions.list_finding(one, number="示督〔2024〕1号", on=date(2024, 1, 8), by=county, **DONE)
    assert told(county, settings=settings, day=date(2024, 1, 15)) == {}


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "findings", "posts", check=True, dry_run=True, verbosity=0)
