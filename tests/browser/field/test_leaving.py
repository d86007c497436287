"""Sessions that end, people who sign out, and phones that are shared."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.field.standing import Standing, deliver, on_the_phone, ready, record, sign_in

pytestmark = pytest.mark.slow

Phone = Callable[..., Page]
WARDEN, OTHER, OFFICE = "zhenbao", "xianbao", "bangongshi"


def at_the_water(phone: Phone, standing: Standing) -> Page:
    page = phone(standing)
    sign_in(page, standing.address, WARDEN)
    ready(page)
    return page


def test_a_session_that_ended_loses_nothing(standing: Standing, phone: Phone, complaints: Complaints) -> None:
    page = at_the_water(phone, standing)
    page.context.clear_cookies()
    record(page, 0, hazard="警示牌损坏")
    record(page, 0)
    expect(page.get_by_text("请重新登录，手机里的 2 条记录都在。")).to_be_visible()
    page.locator("#banner").get_by_role("link", name="登录").click()
    page.get_by_label("用户名").fill(WARDEN)
    page.get_by_label("密码").fill("yanshi-2023")
    page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/field/*")
    deliver(page)
    assert {one["state"] for one in on_the_phone(page)} == {"sent"}
    assert complaints == []


def test_signing_out_clears_the_phone(standing: Standing, phone: Phone, complaints: Complaints) -> None:
    page = at_the_water(phone, standing)
    record(page, 0)
    deliver(page)
    page.locator("#tabs").get_by_text("更多").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("main").get_by_role("link", name="登录")).to_be_visible()
    assert on_the_phone(page) == []
    page.reload()
    expect(page.get_by_role("main").get_by_role("link", name="登录")).to_be_visible()
    assert (
        page.evaluate("fetch('/fieldwork/mine.json', {redirect: 'manual'}).then((one) => one.status)") == 401
    )
    kept = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((one) => caches.open(one).then((cache) => cache.keys())))).then("
        "(all) => all.flat().map((one) => new URL(one.url).pathname))"
    )
    assert "/field/" in kept
    assert [one for one in kept if not one.startswith(("/field/", "/static/"))] == []
    assert complaints == []


def test_signing_out_with_records_that_wait_asks_first(standing: Standing, phone: Phone) -> None:
    page = at_the_water(phone, standing)
    page.context.set_offline(True)
    record(page, 0, hazard="无人值守")
    page.locator("#tabs").get_by_text("更多").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="还有 1 条记录没有送达")).to_be_visible()
    page.get_by_role("button", name="先不退出").click()
    expect(page.get_by_role("heading", level=1, name="更多")).to_be_visible()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="退出，未送达的留在手机里").click()
    expect(page.get_by_role("heading", level=1, name="水域暗访")).to_be_visible()
    assert [one["state"] for one in on_the_phone(page)] == ["waiting"]
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_role("main").get_by_role("link", name="登录")).to_be_visible()
    sign_in(page, standing.address, OTHER)
    ready(page)
    page.locator("#tabs").get_by_text("记录").click()
    expect(page.get_by_text("还有其他人的 1 条记录没有送达")).to_be_visible()
    assert "无人值守" not in page.content()
    page.locator("#tabs").get_by_text("更多").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("main").get_by_role("link", name="登录")).to_be_visible()
    sign_in(page, standing.address, WARDEN)
    deliver(page)
    expect(page.get_by_text("无人值守")).to_be_visible()
    assert [one["state"] for one in on_the_phone(page)] == ["sent"]


def test_clearing_what_waits_takes_two_answers(standing: Standing, phone: Phone) -> None:
    page = at_the_water(phone, standing)
    page.context.set_offline(True)
    record(page, 0)
    page.locator("#tabs").get_by_text("更多").click()
    page.get_by_role("button", name="退出登录").click()
    page.get_by_role("button", name="清除并退出").click()
    page.get_by_role("heading", name="清除 1 条没有送达的记录？").wait_for()
    page.get_by_role("button", name="清除并退出").click()
    expect(page.get_by_role("heading", level=1, name="水域暗访")).to_be_visible()
    assert on_the_phone(page) == []


def test_signing_out_at_the_desk_clears_the_phone_too(standing: Standing, phone: Phone) -> None:
    page = at_the_water(phone, standing)
    record(page, 0)
    deliver(page)
    desk = phone(standing, beside=page)
    desk.goto(f"{standing.address}/")
    desk.get_by_role("button", name="账号").click()
    desk.get_by_role("button", name="退出登录").click()
    desk.wait_for_url(re.compile(r"/$"))
    expect(page.get_by_role("heading", level=1, name="水域暗访")).to_be_visible()
    assert on_the_phone(page) == []


def test_somebody_without_waters_is_told_so(standing: Standing, phone: Phone) -> None:
    page = phone(standing)
    sign_in(page, standing.address, OFFICE)
    expect(page.get_by_role("main").locator(".notice")).to_be_visible()
    expect(page.locator("#tabs")).to_be_hidden()
