"""A warden explains and goes on leave on the phone, the county judges, the city counts, the leader looks."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, Login
from tests.browser.test_pages import minded

WARDEN, COUNTY, SECTION, LEADER = "zhenbao", "xian-410802", "anquan", "juzhang"
WEEK = "2023-12-11 起的一周"
"""The planted week of the warden's that waits for an explanation."""
WIDTHS = ("desktop", "phone")


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def test_from_the_first_page_to_the_judgement(login: Login, complaints: Complaints) -> None:
    page = login(WARDEN, width="phone")
    page.goto("/")
    main(page).get_by_role("link", name="待说明的漏查").click()
    row = main(page).get_by_role("listitem").filter(has_text=WEEK).filter(has_text="漏查待说明")
    row.get_by_role("link", name="说明漏查").click()
    main(page).get_by_label("说明").fill("两处水域相邻，接连检查，已补查")
    main(page).get_by_label("事由").fill("说明漏查")
    main(page).get_by_role("button", name="说明漏查").click()
    expect(main(page)).to_contain_text("已说明待认定")
    expect(main(page)).to_contain_text("逐级上报")
    # whoever wrote it is not asked to judge it
    expect(main(page).get_by_role("link", name="采纳说明")).to_have_count(0)

    page = login(COUNTY)
    page.goto("/")
    main(page).get_by_role("link", name="待认定的漏查说明").click()
    main(page).get_by_role("link", name="LC20231211").click()
    main(page).get_by_role("link", name="采纳说明", exact=True).click()
    main(page).get_by_label("事由").fill("已核对补查记录")
    main(page).get_by_role("button", name="采纳说明").click()
    expect(main(page)).to_contain_text("说明已采纳")
    page.goto("/patrols/misses/")
    expect(main(page)).not_to_contain_text(WEEK)
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_leave_is_entered_and_taken_back(login: Login, complaints: Complaints, width: str) -> None:
    page = login(WARDEN, width=width)
    page.goto("/patrols/mine/")
    main(page).get_by_text("登记请假").first.click()
    since = timezone.localdate() + timedelta(days=14)
    main(page).get_by_label("起始日").fill(str(since))
    main(page).get_by_label("返岗日").fill(str(since - timedelta(days=1)))
    main(page).get_by_label("请假原因").select_option("training")
    main(page).get_by_label("事由").fill("外出培训")
    main(page).get_by_role("button", name="登记请假").click()
    expect(main(page).get_by_role("alert")).to_contain_text("没有办理，没有做任何改动。")
    main(page).get_by_label("返岗日").fill(str(since + timedelta(days=5)))
    main(page).get_by_role("button", name="登记请假").click()
    expect(main(page)).to_contain_text("没有代理人，暗访仍由本人承担")
    main(page).get_by_role("link", name="结束请假").click()
    main(page).get_by_label("返岗日").fill(str(since))
    main(page).get_by_label("事由").fill("培训取消")
    main(page).get_by_role("button", name="结束请假").click()
    expect(main(page)).to_contain_text("已取消")
    page.goto("/patrols/mine/")
    expect(main(page)).to_contain_text("近期没有请假，也不代理他人。")
    assert complaints == []


def test_the_city_changes_week_reading_and_county(login: Login, complaints: Complaints) -> None:
    page = login(SECTION)
    page.goto("/patrols/weeks/?week=2023-10-04")
    expect(main(page)).to_contain_text("放假")
    expect(main(page)).to_contain_text("调休上班")
    sums = main(page).get_by_role("row").filter(has_text="合计")
    expect(sums).to_contain_text("33")
    main(page).get_by_label("口径").select_option("water")
    main(page).get_by_role("button", name="查看").click()
    expect(main(page)).to_contain_text("按每处水域")
    main(page).get_by_label("县（市、区）").select_option("410802")
    main(page).get_by_role("button", name="查看").click()
    expect(main(page).get_by_role("heading", name="逐人")).to_contain_text("2")
    with page.expect_download() as fetched:
        main(page).get_by_role("link", name=".csv").click()
    assert fetched.value.suggested_filename == "水域暗访周报-20231002.csv"
    main(page).get_by_role("rowheader").get_by_role("link").last.click()
    expect(main(page).get_by_role("img", name="周没有查够")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_leader_sees_who_did_not_keep_what(login: Login, complaints: Complaints, width: str) -> None:
    page = login(LEADER, width=width, check=True)
    page.goto("/undone/")
    expect(main(page)).to_contain_text("昨天的还在")
    expect(main(page)).to_contain_text("校长")
    expect(main(page)).to_contain_text("上报到局领导的漏查")
    assert minded(page) == []
    assert complaints == []
