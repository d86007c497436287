"""A family on the phone, from nothing to the receipt; changing and withdrawing; the counter; the waiting room."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import LONGEST, PATIENCE, WIDTHS, Complaints, wait_for
from tests.browser.test_pages import minded
from tests.domains.registrations import season

PICTURES = os.environ.get("JUNHENG_PICTURES")
"""A folder into which every page of the walks is put, for whoever wants to look at them."""
PHOTO = Path(__file__).parents[2] / "docs" / "pictures" / "overview.png"


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small house in which registration is open."""
    home = tmp_path_factory.mktemp("registering")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    left = ("PYTEST", "JUNHENG", "DJANGO")
    given = {name: value for name, value in os.environ.items() if not name.startswith(left)}
    given |= {
        "JUNHENG_HOME": str(home), "JUNHENG_DEMO": "1", "DJANGO_SETTINGS_MODULE": "junheng.project.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    for module in (
        ["django", "migrate", "-v0"],
        ["django", "collectstatic", "--noinput", "-v0"],
        ["tests.browser.registering"],
    ):
        subprocess.run(
            [sys.executable, "-m", *module],
            env=given,
            check=True,
            timeout=LONGEST,
            cwd=Path(__file__).parents[2],
        )
    log = (home / "house.log").open("w+")
    serve = [sys.executable, "-m", "junheng", "serve", "--no-worker", "--port", str(port)]
    house = subprocess.Popen(serve, env=given, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(house, Path(log.name), port)
        yield f"http://127.0.0.1:{port}"
    finally:
        house.terminate()
        house.wait(20)
        log.close()


@pytest.fixture
def phone(browser: Browser, open_house: str, complaints: Complaints) -> Iterator[Page]:
    """A phone without memory."""
    yield from opened(browser, open_house, complaints, "phone")
    assert complaints == []


@pytest.fixture
def desk(browser: Browser, open_house: str, complaints: Complaints) -> Iterator[Page]:
    """A screen at the counter."""
    yield from opened(browser, open_house, complaints, "desktop")
    assert complaints == []


def opened(browser: Browser, address: str, complaints: Complaints, width: str, **more: Any) -> Iterator[Page]:
    wide, high = WIDTHS[width]
    context = browser.new_context(
        viewport={"width": wide, "height": high}, base_url=address, locale="zh-CN", bypass_csp=True, reduced_motion="reduce", **more
    )  # fmt: skip
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints.listen(page)
    yield page
    context.close()


def looked_at(page: Page, name: str) -> None:
    """One heading, nothing beyond the right edge, nothing that axe minds."""
    page.wait_for_load_state("networkidle")
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert minded(page) == []


def go_on(page: Page) -> None:
    """To what the house answers, as a page or into the open one: the next step has a button of the same name."""
    button = page.get_by_role("button", name="保存并继续")
    button.evaluate("one => one.setAttribute('data-pressed', '')")
    button.click()
    expect(page.locator("[data-pressed]")).to_have_count(0)


def fill_in(page: Page, place: int, *, name: str = "张小明") -> None:
    """Steps 1 to 4, as somebody types them."""
    page.get_by_label("孩子姓名").fill(name)
    page.get_by_label("孩子的身份证件号").fill(season.id_number(place))
    page.get_by_label("监护人姓名").fill("张大明")
    page.get_by_label("您是孩子的").select_option(label="父亲")
    page.get_by_label("监护人手机号码").fill("13800000001")
    looked_at(page, "step1")
    go_on(page)
    page.get_by_label("孩子户口所在的县（市、区）").select_option(label="解放区")
    page.get_by_label("居住的路街").fill("文昌路")
    page.get_by_label("门牌号").first.fill("11")
    page.get_by_label("楼号、单元、房号").fill("3单元")
    expect(page.locator("#catchment")).to_contain_text("甲小学")
    looked_at(page, "step2")
    go_on(page)
    page.get_by_label("户籍在片区内").check()
    page.get_by_label("房产在片区内").check()
    page.get_by_label("拍照上传：不动产权证").set_input_files(PHOTO)
    page.get_by_role("button", name="上传并保存，留在本页").click()
    expect(page.get_by_text("第 1 张")).to_be_visible()
    looked_at(page, "step3")
    go_on(page)
    page.get_by_label("第 1 志愿").select_option(season.code(0))
    page.get_by_label("第 2 志愿").select_option(season.code(3))
    looked_at(page, "step4")
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("核对并提交")


def test_a_new_parent_from_nothing_to_the_receipt(phone: Page) -> None:
    began = time.monotonic()
    phone.goto("/")
    phone.get_by_role("link", name="入学报名").first.click()
    looked_at(phone, "home")
    phone.get_by_role("link", name="2024年解放区小学招生").click()
    looked_at(phone, "intake")
    phone.get_by_role("button", name="开始填写").click()
    go_on(phone)
    expect(phone.get_by_role("alert")).to_contain_text("身份证件号码应为18位数字")
    looked_at(phone, "wrong")
    fill_in(phone, 1)
    expect(phone.get_by_text("所填情况核实后，在甲小学按")).to_be_visible()
    looked_at(phone, "look-over")
    phone.get_by_role("link", name=re.compile(r"修改\s*志愿")).click()
    phone.get_by_role("button", name="上一步").click()
    expect(phone.get_by_label("房产在片区内")).to_be_checked()
    phone.goto("/registrations/step/5/")
    phone.get_by_label("我确认").check()
    phone.get_by_role("button", name="提交报名").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("报名回执")
    expect(phone.locator("[data-code]")).to_have_text(re.compile(r"^\w{4}-\w{4}-\w{4}$"))
    looked_at(phone, "receipt")
    phone.get_by_text("这份回执怎样自己核对").click()
    record, digest = phone.locator("[data-record]").inner_text(), phone.locator("[data-digest]").inner_text()
    assert (
        phone.evaluate(
            """async (text) => [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))]
        .map((one) => one.toString(16).padStart(2, "0")).join("")""",
            record,
        )
        == digest
    )
    assert time.monotonic() - began < 300
    if PICTURES:
        phone.emulate_media(media="print")
        phone.screenshot(path=f"{PICTURES}/print.png", full_page=True)


def test_changing_choices_and_withdrawing(phone: Page) -> None:
    phone.goto("/registrations/")
    phone.get_by_role("link", name="2024年解放区小学招生").click()
    phone.get_by_role("button", name="开始填写").click()
    fill_in(phone, 2, name="李小红")
    phone.get_by_label("我确认").check()
    phone.get_by_role("button", name="提交报名").click()
    code, secret = phone.locator("[data-code]").inner_text(), phone.locator("[data-secret]").inner_text()
    phone.context.clear_cookies()
    phone.goto("/registrations/look-up/")
    phone.get_by_label("报名号").fill(code.lower())
    phone.get_by_label("查询密码").fill(secret.lower())
    looked_at(phone, "look-up")
    phone.get_by_role("button", name="查看").click()
    with phone.expect_navigation():
        phone.get_by_role("button", name="修改").click()
    phone.goto("/registrations/step/4/")
    phone.get_by_label("第 1 志愿").select_option(season.code(1))
    go_on(phone)
    phone.get_by_label("我确认").check()
    expect(phone.get_by_role("button", name="提交修改")).to_be_disabled()
    phone.goto("/registrations/step/3/")
    phone.get_by_label("房产在片区内").uncheck()
    go_on(phone)
    go_on(phone)
    phone.get_by_label("我确认").check()
    phone.get_by_role("button", name="提交修改").click()
    expect(phone.locator(".chosen li").first).to_have_text("乙小学")
    assert phone.locator("[data-code]").inner_text() == code
    phone.get_by_role("link", name="撤回").click()
    looked_at(phone, "withdraw")
    phone.get_by_role("button", name="确定撤回").click()
    expect(phone.get_by_text("这份报名已经撤回")).to_be_visible()


def test_an_official_enters_for_a_family(desk: Page) -> None:
    desk.goto("/login/?next=/registrations/counter/")
    desk.get_by_label("用户名").fill("chuangkou")
    desk.get_by_label("密码").fill("yanshi-2023")
    with desk.expect_navigation():
        desk.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
    desk.goto("/registrations/counter/")
    looked_at(desk, "counter")
    desk.get_by_role("button", name="代填一份").click()
    expect(desk.get_by_text("窗口代办").first).to_be_visible()
    fill_in(desk, 3, name="王小刚")
    desk.get_by_label("家长已当面确认").check()
    desk.get_by_role("button", name="提交报名").click()
    expect(desk.get_by_text("窗口代办（chuangkou）")).to_be_visible()
    looked_at(desk, "desk-receipt")
    desk.get_by_role("link", name="返回窗口代办").click()
    expect(desk.get_by_role("rowheader")).to_have_count(1)


def test_the_waiting_room_before_the_opening(phone: Page) -> None:
    phone.goto("/registrations/")
    phone.get_by_role("link", name="2024年山阳区小学招生").click()
    phone.get_by_role("button", name="开始填写").click()
    phone.get_by_label("孩子的身份证件号").fill("1")
    phone.get_by_role("button", name="领取等候次序").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    looked_at(phone, "room-wrong")
    phone.get_by_label("孩子的身份证件号").fill(season.id_number(4))
    phone.get_by_role("button", name="领取等候次序").click()
    expect(phone.get_by_text("按随机次序放行")).to_be_visible()
    looked_at(phone, "room")


def test_the_next_step_comes_into_the_open_page(phone: Page, complaints: Complaints) -> None:
    phone.goto("/registrations/")
    phone.get_by_role("link", name="2024年解放区小学招生").click()
    phone.evaluate("window.stays = true")
    phone.get_by_role("button", name="开始填写").click()
    phone.get_by_label("孩子姓名").fill("孙小伟")
    go_on(phone)
    expect(phone.get_by_role("alert").filter(has_text="身份证件号码应为18位数字")).to_be_focused()
    for label, words in (
        ("身份证件号", season.id_number(6)),
        ("监护人姓名", "孙大伟"),
        ("手机", "13800000006"),
    ):
        phone.get_by_label(label).fill(words)
    phone.get_by_label("您是孩子的").select_option(label="父亲")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="保存并继续").click()
    away = phone.get_by_role("alert").filter(has_text="刚才这一步还没有保存")
    expect(away).to_be_visible()
    assert all("htmx:sendError" in one or "htmx:afterRequest" in one for one in complaints), complaints
    complaints.clear()
    phone.context.set_offline(False)
    go_on(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("住址")
    expect(away).to_have_count(0)
    expect(phone).to_have_url(re.compile("/registrations/step/2/$"))
    expect(phone).to_have_title(re.compile("住址"))
    assert phone.evaluate("window.stays"), "the page was not loaded anew on the way"
    assert phone.evaluate("JSON.stringify(sessionStorage)").find("孙小伟") < 0
    with phone.expect_navigation(wait_until="load"):  # going back asks the house
        phone.go_back()
    expect(phone.get_by_label("孩子姓名")).to_have_value("孙小伟")
    assert not phone.evaluate("window.stays ?? false")


def test_without_scripts_everything_works(browser: Browser, open_house: str, complaints: Complaints) -> None:
    for page in opened(browser, open_house, complaints, "phone", java_script_enabled=False):
        page.goto("/registrations/")
        page.get_by_role("link", name="2024年解放区小学招生").click()
        page.get_by_role("button", name="开始填写").click()
        page.get_by_label("孩子姓名").fill("赵小军")
        page.get_by_label("孩子的身份证件号").fill(season.id_number(5))
        page.get_by_label("监护人姓名").fill("赵大军")
        page.get_by_label("您是孩子的").select_option(label="父亲")
        page.get_by_label("监护人手机号码").fill("13800000005")
        go_on(page)
        page.get_by_label("孩子户口所在的县（市、区）").select_option(label="本市以外")
        page.get_by_label("小区或村").fill("和平小区")
        page.get_by_role("button", name="查看片区学校").click()
        expect(page.locator("#catchment")).to_contain_text("甲小学")
        go_on(page)
        page.get_by_label("户籍在片区内").check()
        go_on(page)
        page.get_by_label("第 1 志愿").select_option(season.code(0))
        go_on(page)
        page.get_by_label("我确认").check()
        page.get_by_role("button", name="提交报名").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("报名回执")


def test_the_pages_speak_english(phone: Page, open_house: str) -> None:
    phone.context.add_cookies([{"name": "django_language", "value": "en", "url": open_house}])
    phone.goto("/registrations/")
    expect(phone.get_by_role("heading", level=1)).not_to_have_text(re.compile("[\u4e00-\u9fff]"))
    phone.get_by_role("link", name="2024年解放区小学招生").click()
    phone.get_by_role("button", name="Begin").click()
    for button in ("Save and continue",):
        phone.get_by_role("button", name=button).click()
        expect(phone.get_by_role("alert")).to_contain_text("An identity number has 18 digits")
    looked_at(phone, "english")
