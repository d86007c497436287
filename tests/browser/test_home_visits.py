"""A class teacher on a phone: whom nobody visited yet, a visit by taps, and the need that the principal takes on."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Complaints, Login
from tests.browser.pages import SCHOOL, TEACHER

pytestmark = pytest.mark.slow


def test_a_visit_by_taps_and_its_need(login: Login, complaints: Complaints) -> None:
    page = login(TEACHER, width="phone")
    page.goto("/homevisits/")
    main = page.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"已走访 \d+ 户，还有 [1-9]\d* 户没有走访"))
    with page.expect_navigation():
        main.get_by_role("link", name=re.compile("^登记家访：")).first.click()
    for word in ("入户", "学习情况", "任课教师", "学业"):
        main.get_by_text(word, exact=True).first.click()
    with page.expect_navigation():
        main.get_by_role("button", name="登记家访").click()
    expect(main).to_contain_text("已登记家访。")
    expect(main).to_contain_text("需求：待接办")

    page = login(SCHOOL, width="phone")
    page.goto("/homevisits/tasks/")
    main = page.get_by_role("main")
    with page.expect_navigation():
        main.get_by_role("link", name=re.compile("^学业")).last.click()
    with page.expect_navigation():
        main.get_by_role("button", name="接办").click()
    expect(main).to_contain_text("办理中")
    assert complaints == []
