"""The pages of a round: who sees what, what is saved at every step, what waits on the first page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from junheng.domains.safety import actions
from junheng.domains.safety.desk.waiting import results_to_answer, sheets_to_send
from junheng.domains.safety.models import Answer, ResultNotice, Sheet
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from tests.domains import makers
from tests.domains.safety.round import (
    DAY,
    HERE,
    THERE,
    WHY,
    fill,
    officer,
    opened,
    principal,
    said,
    section,
    sheet_of,
)

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def school():
    return makers.school(area_id=HERE)


@pytest.fixture
def round_(school):
    """A round that runs until somebody closes it: the pages ask the clock."""
    return opened(section(), self=(DAY, None), county=(DAY, None))


def enter(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(sheet: Sheet, **results: str) -> dict[str, str]:
    found = {}
    for item, (result, note) in said(sheet, **results).items():
        found |= {f"r{item}": result, f"n{item}": note}
    return found


def test_each_choice_is_saved_as_it_is_made(round_, school) -> None:
    sheet = sheet_of(round_, school)
    client, item = enter(principal(school)), min(said(sheet))
    part = client.post(
        f"/safety/sheets/{sheet.pk}/",
        {f"r{item}": "fail", f"n{item}": SCRIPT},
        headers={"HX-Request": "true"},
    )
    assert (part.status_code, "已填 1 / 4 条" in part.content.decode()) == (200, True)
    page = client.get(f"/safety/sheets/{sheet.pk}/").content.decode()
    assert "&lt;script&gt;" in page
    assert SCRIPT not in page
    assert Answer.objects.get(sheet=sheet).result == "fail"
    bare = client.post(f"/safety/sheets/{sheet.pk}/", form(sheet), follow=True)
    assert "已存为草稿" in bare.content.decode()
    assert sheet_of(round_, school).state == "draft"


def test_what_stands_in_the_way_is_said_and_nothing_is_lost(round_, school) -> None:
    sheet = sheet_of(round_, school)
    client, whole = enter(principal(school)), form(sheet, n1_1="fail")
    last = max(said(sheet))
    whole.pop(f"r{last}")
    answer = client.post(f"/safety/sheets/{sheet.pk}/", whole | {"send": "1"})
    assert (answer.status_code, answer["X-Refusal"]) == (400, "not-all-answered")
    assert Answer.objects.filter(sheet=sheet).count() == 3, "what was filled in is saved"
    assert "1.1有问题" in answer.content.decode()
    sent = client.post(f"/safety/sheets/{sheet.pk}/", form(sheet, n1_1="fail") | {"send": "1"}, follow=True)
    assert "看不到这份自查的内容" in sent.content.decode()
    late = {f"r{last}": "pass", f"n{last}": ""}
    told = client.post(f"/safety/sheets/{sheet.pk}/", late, headers={"HX-Request": "true"})
    assert told.status_code == 200, "the last choice may arrive after the sheet was sent"
    other = client.post(
        f"/safety/sheets/{sheet.pk}/", late | {f"r{last}": "na"}, headers={"HX-Request": "true"}
    )
    assert (other.status_code, other["X-Refusal"]) == (409, "sheet-is-sent")
    again = client.post(f"/safety/sheets/{sheet.pk}/", form(sheet) | {"send": "1"})
    assert (again.status_code, again["X-Refusal"]) == (409, "sheet-is-sent")


def test_an_item_of_another_list_is_refused(round_, school) -> None:
    sheet = sheet_of(round_, school)
    answer = enter(principal(school)).post(f"/safety/sheets/{sheet.pk}/", {"r999999999": "pass"})
    assert (answer.status_code, answer["X-Refusal"]) == (400, "item-not-in-version")


def test_a_correction_needs_its_reason(round_, school) -> None:
    by = principal(school)
    sheet = fill(sheet_of(round_, school), by)
    item = min(said(sheet_of(round_, school)))
    client, place = enter(by), f"/safety/sheets/{sheet.pk}/items/{item}/"
    assert client.get(place).status_code == 200
    bare = client.post(place, {"result": "na", "note": ""})
    assert (bare.status_code, Answer.objects.get(sheet=sheet, item=item).result) == (400, "pass")
    done = client.post(place, {"result": "na", "note": "", "why": "本校没有"}, follow=True)
    assert "符合 → 不适用" in done.content.decode()
    assert enter(officer()).get(place).status_code == 404
    assert client.get(f"/safety/sheets/{sheet.pk}/items/999999999/").status_code == 404


@pytest.mark.parametrize("path", ["", "differences/", "differences.csv"])
def test_who_has_nothing_to_do_with_it_sees_no_round(round_, path: str) -> None:
    place = f"/safety/rounds/{round_.code}/{path}"
    assert Client().get(place).status_code == 302
    assert enter(makers.user(Role.TIP_OFFICER)).get(place).status_code == 403
    assert enter(officer()).get(place).status_code == 200
    assert enter(officer()).get("/safety/rounds/nothing/").status_code == 404


def test_a_county_sees_its_schools_alone(round_, school) -> None:
    page = enter(officer(THERE)).get(f"/safety/rounds/{round_.code}/").content.decode()
    assert school.name not in page
    assert school.name in enter(officer()).get(f"/safety/rounds/{round_.code}/").content.decode()


def test_what_waits_on_the_first_page(round_, school) -> None:
    makers.school(area_id=HERE)
    at = timezone.now()
    own = [(one.label, one.count) for one in sheets_to_send(Asker(principal(school), at))]
    assert own == [(f"安全自查：{round_.title}", 1)]
    county = [(one.label, one.count) for one in sheets_to_send(Asker(officer(), at))]
    assert county == [(f"待排查的学校：{round_.title}", 1)]
    fill(sheet_of(round_, school), principal(school))
    fill(sheet_of(round_, school, "county"), officer())
    assert list(sheets_to_send(Asker(principal(school), at))) == []
    assert list(sheets_to_send(Asker(officer(), at))) == []
    for role in (Role.CITY_SECTION, Role.AUDITOR, Role.TIP_OFFICER, Role.CLASS_TEACHER):
        assert list(sheets_to_send(Asker(makers.user(role), at))) == []


def test_a_notice_is_read_and_answered_by_its_county(round_, school) -> None:
    at = timezone.now()
    fill(sheet_of(round_, school), principal(school))
    actions.close_round(round_, on=DAY, by=section(), at=at, why=WHY)
    actions.send_results(
        round_, until=timezone.localdate(at) + timedelta(days=5), by=section(), at=at, why=WHY
    )
    notice, county = ResultNotice.objects.get(), officer()
    place = f"/safety/notices/{notice.pk}/"
    assert [one.address for one in results_to_answer(Asker(county, at))] == [place]
    assert enter(officer(THERE)).get(place).status_code == 404
    assert enter(principal(school)).get(place).status_code == 403
    assert enter(section()).post(place, {"words": "x"}).status_code == 403
    bare = enter(county).post(place, {"words": ""})
    assert (bare.status_code, "请写明" in bare.content.decode()) == (400, True)
    assert "没有异议。" in enter(county).post(place, {"words": "没有异议。"}, follow=True).content.decode()
    assert list(results_to_answer(Asker(county, at))) == []


def test_the_file_of_differences_is_harmless_and_leaves_an_entry(round_, school) -> None:
    school.name = "=1+1小学"
    school.save()
    fill(sheet_of(round_, school), principal(school), n1_1="fail")
    fill(sheet_of(round_, school, "county"), officer(), n1_2="fail")
    answer = enter(section()).get(f"/safety/rounds/{round_.code}/differences.csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].endswith("学校自查,县区排查,县域交叉检查,市级抽查,最先发现")
    assert [line.split(",")[1:4:2] + line.split(",")[5:] for line in lines[1:]] == [
        ["'=1+1小学", "1.1", "不符合", "符合", "", "", "学校自查"],
        ["'=1+1小学", "1.2", "符合", "不符合", "", "", "县区排查"],
    ]
    assert answer["X-Rows"] == "2"
    assert Entry.objects.filter(verb="export", table="safety.round", row=round_.pk).exists()


def test_a_school_shows_its_last_inspection_and_what_is_open(round_, school) -> None:
    place, by = f"/safety/schools/{school.pk}/", principal(school)
    assert enter(by).get(place).status_code == 404, "nothing was sent yet"
    fill(sheet_of(round_, school, "county"), officer(), n1_1="fail")
    page = enter(by).get(place).content.decode()
    assert "最近一次" in page
    assert "门卫要求1.1" in page
    assert enter(principal(makers.school())).get(place).status_code == 404
    assert enter(officer(THERE)).get(place).status_code == 404


def test_pages_ask_as_often_where_there_is_more() -> None:
    by = section()

    def asked(code: str) -> list[int]:
        client, found = enter(by), []
        for path in ("", "differences/"):
            client.get(f"/safety/rounds/{code}/{path}")
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/safety/rounds/{code}/{path}")
            found.append(len(queries))
        return found

    def a_round_of(number: int) -> str:
        schools = [makers.school(area_id=HERE) for _ in range(number)]
        one = opened(by)
        for school in schools:
            fill(sheet_of(one, school), principal(school), n1_1="fail")
            fill(sheet_of(one, school, "county"), officer(), n1_2="fail")
        return one.code

    assert asked(a_round_of(1)) == asked(a_round_of(3))
