"""After-class service in the browser: a teacher's link, a family on its phone, a draw before parents, and its reasons."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Login
from tests.browser.pages import SCHOOL, TEACHER
from tests.browser.test_admission import looks_right


def child_and_link(teacher: Page) -> tuple[str, str, str]:
    """Name and birthday of a pupil who waits, as the teacher reads them, and the link of the class."""
    teacher.goto("/afterclass/?term=2024S")
    teacher.locator("main ul.rows a[href^='/registers/needs/']").nth(1).click()
    teacher.locator("main dd a[href^='/registers/pupils/']").click()
    teacher.get_by_text("查看遮盖的信息").click()
    teacher.locator("#id_unmask_why").fill("家长询问课后服务")
    teacher.get_by_role("button", name="查看", exact=True).click()
    name, born = (
        teacher.locator(f"dt:text-is('{one}') + dd").inner_text().strip() for one in ("姓名", "出生日期")
    )
    teacher.goto("/afterclass/links/")
    link = teacher.locator("main a[href^='/afterclass/family/']").first.get_attribute("href")
    return name, born.replace("-", ""), link or ""


@pytest.mark.slow
def test_a_family_chooses_on_its_phone_and_reads_later_why(login: Login, window: Callable[..., Page]) -> None:
    name, born, link = child_and_link(login(TEACHER))
    phone = window("phone", check=True)
    phone.goto(link)
    phone.get_by_label("学生姓名").fill(name)
    phone.get_by_label("出生日期").fill("19000101")
    phone.get_by_role("button", name="打开").click()
    expect(phone.get_by_role("alert")).to_contain_text("对不上")
    phone.get_by_label("出生日期").fill(born)
    phone.get_by_role("button", name="打开").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(name)
    phone.get_by_label("需要", exact=True).check()
    phone.get_by_label("第一志愿").select_option(index=2)
    phone.get_by_label("第二志愿").select_option(index=3)
    phone.get_by_role("button", name="保存").click()
    expect(phone.get_by_text("已保存")).to_be_visible()
    looks_right(phone)

    principal = login(SCHOOL, check=True)
    principal.goto("/registers/choosingperiods/")
    principal.locator("#results tbody th a").click()
    principal.get_by_role("link", name="按志愿安排").click()
    principal.locator("[name=seed]").fill("351624")
    principal.locator("[name=on]").fill("2024-01-15")
    principal.locator("[name=why]").fill("家长代表当场掷出")
    with principal.expect_navigation():
        principal.locator("main form button[data-kind=main]").click()
    expect(principal.get_by_text("351624")).to_be_visible()
    phone.reload()
    expect(phone.get_by_role("heading", name="已安排的课程")).to_be_visible()
    expect(phone.get_by_text("抽签序号").first).to_be_visible()
    looks_right(phone)
