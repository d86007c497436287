"""Schemes in the browser: a kindergarten completes what was sent back, its county answers, anybody verifies a certificate."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.browser.conftest import Login
from tests.browser.test_admission import looks_right
from tests.browser.test_quota_places import deed, main, send

COUNTY, SECTION = "xian-410823", "deyu"
NEAR, HEAD, TOWN, OTHER = "xian-410802", "xiaozhang1", "410802001", "jijiao"
NEXT = "liang-walk"
"""This year's scheme, taken up from last year's."""


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


def row_of(page: Page, register: str, words: str) -> str:
    """The page of the row that a search finds first."""
    page.goto(f"/registers/{register}/?q={words}")
    page.locator("#results tbody th a").first.click()
    page.wait_for_load_state()
    return page.url


def test_an_award_from_last_years_scheme_to_the_provinces_document(
    login: Login, window: Callable[..., Page]
) -> None:
    city, county, head, phone = (
        login(SECTION, check=True),
        login(NEAR),
        login(HEAD),
        window("phone", check=True),
    )
    # last year's scheme a year later; the officer changes the days and publishes it
    deed(city, row_of(city, "schemes", "liang-group-2023"), "沿用到下一年", code=NEXT)
    scheme = city.url
    expect(main(city)).to_contain_text("编制中")
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    main(city).get_by_role("link", name="修改", exact=True).click()
    send(city, {"applies_from": str(today), "applies_until": str(today + timedelta(days=9))})
    deed(city, scheme, "发布方案")
    phone.goto(f"/schemes/{NEXT}/")
    expect(main(phone)).to_contain_text("推荐上报，由省级认定")
    looks_right(phone)
    # a school applies, its county reviews, the city reviews and shows the list
    head.goto("/registers/schools/")
    code = head.locator("#results tbody th").first.inner_text().split()[0]
    head.goto("/registers/schemeapplications/new/")
    send(head, {"category": f"{NEXT}-2", "school": code, "named": "晨光社团", "area": TOWN})
    place = head.url
    main(head).get_by_role("link", name="提交申报", exact=True).click()
    head.locator("textarea[name^=stated_]").fill("每周活动两次（演示）")
    send(head, {})
    expect(main(head)).to_contain_text("待县级审核")
    deed(county, place, "审核申报", verdict="pass", words="材料齐全")
    deed(city, place, "审核申报", verdict="pass", words="同意推荐")
    deed(city, scheme, "公示名单")
    looks_right(city)
    # a parent objects on a phone; somebody who did not review answers; the receipt tells it
    phone.goto(f"/schemes/lists/{NEXT}-1/")
    phone.locator("[name=line]").select_option(index=1)
    phone.locator("[name=words]").fill("社团只活动过一次")
    phone.get_by_role("button", name="提交异议").click()
    receipt = phone.get_by_role("status").locator("b").inner_text().split()[-1]
    looks_right(phone)
    other = login(OTHER)
    other.goto("/registers/schemeobjections/?state=open")
    other.locator("#results tbody tr", has_text="社团只活动过一次").locator("th a").click()
    deed(other, other.url, "核查异议", upheld="no", words="有活动记录十二次")
    phone.goto("/schemes/objections/")
    phone.locator("[name=receipt]").fill(receipt)
    phone.get_by_role("button", name="查询").click()
    expect(phone.get_by_role("status").first).to_contain_text("有活动记录十二次")
    looks_right(phone)
    # what was recommended before comes back from the province, with a certificate that anybody verifies
    deed(
        city, row_of(city, "publicities", "banzhuren-sheng-2023"), "登记省级决定",
        on=str(today), number="演示省教〔2026〕9号", line_1="yes",
    )  # fmt: skip
    expect(main(city)).to_contain_text("予以认定")
    row_of(city, "certificates", "banzhuren-sheng-2023")
    expect(main(city)).to_contain_text("省级")
    looks_right(city)
    phone.goto(str(main(city).get_by_role("link", name="公开核验页面").get_attribute("href")))
    expect(phone.get_by_role("status", name="核验结果")).to_contain_text("有效")
