"""Finance freezes a corrected roll and reckons again, a county pays what is left, a principal sees why and what is missing."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, Login
from tests.browser.pages import SCHOOL

pytestmark = pytest.mark.slow


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def press(page: Page, name: str, **filled: str) -> None:
    """Fill in by label and press the button."""
    for label, words in filled.items():
        main(page).get_by_label(label).fill(words)
    main(page).get_by_role("button", name=name).click()


def test_money_from_the_roll_to_the_school(login: Login, complaints: Complaints) -> None:
    page = login("caiwu")
    page.goto("/funds/")
    main(page).get_by_role("link", name="冻结名册").click()
    press(page, "冻结名册", 名册日="2023-12-31", 事由="床位核对后更正")
    expect(main(page)).to_contain_text(re.compile("无床位的寄宿生 [1-9]"))
    main(page).get_by_role("link", name="核定公用经费").click()
    press(page, "核定公用经费", 事由="名册更正")
    page.goto("/funds/?term=2023A")
    main(page).get_by_role("link", name="HD2023A-2").click()
    expect(main(page)).to_contain_text("随2024年春季学期结算")
    expect(main(page).get_by_role("row").filter(has_text="寄宿生补助")).to_have_count(1)

    page = login("xian-410803")
    page.goto("/funds/areas/410803/?term=2023A")
    owed = main(page).locator("tfoot td").last
    left = owed.inner_text()
    main(page).get_by_role("link", name="登记拨付").click()
    facts = {
        "拨付文号": "演示财教〔2023〕走查1号",
        "拨付总额（元）": left,
        "拨付日": "2023-12-31",
        "事由": "结清",
    }
    press(page, "登记拨付", **facts, **{"文件所写小学标准（元/年）": "650"})
    expect(main(page)).to_contain_text("施行的是 720.00 元")
    press(page, "登记拨付", **{"文件所写小学标准（元/年）": "720"})
    expect(main(page)).to_contain_text("已登记拨付，分给 2 所学校")
    expect(owed).to_have_text("0.00")

    page = login(SCHOOL, width="phone")
    page.goto("/funds/")
    expect(main(page)).to_contain_text("小学年生均公用经费基准定额")
    expect(main(page)).to_contain_text("随 2023年秋季学期 结算")
    main(page).get_by_role("link", name="使用公示").click()
    expect(page.get_by_role("main")).to_contain_text("教师培训")
    assert complaints == []
