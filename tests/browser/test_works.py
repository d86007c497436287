"""Works in the browser: a school adds a picture on the phone, a juror scores without names, a visitor sees what was selected."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Login
from tests.browser.test_admission import looks_right
from tests.makers.files import a_picture

SCHOOL, JUROR = "xiaozhang1", "jijiao"
DRAFT = "/registers/schemeapplications/?category=zuopin-shuhua-2023-1&stage=draft"


def test_a_school_adds_a_picture_a_juror_scores_and_a_visitor_looks(
    login: Login, window: Callable[..., Page]
) -> None:
    phone = login(SCHOOL, "phone", check=True)
    phone.goto(DRAFT)
    phone.locator("#results tbody th a").first.click()
    phone.get_by_role("link", name="上传和取回").click()
    phone.locator("[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 no picture"}
    )
    phone.get_by_role("button", name="存入").click()
    expect(phone.get_by_role("alert")).to_contain_text("这个文件不是，没有存入")
    phone.locator("[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_picture(number=9)}
    )
    phone.get_by_role("button", name="存入").click()
    expect(phone.get_by_text("已有 1 件")).to_be_visible()
    looks_right(phone)

    juror = login(JUROR, check=True)
    juror.goto("/schemes/jury/")
    sheet = juror.locator("main a[href^='/schemes/jury/']:has-text('zuopin-')").first
    number = sheet.inner_text()
    sheet.click()
    picture = juror.locator(".work-picture img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    looks_right(juror)
    for box, points in zip(juror.locator("[name^=points_]").all(), ("48", "35"), strict=True):
        box.fill(points)
    juror.get_by_role("button", name="提交评分").click()
    juror.get_by_role("link", name="我评过的作品").click()
    juror.get_by_role("link", name=number).click()
    expect(juror.get_by_role("rowheader", name="评委 1")).to_be_visible()
    looks_right(juror)

    visitor = window("phone", check=True)
    visitor.goto("/schemes/")
    visitor.get_by_role("link", name="作品展示").click()
    visitor.get_by_role("link", name="校史室里的劳动课").click()
    shown = visitor.locator(".work-picture img").first
    shown.scroll_into_view_if_needed()
    assert shown.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
    looks_right(visitor)
