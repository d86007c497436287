"""An inclusive kindergarten in the browser: the owner applies by phone, county and city pass it, a parent objects, nothing is decided early.

The city shows a year that is over; what is walked here is a scheme of this very day.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.conftest import Login
from tests.browser.test_admission import looks_right

OWNER, SECTION = "yuanzhang2", "xueqian"
CODE = "puhui-walk"
CITY = "4108"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()


def fill(page: Page, path: str, button: str = "保存", **given: str) -> None:
    """Fill in a form of a register or of a deed, and send it."""
    if path:
        page.goto(path)
    for name, value in given.items():
        box = page.locator(f"main form [name={name}]")
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def deed(page: Page, label: str, **given: str) -> None:
    """Do a deed from the page of a row."""
    page.get_by_role("link", name=label, exact=True).click()
    fill(page, "", label, **given, why="按规定办理")


def test_an_owner_a_county_a_city_and_a_parent_walk_a_recognition(
    login: Login, window: Callable[..., Page]
) -> None:
    city = login(SECTION)
    fill(
        city, "/registers/schemes/new/", code=CODE, title="普惠园认定（走查）", area=CITY, year=str(TODAY.year),
        subject="kindergarten", effect="inclusive", awards="普惠性民办幼儿园", applies_from=str(TODAY),
        applies_until=str(TODAY + timedelta(days=30)), visitors="0", jurors="0", publicity_days="5", basis="示例", why="走查",
    )  # fmt: skip
    scheme = city.url
    fill(
        city,
        "/registers/schemecategories/new/",
        code=f"{CODE}-1",
        scheme=CODE,
        name="普惠园",
        area=CITY,
        why="走查",
    )
    fill(
        city, "/registers/schemecriteria/new/", scheme=CODE, number="1", words="月保教费不高于 2000 元", area=CITY, asked="check",
        check_slug="kg-fee-most", limit="2000", why="走查",
    )  # fmt: skip
    city.goto(scheme)
    deed(city, "发布方案")

    owner = login(OWNER, "phone", check=True)
    owner.goto("/kindergartens/own/")
    owner.get_by_role("button", name=re.compile("^申报：")).click()
    expect(owner.get_by_text("台账月保教费").first).to_be_visible()
    looks_right(owner)
    application = owner.url
    owner.get_by_role("link", name="提交申报", exact=True).click()
    if owner.locator("[name=twin]").count():
        owner.locator("[name=twin]").fill("不是同一所（演示）")
    fill(owner, "", "提交申报", why="本园申报")
    expect(owner.get_by_text("待县级审核").first).to_be_visible()
    (row,) = owner.request.get("/api/registers/kindergartens/").json()["rows"]
    county = login(f"xian-{row['area']['id'][:6]}")
    for page in (county, city):
        page.goto(application)
        deed(page, "审核申报", verdict="pass", words="齐")
    city.goto(scheme)
    deed(city, "公示名单")
    shown = city.url

    parent = window("phone", check=True)
    parent.goto(f"/schemes/lists/{CODE}-1/")
    looks_right(parent)
    parent.locator("[name=line]").select_option(index=1)
    parent.locator("[name=words]").fill("收费比公示的高（演示）")
    parent.get_by_role("button", name="提交异议").click()

    city.goto(shown)
    deed(city, "作出决定", on=str(TODAY), number="走查〔1〕号")
    expect(city.get_by_role("alert").first).to_contain_text("公示")
