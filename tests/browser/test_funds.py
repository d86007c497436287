"""Money to the end: finance freezes, reckons and settles, a county pays in parts, schools see, confirm and publish."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, Login
from tests.browser.pages import SCHOOL

pytestmark = pytest.mark.slow
AWARDED = "xiaozhang3"


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def press(page: Page, name: str, **filled: str) -> None:
    """Fill in by label and press the button."""
    for label, words in filled.items():
        main(page).get_by_label(label).fill(words)
    main(page).get_by_role("button", name=name).click()


def frozen_and_reckoned(page: Page, term: str, day: str, why: str) -> None:
    """Freeze the roll of a day and reckon by it."""
    page.goto("/funds/freeze/")
    press(page, "冻结名册", 学期=term, 名册日=day, 事由=why)
    main(page).get_by_role("link", name="核定公用经费").click()
    press(page, "核定公用经费", 事由=why)


def test_money_from_the_roll_to_the_school_and_the_next_term(login: Login, complaints: Complaints) -> None:
    page = login("caiwu")
    page.goto("/funds/freeze/")
    press(page, "冻结名册", 名册日="2023-12-31", 事由="床位核对后更正")
    expect(main(page)).to_contain_text(re.compile("无床位的寄宿生 [1-9]"))
    expect(main(page)).to_contain_text("名册日没有床位的寄宿生")
    main(page).get_by_role("link", name="核定公用经费").click()
    press(page, "核定公用经费", 事由="名册更正")
    page.goto("/funds/?term=2023A")
    main(page).get_by_role("link", name="HD2023A-2").click()
    expect(main(page)).to_contain_text("随2024年春季学期结算")
    expect(main(page).get_by_role("row").filter(has_text="寄宿生补助")).to_have_count(2)
    with page.expect_download() as statement:
        main(page).get_by_role("link", name="结算单（.xlsx）").click()
    assert statement.value.suggested_filename.endswith(".xlsx")
    page.goto("/funds/derivations/3/")
    expect(main(page).get_by_role("row").filter(has_text="孟州市").first).to_contain_text("相差 −1,000.00 元")
    frozen_and_reckoned(page, "2024S", "2024-03-01", "开学核定")
    page.goto("/funds/?term=2024S")
    settled = main(page).get_by_role("row").filter(has_text="中站区").locator("td").nth(1)
    expect(main(page).locator("tfoot td").nth(1)).to_contain_text("−")
    expect(settled).to_be_visible()

    page = login("xian-410803")
    page.goto("/funds/areas/410803/?term=2023A")
    owed = main(page).locator("tfoot td").last
    left = owed.inner_text()
    main(page).get_by_role("link", name="登记拨付").click()
    facts = {"拨付文号": "演示财教〔2023〕走查1号", "拨付日": "2023-12-31", "事由": "先拨一部分"}
    press(page, "登记拨付", **facts, **{"拨付总额（元）": "1000", "文件所写小学标准（元/年）": "650"})
    expect(main(page)).to_contain_text("施行的是 720.00 元")
    press(page, "登记拨付", **{"文件所写小学标准（元/年）": "720"})
    expect(main(page)).to_contain_text("已登记拨付，分给 2 所学校")
    expect(owed).not_to_have_text("0.00")
    rest = f"{float(left.replace(',', '')) - 1000:.2f}"
    main(page).get_by_role("link", name="登记拨付").click()
    press(page, "登记拨付", **facts | {"拨付文号": "演示财教〔2023〕走查2号"}, **{"拨付总额（元）": rest})
    expect(owed).to_have_text("0.00")

    page = login(SCHOOL, width="phone")
    page.goto("/funds/")
    expect(main(page)).to_contain_text("随 2023年秋季学期 结算")
    page.goto("/funds/schools/1/?term=2023A")
    expect(main(page)).to_contain_text("小学年生均公用经费基准定额")
    expect(main(page)).to_contain_text("教师培训 5,055.36 元，不低于 5% 应为")
    main(page).get_by_role("link", name="使用公示").click()
    expect(main(page)).to_contain_text("教师培训")
    assert complaints == []


def test_award_money_from_the_equation_to_what_a_school_published(
    login: Login, complaints: Complaints
) -> None:
    page = login("caiwu")
    page.goto("/awardfunds/")
    expect(main(page).get_by_role("row").filter(has_text="省级标准化管理特色校").first).to_contain_text(
        "待确认"
    )
    expect(main(page)).to_contain_text("学校尚未确认到账 150,000.00 元")
    main(page).get_by_role("row").filter(has_text="如何处理尚未决定").get_by_role("link").nth(1).click()
    main(page).get_by_role("link", name="处理已撤销称号的奖补").click()
    facts = {
        "收回金额（元）": "200000",
        "处理文号": "演示收回2号",
        "决定日": "2023-12-31",
        "事由": "集体研究决定",
    }
    main(page).locator("select[name=verdict]").select_option(label="收回")
    press(page, "处理已撤销称号的奖补", **facts)
    page.goto("/awardfunds/")
    expect(main(page)).to_contain_text("应收回 200,000.00 元，尚未收回")

    page = login(AWARDED, width="phone")
    page.goto("/")
    main(page).get_by_role("link", name=re.compile("笔奖补待确认到账")).click()
    main(page).get_by_role("link", name="确认到账").click()
    press(page, "确认到账", 到账日="2023-12-31", 事由="已核对银行回单")
    page.goto("/awardfunds/")
    expect(main(page)).to_contain_text("待公示 200,000.00 元")
    main(page).get_by_role("link", name="公示一项支出").click()
    used = {
        "支出项目": "发放教师绩效",
        "支出金额（元）": "200000",
        "凭证": "演示凭证走查",
        "支出日": "2023-12-30",
        "事由": "公示",
    }
    main(page).locator("select[name=kind]").select_option(label="教师培训和教研")
    press(page, "保存", **used)
    expect(main(page)).to_contain_text("人员经费、基本建设、偿还债务")
    press(page, "保存", 支出项目="教师校本研修")
    page.goto("/awardfunds/")
    expect(main(page)).to_contain_text("待公示 0.00 元")
    main(page).get_by_role("link", name="公开页").click()
    expect(main(page)).to_contain_text("演示凭证走查")
    assert complaints == []
