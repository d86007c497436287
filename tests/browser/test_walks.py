"""Walks through the house that only a browser can show: from a number to who entered it, and others."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, Login

OFFICE = "bangongshi"
COUNTY = "xian-410803"
HERE, THERE = "中站区", "解放区"
REPORT = "/news/yearly-2023/"


def test_a_number_leads_to_its_records_and_a_record_to_who_entered_it(
    login: Login, complaints: Complaints
) -> None:
    page = login(OFFICE)
    page.goto(REPORT)
    page.get_by_role("article").get_by_role("link", name="14所").first.click()
    expect(page.locator("[data-printed]")).to_have_text("14所")
    expect(page.get_by_role("heading", name="怎样计算")).to_be_visible()
    records = page.locator("#records")
    expect(records.get_by_role("row")).to_have_count(15)  # 14 records under their heading
    records.get_by_role("rowheader").first.get_by_role("link").click()
    page.get_by_role("link", name="修改记录").click()
    entry = page.locator(".timeline > li").last
    expect(entry.locator("h2")).not_to_be_empty()
    expect(entry.locator("time")).to_have_attribute("datetime", re.compile(r"^20\d\d-\d\d-\d\dT"))
    assert complaints == []


def test_anybody_reaches_the_proof_of_a_number_but_no_record(window: Callable[..., Page]) -> None:
    page = window("phone")
    page.goto(REPORT)
    page.get_by_role("article").get_by_role("link", name="51.05%").click()
    expect(page.locator("[data-printed]")).to_have_text("51.05%")
    expect(page.get_by_text("公开页不显示逐条记录")).to_be_visible()
    assert page.locator("a[href^='/registers/']").count() == 0


def test_the_records_are_turned_page_by_page_without_leaving(login: Login, complaints: Complaints) -> None:
    page = login(OFFICE)
    page.goto("/figures/kg-public-share/")
    first = page.locator("#records tbody tr").first.inner_text()
    page.get_by_role("link", name="下一页").click()
    expect(page).to_have_url(re.compile(r"page=2"))
    expect(page.get_by_text(re.compile("第 2 页"))).to_be_visible()
    assert page.locator("h1").count() == 1
    page.go_back()
    expect(page.locator("#records tbody tr").first).to_have_text(re.compile(re.escape(first.split()[0])))
    assert complaints == []


def test_a_figure_is_found_while_one_types(login: Login, complaints: Complaints) -> None:
    page = login(OFFICE)
    page.goto("/figures/")
    page.get_by_label("查找").fill("水域")
    expect(page.locator("#results")).to_contain_text("溺亡风险隐患较大水域数")
    expect(page.locator("#results")).not_to_contain_text("公办幼儿园")
    expect(page).to_have_url(re.compile("q="))
    assert complaints == []


def test_the_map_and_the_bars_light_up_together(login: Login, complaints: Complaints) -> None:
    page = login(OFFICE)
    page.goto("/overview/")
    page.locator(".map a").first.focus()
    expect(page.locator("[data-readout]")).to_contain_text(
        page.locator(".map a").first.get_attribute("data-says") or ""
    )
    expect(page.locator(".unit-bars tr[data-lit]")).to_have_count(1)
    page.get_by_label("选择一项数据").select_option("waters-174")
    expect(page.locator("#units h3")).to_have_text("溺亡风险隐患较大水域数")
    expect(page.locator(".map .tile")).to_have_count(11)
    assert complaints == []


def test_the_checker_colours_a_draft_claim_by_claim(login: Login, complaints: Complaints) -> None:
    page = login(OFFICE)
    page.goto("/checker/")
    page.get_by_label("粘贴文稿").fill(
        "全市普惠性民办幼儿园14所。公办幼儿园在园幼儿占比53%。建成图书馆999座。"
    )
    page.get_by_role("button", name="开始核查").click()
    marks = page.locator("mark")
    expect(marks).to_have_count(3)
    assert [mark.get_attribute("data-verdict") for mark in marks.all()] == ["proved", "differs", "unknown"]
    page.get_by_role("button", name="不符").click()
    expect(page.locator(".claims li:visible")).to_have_count(1)
    expect(page.locator(".claims li:visible")).to_contain_text("51.05%")
    with page.expect_download() as started:
        page.get_by_role("button", name=".json").click()
    assert started.value.suggested_filename == "check.json"
    page.locator(".claims li:visible").get_by_role("link", name="看口径与记录").click()
    expect(page.locator("[data-printed]")).to_have_text("51.05%")
    assert complaints == []


def test_a_text_that_is_too_long_is_refused_with_a_sentence(login: Login) -> None:
    page = login(OFFICE)
    page.goto("/checker/")
    page.get_by_label("或上传文件").set_input_files(
        {"name": "稿.txt", "mimeType": "text/plain", "buffer": b"a" * (2 * 1024 * 1024 + 1)}
    )
    page.get_by_role("button", name="开始核查").click()
    expect(page.get_by_role("main")).to_contain_text("2 MB")
    expect(page.get_by_role("main")).to_contain_text("分成几份")


def test_a_demonstration_login_is_one_click_and_enter(
    window: Callable[..., Page], complaints: Complaints
) -> None:
    page = window("phone")
    page.goto("/login/")
    page.get_by_role("button", name=re.compile("bangongshi")).click()
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("市教育局办公室")
    assert complaints == []


def test_five_wrong_passwords_close_the_door(window: Callable[..., Page]) -> None:
    page = window()
    for _ in range(5):
        page.goto("/login/")
        page.get_by_label("用户名").fill("shenji")
        page.get_by_label("密码").fill("wrong-password")
        page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
        page.wait_for_load_state()
    expect(page.get_by_role("main")).to_contain_text("锁定")
    expect(page.get_by_role("main")).to_contain_text("15")


def test_a_row_outside_ones_scope_looks_like_one_that_is_not_there(login: Login) -> None:
    office = login(OFFICE)
    office.goto("/registers/schools/")
    row = office.locator("tbody tr", has_text=THERE).first
    address = row.get_by_role("rowheader").get_by_role("link").get_attribute("href")
    assert address is not None
    county = login(COUNTY)
    county.goto("/registers/schools/")
    expect(county.locator("tbody")).to_contain_text(HERE)
    expect(county.locator("tbody")).not_to_contain_text(THERE)
    outside = county.goto(address)
    told = county.get_by_role("main").inner_text()
    absent = county.goto("/registers/schools/999999999/")
    assert outside is not None
    assert absent is not None
    assert (outside.status, absent.status) == (404, 404)
    assert told == county.get_by_role("main").inner_text()


@pytest.mark.parametrize(
    "path", ["/", "/overview/", "/chapters/safety/", "/promises/", "/checker/", "/registers/"]
)
def test_english_leaves_no_chinese_in_the_frame_of_a_page(login: Login, path: str) -> None:
    page = login(OFFICE)
    page.goto(path)
    page.get_by_role("button", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for part in (".side", ".head .find", ".crumbs", "main h1", "main label", "main th[scope=col]", ".foot"):
        for text in page.locator(part).all_inner_texts():
            assert not re.search(r"[\u4e00-\u9fff]", text.replace("市教育局办公室（演示）", "")), (part, text)
    page.get_by_role("button", name="中文").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")


def test_the_keyboard_alone_reaches_the_menu_and_opens_a_chapter(
    login: Login, complaints: Complaints
) -> None:
    page = login(OFFICE)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    reached: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        words = page.evaluate("document.activeElement.innerText") or ""
        reached.append(words.strip())
        if words.strip() == "校园安全":
            break
    assert "学前教育" in reached
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "what has the focus shows it"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("校园安全")
    page.keyboard.press("/")
    expect(page.get_by_label("搜索数据、承诺与名录")).to_be_focused()
    assert complaints == []


def test_on_the_phone_the_menu_opens_and_closes(login: Login, complaints: Complaints) -> None:
    page = login(OFFICE, "phone")
    page.goto("/")
    menu = page.get_by_role("navigation", name="主菜单")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="打开菜单").click()
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="打开菜单").click()
    menu.get_by_role("link", name="承诺").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("承诺")
    assert complaints == []


def test_the_chosen_theme_stays(login: Login, complaints: Complaints) -> None:
    page = login(OFFICE)
    page.goto("/")
    page.get_by_role("button", name="账号").click()
    page.get_by_role("button", name="深色").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") is not None
    assert complaints == []


def test_what_is_printed_is_the_matter_alone(window: Callable[..., Page]) -> None:
    page = window()
    page.goto(REPORT)
    page.emulate_media(media="print")
    expect(page.locator(".places")).to_be_hidden()
    expect(page.locator(".demo-mark")).to_be_visible()
    expect(page.locator(".signoff")).to_be_visible()
    expect(page.get_by_role("button", name="打印")).to_be_hidden()


def test_a_unit_leads_to_its_own_records(login: Login, complaints: Complaints) -> None:
    page = login(OFFICE)
    page.goto("/figures/kg-inclusive-434/")
    bars = page.locator(".unit-bars tbody tr", has_text=THERE)
    counted = bars.locator(".number").inner_text().removesuffix("所")
    bars.get_by_role("link", name=THERE).click()
    expect(page.locator("#records .count")).to_have_text(counted)
    expect(page.locator("#records tbody tr")).to_have_count(int(counted))
    page.get_by_role("link", name="看全市").click()
    expect(page.locator("#records .count")).to_have_text("14")
    assert complaints == []
