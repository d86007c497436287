"""Schemes in the browser: a kindergarten completes what was sent back, its county answers, anybody verifies a certificate."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Login
from tests.browser.test_admission import looks_right

COUNTY, SECTION = "xian-410823", "deyu"


def test_the_owner_completes_the_county_answers_and_the_public_verifies(
    login: Login, window: Callable[..., Page]
) -> None:
    county = login(COUNTY, check=True)
    county.goto("/schemes/office/")
    looks_right(county)
    county.goto("/registers/schemeapplications/?stage=returned")
    county.locator("#results tbody th a").first.click()
    county.get_by_role("link", name="发填报码").click()
    county.get_by_role("button", name="发填报码").click()
    code = county.locator("main .notice b").inner_text()
    looks_right(county)

    phone = window("phone", check=True)
    phone.goto("/schemes/fill/")
    phone.locator("[name=code]").fill("AAAA-BBBB-CCCC")
    phone.get_by_role("button", name="进入").click()
    expect(phone.get_by_role("alert")).to_contain_text("没有这个填报码")
    phone.locator("[name=code]").fill(code.lower())
    phone.get_by_role("button", name="进入").click()
    expect(phone.get_by_role("status").first).to_contain_text("请补充上年度审计报告")
    looks_right(phone)
    for box in phone.locator("textarea[name^=stated_]").all():
        box.fill("已附审计报告（演示）")
    phone.get_by_role("button", name="提交申报").click()
    expect(phone.locator("header .badge").first).to_contain_text("待县级审核")

    county.goto("/registers/schemeapplications/?stage=county")
    county.locator("#results tbody th a").first.click()
    county.get_by_role("link", name="审核申报").click()
    county.locator("[name=verdict]").select_option("return")
    county.locator("[name=words]").fill("请写明审计机构")
    county.locator("[name=why]").fill("材料不齐")
    county.get_by_role("button", name="审核申报").click()
    expect(county.get_by_text("请写明审计机构").first).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("status").first).to_contain_text("请写明审计机构")

    office = login(SECTION)
    office.goto("/registers/certificates/")
    office.locator("#results tbody th a").first.click()
    office.get_by_role("link", name="公开核验页面").click()
    asked = office.locator("[name=code]").input_value()
    phone.goto(f"/schemes/certificates/?code={asked}")
    expect(phone.get_by_role("status", name="核验结果")).to_contain_text("有效")
    phone.locator("[name=code]").fill(asked[:-1] + ("0" if asked[-1] != "0" else "1"))
    phone.get_by_role("button", name="核验").click()
    expect(phone.get_by_role("status", name="核验结果")).to_contain_text("编号不符")
    looks_right(phone)
