"""A school on a phone, its county at a desk: one checklist, filled in by both without seeing the other, then compared."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, Login
from tests.browser.field.standing import picture
from tests.browser.test_county import main
from tests.browser.test_pages import minded

PRINCIPAL, OFFICER, OTHER = "xiaozhang2", "xian-410821", "xian-410802"
"""Of one county, and somebody of another."""
SENT = "提交（只提交一次）"


def answer(page: Page, failed: set[int]) -> None:
    """Say something of every item; those of these places fail."""
    for place, item in enumerate(page.locator("fieldset.ask").all()):
        item.get_by_label("不符合" if place in failed else "符合", exact=True).check()
        if place in failed:
            item.get_by_role("textbox").fill(f"第{place}条有问题")
    page.wait_for_load_state("networkidle")


def test_a_school_and_its_county_inspect_by_one_list(login: Login, complaints: Complaints) -> None:
    page = login(PRINCIPAL, "phone")
    page.goto("/")
    with page.expect_navigation():
        main(page).get_by_role("link", name=re.compile("安全自查：2024")).first.click()
    page.goto("/safety/rounds/")
    main(page).get_by_role("link", name="填写本校自查表").click()
    own = page.url
    first = page.locator("fieldset.ask").first
    expect(first.get_by_role("textbox")).to_be_hidden()
    first.get_by_label("不符合", exact=True).check()
    expect(page.locator("#sheet-state")).to_contain_text("已填 1 / ")
    expect(first.get_by_role("textbox")).to_be_visible()
    assert minded(page) == []
    page.reload()
    expect(page.locator("fieldset.ask").first.get_by_label("不符合", exact=True)).to_be_checked()
    answer(page, {0})
    page.get_by_role("button", name=SENT).click()
    expect(main(page)).to_contain_text("县（市、区）提交本校的排查之前，看不到这份自查的内容")
    correct(page)
    county = login(OFFICER)
    assert county.goto(own).status == 404  # type: ignore[union-attr] # a page answered
    county.goto("/safety/rounds/2024-3/?level=county&waiting=1")
    name = page.get_by_role("heading", level=1).inner_text().partition("：")[2]
    county.get_by_role("row", name=name).get_by_role("link", name="填写").click()
    photos = photograph(county)
    assert page.goto(photos).status == 404  # type: ignore[union-attr] # a page answered
    answer(county, {0, 3})
    with county.expect_navigation():
        county.get_by_role("button", name=SENT).click()
    page.goto(photos)
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    assert minded(page) == []
    main(county).get_by_role("link", name="与其他层级逐条比较").click()
    expect(main(county)).to_contain_text("判断不一致 2 条")
    assert minded(county) == []
    assert county.goto(own).status == 200  # type: ignore[union-attr] # the same
    assert login(OTHER).goto(own).status == 404  # type: ignore[union-attr] # the same
    assert complaints == []


def photograph(page: Page) -> str:
    """Add a photo to the first item, take back another; answers with the address of the photos."""
    page.get_by_role("link", name="附照片").first.click()
    for seed in (1, 2):
        shot = {"name": f"{seed}.png", "mimeType": "image/png", "buffer": picture(seed, 300)}
        page.get_by_label("或从相册选择").set_input_files(shot)  # type: ignore[arg-type] # as playwright takes it
        page.get_by_role("button", name="存入照片").click()
    page.get_by_role("button", name="取回").nth(1).click()
    expect(main(page)).to_contain_text("已取回，照片文件已删除。")
    expect(page.get_by_role("img", name="照片 1")).to_be_visible()
    assert minded(page) == []
    address = page.url
    main(page).get_by_role("link", name="返回检查表").click()
    expect(page.locator("fieldset.ask").first).to_contain_text("照片 1 张")
    return address


def correct(page: Page) -> None:
    """Correct the second item after sending; what was said before stays below."""
    main(page).get_by_role("link", name="更正").nth(1).click()
    page.get_by_label("不符合", exact=True).check()
    page.get_by_label("说明").fill("夜间无人")
    page.get_by_label("为什么更正").fill("漏看")
    assert minded(page) == []
    page.get_by_role("button", name="更正").click()
    expect(main(page)).to_contain_text("符合 → 不符合：夜间无人")
