"""A principal fills the blanks of a school day: the matrix is whole, and the task is done."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, Login
from tests.browser.pages import OTHER_SCHOOL


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def fill(page: Page, place: str, person: int) -> None:
    """Name somebody for the blank of a place on the day that is shown: the hours are filled in already."""
    row = main(page).get_by_role("row").filter(has_text=place)
    row.get_by_role("link", name="落实到人").click()
    for label, nth in (("责任人", person), ("替班人", person - 1)):
        box = main(page).get_by_label(label)
        box.select_option(index=box.locator("option").count() + nth)
    main(page).get_by_label("事由").fill("补上岗位空白")
    main(page).get_by_role("button", name="落实到人").click()
    expect(main(page)).to_contain_text("已落实到人")


def test_a_school_day_without_a_blank(login: Login, complaints: Complaints) -> None:
    page = login(OTHER_SCHOOL, width="phone")
    page.goto("/posts/")
    main(page).get_by_role("link", name=re.compile("^空白 7 处")).click()
    expect(main(page).locator("[aria-current]")).to_contain_text("周一")
    expect(main(page).locator("li[data-tone='bad']")).to_have_count(1)
    fill(page, "课后服务", -1)
    expect(main(page).get_by_role("link", name=re.compile("^空白 2 处"))).to_be_visible()  # the weekend's
    main(page).get_by_role("link", name=re.compile("^已列任务的空白 5 处")).click()
    fill(page, "上下学路段", -3)
    page.goto("/posts/")
    main(page).get_by_role("link", name=re.compile("^周一")).click()
    expect(main(page).locator("li[data-tone='bad']")).to_have_count(0)
    expect(main(page)).to_contain_text("已列任务的空白 0 处")
    page.goto("/")
    expect(main(page).get_by_role("link", name="待落实到人的岗位空白")).to_have_count(0)
    assert complaints == []
