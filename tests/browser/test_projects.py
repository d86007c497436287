"""A county registers a step of a project with its document; anybody reads how far it is, and no money."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Complaints, Login

OFFICER = "xian-410802"


def test_a_step_is_reached_by_its_document_and_published(login: Login, complaints: Complaints) -> None:
    page = login(OFFICER)
    page.goto("/projects/overview/")
    main = page.get_by_role("main")
    row = main.locator("tbody tr", has_text="学校改建项目").first
    name = row.get_by_role("link").first.inner_text()
    expect(row).to_contain_text("4/7")
    with page.expect_navigation():
        row.get_by_role("link", name="竣工").click()
    with page.expect_navigation():
        main.get_by_role("link", name="登记节点完成").click()
    main.get_by_label("完成日").fill("2023-12-20")
    main.get_by_label("依据文号").fill("竣工备案〔2023〕88号")
    main.get_by_label("事由").fill("备案完成")
    with page.expect_navigation():
        main.get_by_role("button", name="登记节点完成").click()
    expect(main).to_contain_text("竣工备案〔2023〕88号")
    expect(main.get_by_text("5/7")).to_be_visible()
    with page.expect_navigation():
        main.get_by_role("link", name="竣工验收").click()
    for label, words in {
        "竣工验收日": "2023-12-28",
        "验收文号": "验〔2023〕9号",
        "验收单位": "区教育局",
    }.items():
        main.get_by_label(label).fill(words)
    main.get_by_label("验收班数").fill("11")
    main.get_by_label("每班学位").fill("45")
    main.get_by_label("事由").fill("验收意见")
    main.get_by_role("button", name="竣工验收").click()
    expect(main).to_contain_text("11 个班 × 每班 45 个 = 495 个，与验收学位 540 个不符")
    page.goto(f"/projects/?q={name}")
    expect(page.get_by_role("row").filter(has_text=name)).to_contain_text(
        re.compile("5/7.*下一个：验收", re.DOTALL)
    )
    expect(page.get_by_role("main")).not_to_contain_text("元")
    assert complaints == []
