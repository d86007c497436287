"""Partner lists in the browser: a file of two encodings is taken in, and doubtful pairs are decided by keyboard, at a desk and on a phone."""

from playwright.sync_api import expect

from tests.browser.conftest import Login
from tests.browser.test_admission import looks_right

COUNTY, CITY = "zizhu-410802", "zizhu"
LINES = ("姓名,身份证号,出生日期\n不在册丙,,2012-02-03\n", "不在册丁,990802201403010011,2014-03-02\n")


def test_the_officer_takes_a_list_in_and_decides_by_keyboard(login: Login) -> None:
    county = login(COUNTY, check=True)
    county.goto("/partnerlists/take/")
    county.get_by_label("类别").select_option("A5")
    for label, text in (
        ("提供单位", "某区民政局（演示）"),
        ("来函文号", "演示函〔2023〕9号"),
        ("依据", "演示民发〔2023〕20号"),
    ):
        county.get_by_label(label).fill(text)
    county.get_by_label("名单截至日").fill("2023-12-01")
    county.get_by_label("有效至").fill("2024-11-30")
    content = LINES[0].encode() + LINES[1].encode("gb18030")
    county.get_by_label("文件").set_input_files(
        {"name": "名单.csv", "mimeType": "text/csv", "buffer": content}
    )
    county.get_by_role("button", name="预览").click()
    expect(county.get_by_text("混用了两种编码")).to_be_visible()
    looks_right(county)
    county.get_by_role("button", name="收下 2 行并比对").click()
    expect(county.locator("h1")).to_contain_text("特困供养")

    county.goto("/partnerlists/pairs/")
    first = county.url
    county.keyboard.press("r")
    county.keyboard.type("户口簿核对一致")
    county.keyboard.press("Escape")
    county.locator("h1").click()
    county.keyboard.press("2")
    county.keyboard.press("Enter")
    expect(county.get_by_role("status").filter(has_text="已记录：不是同一人")).to_be_visible()
    assert county.url != first
    county.goto(first)
    county.get_by_label("撤回的理由").fill("看错了")
    county.get_by_role("button", name="撤回判断").click()
    expect(county.get_by_role("status").filter(has_text="已撤回")).to_be_visible()

    phone = login(CITY, "phone", check=True)
    phone.goto("/partnerlists/")
    phone.get_by_role("link", name="脱贫家庭").click()
    phone.get_by_role("row").filter(has_text="待另一人确认").get_by_role("link").click()
    looks_right(phone)
    phone.get_by_label("理由").first.fill("已复核")
    phone.get_by_role("button", name="确认是同一人").click()
    expect(phone.get_by_role("status").filter(has_text="已记录：是同一人")).to_be_visible()
