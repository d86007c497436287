"""The phone page in use: five taps, two tabs, what lay there for weeks, what was sent back, a full phone, the last resort."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.field.standing import Standing, deliver, on_the_phone, picture, ready, record, sign_in
from tests.browser.field.test_offline import kept
from tests.browser.test_pages import minded

Phone = Callable[..., Page]
WARDEN = "zhenbao"


def at_the_water(phone: Phone, standing: Standing, **given: Any) -> Page:
    page = phone(standing, **given)
    sign_in(page, standing.address, WARDEN)
    ready(page)
    return page


def test_a_check_is_five_taps_and_gets_its_receipt(
    standing: Standing, phone: Phone, complaints: Complaints
) -> None:
    page = at_the_water(phone, standing)
    page.evaluate(
        "window.taps = 0; document.addEventListener('click', (event) => event.isTrusted && (window.taps += 1))"
    )
    page.locator("ul.waters li a").first.click()
    expect(page.locator(".where")).to_contain_text("已取得位置（误差约 12 米）")
    with page.expect_file_chooser() as chooser:
        page.get_by_text("拍照").click()
    chooser.value.set_files({"name": "a.png", "mimeType": "image/png", "buffer": picture(5)})
    expect(page.locator(".strip li")).to_have_count(1)
    page.get_by_role("button", name="没有问题").click()
    expect(page.get_by_role("heading", level=1, name="我的水域")).to_be_visible()
    assert (
        page.evaluate("window.taps") <= 5
    )  # the label's click reaches its input too; the shutter is the fifth
    expect(page.get_by_text("今天查过").first).to_be_visible()
    deliver(page)
    page.locator("ul.rows a").first.click()
    expect(page.locator("dl.facts")).to_contain_text(re.compile(r"回执[0-9A-F]{8}"))
    (one,) = on_the_phone(page)
    assert (one["place"], one["signs"]["offline"]) == (
        {"lon": 113240000, "lat": 35220000, "accuracy": 12},
        False,
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", one["checked_at"])
    assert complaints == []


def test_without_a_place_it_is_saved_all_the_same(standing: Standing, phone: Phone) -> None:
    page = at_the_water(phone, standing)
    page.context.clear_permissions()
    record(page, 0)
    (one,) = on_the_phone(page)
    assert one["place"] is None


def test_two_tabs_send_a_record_once(standing: Standing, phone: Phone, django_db_blocker: Any) -> None:
    page = at_the_water(phone, standing)
    other = phone(standing, beside=page)
    other.goto("/field/")
    ready(other)
    page.context.set_offline(True)
    for number in range(3):
        record(page if number % 2 else other, 0, photos=1, seed=30 + number)
    page.context.set_offline(False)
    for tab in (page, other, page, other):
        tab.evaluate("window.dispatchEvent(new Event('online'))")
    deliver(page)
    deliver(other)
    assert kept(django_db_blocker.unblock, standing, page) == [("", 1, 1)] * 3
    expect(other.locator("ul.rows a[href^='#record']")).to_have_count(3)


def test_what_lay_on_the_phone_for_three_weeks_is_delivered(
    standing: Standing, phone: Phone, django_db_blocker: Any
) -> None:
    page = at_the_water(phone, standing)
    page.context.set_offline(True)
    record(page, 0, hazard="护栏破损")
    page.evaluate(
        """() => new Promise((done) => {
          const opening = indexedDB.open("junheng-field", 1);
          opening.onsuccess = () => {
            const rows = opening.result.transaction("records", "readwrite").objectStore("records");
            rows.getAll().onsuccess = (event) => {
              const [one] = event.target.result;
              const then = new Date(one.checked_ms - 21 * 86400000 + 8 * 3600000);
              rows.put({ ...one, checked_ms: one.checked_ms - 21 * 86400000, saved_ms: one.saved_ms - 21 * 86400000,
                checked_at: then.toISOString().slice(0, 19) + "+08:00" }).onsuccess = () => (opening.result.close(), done());
            };
          };
        })"""
    )
    page.reload()
    page.locator("#tabs").get_by_text("记录").click()
    expect(page.get_by_text("有记录已在手机里 21 天")).to_be_visible()
    page.context.set_offline(False)
    deliver(page)
    assert kept(django_db_blocker.unblock, standing, page) == [("护栏破损", 0, 0)]


def test_what_was_sent_back_is_corrected(standing: Standing, phone: Phone, django_db_blocker: Any) -> None:
    page = at_the_water(phone, standing)
    page.context.set_offline(True)
    record(page, 0)
    page.locator("#tabs").get_by_text("记录").click()
    page.locator("ul.rows a").first.click()
    page.get_by_text("更正", exact=True).click()
    page.get_by_label("检查时间").fill("2001-01-01T08:00:00")
    page.get_by_role("button", name="保存更正").click()
    page.context.set_offline(False)
    page.get_by_role("button", name="立即送达").click()
    page.locator("ul.rows a", has_text="被退回").click()
    expect(page.locator("main .notice")).to_be_visible()
    today = page.evaluate("new Date(Date.now() + 8 * 3600000 - 60000).toISOString().slice(0, 19)")
    page.get_by_label("检查时间").fill(today)
    page.get_by_role("button", name="保存更正").click()
    deliver(page)
    assert kept(django_db_blocker.unblock, standing, page) == [("", 0, 0)]


def test_a_question_is_answered_without_a_network(
    standing: Standing, phone: Phone, django_db_blocker: Any
) -> None:
    page = at_the_water(phone, standing)
    page.context.set_geolocation({"longitude": 114.9, "latitude": 36.4, "accuracy": 9})
    page.locator("ul.waters li a").first.click()
    expect(page.locator(".where")).to_contain_text("已取得位置")
    page.get_by_role("button", name="没有问题").click()
    page.locator("#tabs").get_by_text("记录").click()
    page.locator("ul.rows a", has_text="需要回答").click()
    page.context.set_offline(True)
    page.get_by_label(re.compile("离水域")).fill("在对岸，从桥上看。")
    page.get_by_role("button", name="保存回答").click()
    expect(page.locator("#state")).to_contain_text("1 条未送达")
    page.context.set_offline(False)
    deliver(page)
    number = on_the_phone(page)[0]["id"]

    def ask() -> list[str]:
        from junheng.domains.fieldwork.models import FieldQuestion

        return list(
            FieldQuestion.objects.filter(kind="far", record__uuid=number).values_list("answer", flat=True)
        )

    assert standing.asked(ask, django_db_blocker.unblock) == ["在对岸，从桥上看。"]


def test_a_full_phone_says_so_and_keeps_what_was_written(standing: Standing, phone: Phone) -> None:
    page = at_the_water(phone, standing)
    page.locator("ul.waters li a").first.click()
    page.get_by_role("button", name="发现问题").click()
    page.get_by_label("发现了什么").fill("有学生下水")
    page.evaluate(
        """() => {
          window.roomy = IDBObjectStore.prototype.put;
          IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
        }"""
    )
    page.get_by_role("button", name="保存问题").click()
    expect(page.get_by_text("手机存储已满，这条没有存入")).to_be_visible()
    expect(page.get_by_label("发现了什么")).to_have_value("有学生下水")
    page.evaluate("() => { IDBObjectStore.prototype.put = window.roomy; }")
    page.get_by_role("button", name="保存问题").click()
    expect(page.get_by_role("heading", level=1, name="我的水域")).to_be_visible()
    assert [one["hazard"] for one in on_the_phone(page)] == ["有学生下水"]


def test_a_page_that_ended_under_the_camera_comes_back_as_it_was(standing: Standing, phone: Phone) -> None:
    page = at_the_water(phone, standing)
    page.locator("ul.waters li a").first.click()
    page.locator("#camera").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture(9)})
    expect(page.locator(".strip li")).to_have_count(1)
    page.get_by_role("button", name="发现问题").click()
    page.get_by_label("发现了什么").fill("救生圈缺失")
    page.wait_for_timeout(200)
    page.reload()
    expect(page.get_by_label("发现了什么")).to_have_value("救生圈缺失")
    expect(page.locator(".strip li")).to_have_count(1)


def test_no_photo_is_taken_for_one(standing: Standing, phone: Phone) -> None:
    page = at_the_water(phone, standing)
    page.locator("ul.waters li a").first.click()
    page.locator("#camera").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"no photo at all"}
    )
    expect(page.get_by_text("这个文件不是能读取的照片")).to_be_visible()
    expect(page.locator(".strip li")).to_have_count(0)


@pytest.mark.parametrize("by", [WARDEN, "county"])
def test_the_last_resort_counts_once(
    standing: Standing, phone: Phone, django_db_blocker: Any, tmp_path: Path, by: str
) -> None:
    page = at_the_water(phone, standing)
    page.context.set_offline(True)
    record(page, 0, photos=1, hazard="救生圈缺失", seed=7 if by == WARDEN else 8)
    record(page, 0)
    page.locator("#tabs").get_by_text("更多").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="导出 2 条").click()
    file = tmp_path / "out.json"
    started.value.save_as(file)
    told = json.loads(file.read_text("utf-8"))
    assert (len(told["records"]), len(told["photos"])) == (2, 1)

    desk = phone(standing, wide=True)
    who = WARDEN if by == WARDEN else f"xian-{county_of(standing, django_db_blocker, told['person']['id'])}"
    sign_in(desk, standing.address, who, to="/field/file/")
    for result in ("已送达", "早已送达，没有重复计数"):
        desk.get_by_label("手机导出的文件").set_input_files(file)
        expect(desk.get_by_text("文件里有")).to_be_visible()
        desk.get_by_role("button", name="送达", exact=True).click()
        expect(desk.get_by_text("2 条记录中 2 条已完整送达。")).to_be_visible()
        expect(desk.locator("tbody tr")).to_have_count(2)
        for row in desk.locator("tbody tr").all():
            expect(row).to_contain_text(result)
    page.context.set_offline(False)
    deliver(page)
    assert sorted(kept(django_db_blocker.unblock, standing, page)) == [("", 0, 0), ("救生圈缺失", 1, 1)]


def county_of(standing: Standing, blocker: Any, person: int) -> str:
    def ask() -> str:
        from junheng.domains.people.models import Person

        return str(Person.objects.get(pk=person).area_id)[:6]

    code: str = standing.asked(ask, blocker.unblock)
    return code


def test_a_file_of_nobody_is_refused_with_a_sentence(standing: Standing, phone: Phone) -> None:
    page = phone(standing, wide=True)
    sign_in(page, standing.address, WARDEN, to="/field/file/")
    for content in (
        b"\xff\x00",
        b"{}",
        b'{"format": "junheng-field-1", "person": {"id": 1}, "records": [{}], "photos": []}',
    ):
        page.get_by_label("手机导出的文件").set_input_files(
            {"name": "x.json", "mimeType": "application/json", "buffer": content}
        )
        expect(page.get_by_text("这不是手机导出的文件")).to_be_visible()
        expect(page.get_by_role("button", name="送达", exact=True)).to_be_disabled()


@pytest.mark.parametrize("wide", [False, True], ids=["phone", "desktop"])
def test_every_view_is_open_to_everybody(
    standing: Standing, phone: Phone, complaints: Complaints, wide: bool
) -> None:
    page = at_the_water(phone, standing, wide=wide, check=True)
    page.context.set_offline(True)
    record(page, 0, photos=1, hazard="救生圈缺失", seed=3)
    water = page.locator("ul.waters li a").first.get_attribute("href")
    one = f"#record/{on_the_phone(page)[0]['id']}"
    for view in ("", water, "#sent", one, "#more"):
        page.goto(f"/field/{view}")
        page.wait_for_timeout(150)
        if view == water:
            page.get_by_role("button", name="发现问题").click()
        assert page.locator("h1").count() == 1
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, view
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            assert minded(page) == [], (view, theme)
    assert complaints == []


def test_english_leaves_no_chinese_in_the_app(standing: Standing, phone: Phone) -> None:
    page = at_the_water(phone, standing)
    page.locator("#tabs").get_by_text("更多").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1, name="More")).to_be_visible()
    for hash in ("", "#sent", "#more"):
        page.goto(f"/field/{hash}")
        page.wait_for_timeout(150)
        for text in page.locator("h1, h2, .tabs, button, .chips").all_inner_texts():
            assert not re.search(r"[\u4e00-\u9fff]", text.replace("中文", "")), text
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")
