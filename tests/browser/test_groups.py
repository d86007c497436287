"""Help in the browser: a school's bureau enters what its lead school did, the helped school confirms on the phone, the county sees it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Login
from tests.browser.test_admission import looks_right

COUNTY, HELPED = "xian-410802", "xiaozhang1"
ON = "2023-12-27"


def test_help_is_entered_confirmed_and_seen(login: Login) -> None:
    helped = login(HELPED, "phone", check=True)
    helped.goto("/groups/")
    own = int(helped.url.rstrip("/").rpartition("/")[2])
    name = helped.locator(
        "nav a[href^='/registers/schools/'], main a[href^='/registers/schools/']"
    ).first.inner_text()
    looks_right(helped)

    county = login(COUNTY, check=True)
    county.goto("/groups/")
    assert ON not in county.locator("#groups").inner_text()
    lead = county.locator("#groups tbody tr").first.locator("td").first.inner_text()
    county.goto(f"/registers/schools/?q={lead}")
    with county.expect_navigation():
        county.locator("#results tbody th a").first.click()
    with county.expect_navigation():
        county.locator("main a[href^='/groups/schools/']").click()
    assert not county.url.endswith(f"/schools/{own}/")
    with county.expect_navigation():
        county.get_by_role("link", name="登记帮扶行动", exact=True).click()
    chosen = county.locator("[name=within] option", has_text=name).first.get_attribute("value")
    county.locator("[name=within]").select_option(chosen)
    county.locator("[name=kind]").select_option("lessons")
    for box, value in {"on": ON, "people": "2", "what": "送课两节（走查）", "why": "年度计划"}.items():
        county.locator(f"main [name={box}]").fill(value)
    looks_right(county)
    with county.expect_navigation():
        county.get_by_role("button", name="登记帮扶行动", exact=True).click()
    expect(county.get_by_text("等待受援学校确认").first).to_be_visible()

    helped.reload()
    with helped.expect_navigation():
        helped.get_by_role("row", name=re.compile(ON)).get_by_role("link", name=re.compile("^确认")).click()
    helped.locator("main [name=why]").fill("属实")
    with helped.expect_navigation():
        helped.get_by_role("button", name="确认帮扶行动", exact=True).click()

    county.goto("/groups/")
    expect(county.locator("#groups")).to_contain_text(ON)
