"""A form on a phone: filled by taps, kept at every step, sent, and what comes back; the pages pass axe."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, Login

pytestmark = pytest.mark.browser
TITLE = "校园饮水设备调查"


def serious(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in {"serious", "critical"}]


def test_a_school_fills_in_a_form_on_a_phone(login: Login, complaints: Complaints) -> None:
    page = login("xiaozhang1", "phone", check=True)
    page.goto("/asks/")
    page.get_by_role("link", name=TITLE).first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []
    machines = page.get_by_role("textbox", name="直饮水机台数")
    upkeep = page.get_by_role("textbox", name="饮水设备年维护费")
    machines.fill("7")
    machines.press("Tab")
    expect(page.locator("#draft-state")).to_contain_text("草稿已保存")
    page.reload()
    expect(machines).to_have_value("7")
    machines.press("Enter")
    expect(page.get_by_text("草稿已保存。", exact=True)).to_be_visible()
    expect(upkeep).to_have_value("")  # Enter takes nothing over from last time
    page.get_by_role("button", name="饮水设备年维护费：与上次相同").click()
    expect(upkeep).not_to_have_value("")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("还没有提交")
    page.get_by_label("是", exact=True).check()
    expect(page.locator("#draft-state")).to_contain_text("草稿已保存")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("heading", name="您得到的")).to_be_visible()
    expect(page.locator(".backs")).to_contain_text(re.compile("中位数"))
    assert serious(page) == []
    page.get_by_role("link", name="打印的一页").click()
    expect(page.get_by_role("main")).to_contain_text("演示数据")
    assert complaints == []


def test_a_designer_is_told_what_is_known_while_writing(login: Login, complaints: Complaints) -> None:
    page = login("jijiao", check=True)
    page.goto("/asks/?state=draft")
    page.get_by_role("link", name="课后服务师资调查").click()
    assert serious(page) == []
    page.get_by_role("link", name="添加问题").click()
    page.get_by_label("问题").press_sequentially("在校学生总人数")
    expect(page.locator("#known")).to_contain_text("台账已有")
    assert serious(page) == []
    for address in (
        "/asks/",
        "/asks/catalogue/",
        "/asks/load/",
        "/asks/new/",
        "/asks/3/answers/",
        "/asks/3/preview/",
    ):
        page.goto(address)
        assert serious(page) == [], address
    assert complaints == []
