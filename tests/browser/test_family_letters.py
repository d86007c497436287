"""A letter to parents in the browser: from the class teacher's page to a phone, and back to the slips of paper."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, Login
from tests.browser.test_admission import looks_right


def test_from_the_teacher_to_the_parent_and_back(
    login: Login, window: Callable[..., Page], complaints: Complaints
) -> None:
    desk = login("banzhuren", check=True)
    desk.goto("/familyletters/")
    with desk.expect_navigation():
        desk.get_by_role("link", name="寒假安全致家长的一封信（演示）").click()
    ticks = desk.locator("#missing ~ form label")
    before = ticks.count()
    assert before > 1, "some are missing"
    name = ticks.first.inner_text().strip()
    link = desk.get_by_role("link", name="看看家长看到的页面").get_attribute("href")
    assert link is not None
    assert link in desk.get_by_label("粘贴到家长群").input_value()

    phone = window("phone", check=True)
    phone.goto(link)
    assert name not in phone.locator("main").inner_text()
    phone.get_by_label("家长签名").fill("家长甲<b>")
    phone.get_by_label("孩子姓名").fill("不在这个班")
    with phone.expect_navigation():
        phone.get_by_role("button", name="签收").click()
    expect(phone.locator("form .errors")).to_contain_text("请先勾选")
    looks_right(phone)
    phone.get_by_label("孩子姓名").fill(name)
    phone.get_by_label("我已阅读并知晓").check()
    with phone.expect_navigation():
        phone.get_by_role("button", name="签收").click()
    expect(phone.locator("main [role=status]")).to_contain_text(f"已收到{name}的回执")
    looks_right(phone)

    with desk.expect_navigation():
        desk.get_by_role("link", name="全部已交，再去掉没交的").click()
    expect(ticks).to_have_count(before - 1)
    ticks.last.click()
    with desk.expect_navigation():
        desk.get_by_role("button", name="登记纸质回执").click()
    expect(ticks).to_have_count(1)
    with desk.expect_navigation():
        desk.get_by_role("button", name="核对签名").click()
    expect(desk.get_by_role("cell", name="家长甲<b>")).to_be_visible()
    looks_right(desk)
    assert complaints == []
