"""A tip in the browser: told on the phone with a script in it, taken in, passed on, dealt with, answered and rated."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, Login
from tests.browser.test_admission import looks_right
from tests.domains.tips.telling import png

SCRIPT = "<script>document.title='坏了'</script><img src=x onerror=\"document.title='坏了'\">"
COUNTY = "xian-410802"
NAME = f"无证学堂{SCRIPT}"


def as_text(page: Page) -> None:
    """What was typed stands there as it was typed, and did nothing."""
    looks_right(page)
    assert "坏了" not in page.title()
    assert page.locator("main img[src='x'], main script").count() == 0


def test_from_the_look_up_to_the_rating(
    login: Login, window: Callable[..., Page], complaints: Complaints
) -> None:
    phone = window("phone", check=True)
    phone.goto("/institutions/")
    phone.locator("[name=q]").fill(NAME)
    phone.get_by_role("button", name="查询").click()
    expect(phone.locator("main .notice b")).to_contain_text("没有登记，可以举报。")
    as_text(phone)
    phone.get_by_role("link", name="我要举报").click()
    assert phone.locator("[name=about]").input_value() == NAME[:60]
    phone.locator("[name=about]").fill("无证学堂<b>")
    phone.get_by_role("button", name="提交举报").click()
    expect(phone.get_by_role("alert")).to_contain_text("没有提交")
    as_text(phone)
    phone.locator("[name=area]").select_option("410802")
    phone.locator("[name=place]").fill(f"文昌路9号{SCRIPT[:40]}")
    phone.locator("[name=words]").fill(f"二楼有人上课 {SCRIPT}")
    phone.locator("[name=person]").fill("匿名甲")
    phone.locator("[name=photos]").set_input_files(
        [{"name": "a.png", "mimeType": "image/png", "buffer": png()}]
    )
    phone.get_by_role("button", name="提交举报").click()
    phone.wait_for_url("**/tips/receipt/")
    as_text(phone)
    code = phone.locator("[data-code]").inner_text()

    desk = login("jubao", check=True)
    desk.goto("/tips/desk/?q=无证学堂")
    as_text(desk)
    desk.locator("tbody th a").last.click()
    expect(desk.get_by_text("二楼有人上课")).to_contain_text("<script>")
    assert "匿名甲" not in desk.content()
    as_text(desk)
    desk.get_by_role("button", name="受理", exact=True).click()
    desk.locator("[name=summary]").fill("请核查该处资质 <svg onload=alert(9)>")
    desk.locator("[name=why]").last.fill("线索清楚")
    desk.get_by_role("button", name="转办", exact=True).click()
    expect(desk.get_by_text("已转办，编号").first).to_be_visible()
    task = desk.locator("a[href^='/registers/referrals/']").first.get_attribute("href")
    assert task is not None

    county = login(COUNTY, check=True)
    county.goto(task)
    as_text(county)
    assert "二楼有人上课" not in county.content()
    county.get_by_role("link", name="报告办理结果").click()
    fill(county, outcome="属实", words="已到现场核查", on="2026-11-29", why="已查")
    county.locator("main form [type=submit]").last.click()
    expect(county.locator("main")).to_contain_text("已办结")

    desk.reload()
    desk.get_by_role("button", name="答复", exact=True).click()
    as_text(desk)

    phone.goto(f"/tips/follow/#{code.replace('-', '')}")
    assert "#" not in phone.url
    phone.get_by_role("button", name="查看").click()
    phone.wait_for_url("**/tips/receipt/")
    expect(phone.locator("main")).to_contain_text("情况属实，已依法依规处理")
    phone.get_by_label("4 满意").check()
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.locator("main")).to_contain_text("您的评价：4 分")
    as_text(phone)
    with phone.expect_navigation():
        phone.get_by_role("button", name="离开").click()
    phone.goto("/tips/receipt/")
    phone.wait_for_url("**/tips/follow/")
    assert complaints == []


def fill(page: Page, **given: Any) -> None:
    """The boxes of a deed."""
    for name, value in given.items():
        box = page.locator(f"main form [name={name}]").last
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(label=value)
        else:
            box.fill(value)
