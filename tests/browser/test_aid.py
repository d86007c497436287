"""Aid in the browser: an officer finds, confirms, writes and pays; a family on its phone waives and takes it back."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.browser.conftest import Login
from tests.browser.pages import AID
from tests.browser.test_admission import looks_right

COUNTY = "/aid/areas/410802/"


def somebody(officer: Page) -> tuple[str, str]:
    """Name and birthday of the first pupil who waits, as the officer reads them, with a reason that stays."""
    officer.goto(f"{COUNTY}gaps/?term=2023A")
    officer.locator("tr:has-text('已认定，尚未发放') th a").first.click()
    officer.get_by_text("查看遮盖的信息").click()
    officer.locator("#id_unmask_why").fill("家长询问告知书")
    officer.get_by_role("button", name="查看", exact=True).click()
    name, born = (
        officer.locator(f"dt:text-is('{one}') + dd").inner_text().strip() for one in ("姓名", "出生日期")
    )
    return name, born.replace("-", "")


def test_an_officer_brings_aid_to_families_and_one_of_them_waives(
    login: Login, window: Callable[..., Page]
) -> None:
    officer = login(AID, check=True)
    officer.goto(f"{COUNTY}gaps/?term=2023A")
    officer.locator("[name=words]").first.fill("账户正在更换")
    officer.get_by_role("button", name="保存").first.click()
    expect(officer.get_by_text("账户正在更换")).to_be_visible()
    looks_right(officer)
    officer.goto(COUNTY)
    officer.locator("[name=day]").fill("2023-12-29")
    officer.locator("form:has([name=day]) [name=why]").fill("补充查找")
    officer.get_by_role("button", name="查找资助对象").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("资助对象名单")
    looks_right(officer)
    officer.locator("[name=why]").fill("核对无误")
    officer.get_by_role("button", name="确认这份名单").click()
    expect(officer.get_by_text("已确认").first).to_be_visible()
    officer.locator("#letters-why").fill("告知家庭")
    officer.get_by_role("button", name="生成告知书").click()
    with officer.expect_download() as coming:
        officer.get_by_role("link", name="下载告知书").click()
    sheet = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes())).active
    name, born = somebody(officer)
    code = next(row[3].value for row in sheet.iter_rows() if row[2].value == name)

    phone = window("phone", check=True)
    phone.goto("/aid/family/")
    phone.locator("[name=code]").fill(code.lower())
    phone.locator("[name=proof]").fill("0000000")
    phone.get_by_role("button", name="打开").click()
    expect(phone.get_by_role("alert")).to_contain_text("对不上")
    phone.locator("[name=code]").fill(code)
    phone.locator("[name=proof]").fill(born)
    phone.get_by_role("button", name="打开").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(name)
    looks_right(phone)
    phone.get_by_role("button", name="看过了，确认接受").click()
    phone.get_by_text("我要放弃").click()
    phone.locator("[name=schemes]").first.check()
    phone.locator("[name=signed_by]").fill("家长甲")
    phone.get_by_role("button", name="签字放弃").click()
    expect(phone.get_by_text("已放弃")).to_be_visible()
    phone.get_by_role("button", name="撤回放弃").click()
    expect(phone.get_by_text("已放弃")).to_have_count(0)

    officer.goto(COUNTY)
    officer.get_by_role("link", name="登记发放 营养改善").click()
    looks_right(officer)
    officer.locator("[name=document]").fill("演示资助〔2023〕9号")
    officer.locator("[name=why]").fill("按批次发放")
    officer.get_by_role("button", name="登记发放").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("演示资助〔2023〕9号")
    with officer.expect_download() as coming:
        officer.get_by_role("link", name="结算单（.xlsx）").click()
    assert coming.value.suggested_filename.endswith(".xlsx")
