"""A county's office keeps its registers right, a school answers; and the pages that only such a walk reaches.

The house is shared with the other tests: what is done here is done to rows that nobody else looks at, or taken back.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, Login
from tests.browser.test_accounts import code_of, enter, leave
from tests.browser.test_pages import minded, reach

PRINCIPAL, SECTION = "xiaozhang1", "jijiao"
OFFICER = "xian-410802"
"""Of the county of the first principal, who has asked for changes."""
HEIR, GONE, CODE = "山阳区焦东路小学", "鹭坡街道上柳庄小学", "2141900005"
RENAMED, ONCE = "柳湾街道小杏沟小学", "柳湾街道小杏沟中心小学"
CLOSED = "莲渡街道下竹洼小学"
"""A school that ended on 2022-07-15."""


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def follow(page: Page, name: str) -> None:
    """Go where the first link with this name leads."""
    main(page).get_by_role("link", name=name).first.click()


def test_a_proposal_is_approved_and_the_history_names_both(login: Login, complaints: Complaints) -> None:
    page = login(OFFICER)
    page.goto("/stewardship/?register=schools")
    wish = page.locator(".wish-list > li", has_text="演示校长")
    before = wish.locator("del").inner_text()
    wish.get_by_role("checkbox").check()
    page.get_by_label("意见（退回时必填）").fill("任职文件已核对")
    page.get_by_role("button", name="批准").click()
    expect(wish).to_have_count(0)
    page.goto("/registers/schools/1/")
    expect(main(page)).to_contain_text("演示校长")
    follow(page, "修改记录")
    entry = page.locator(".timeline > li", has_text="演示校长").first
    for told in (before, f"{RENAMED}校长（演示）", "解放区教育局（演示）"):
        expect(entry).to_contain_text(told)
    assert minded(page) == []
    # what was known before is still known as it was
    page.goto("/registers/schools/1/?known=2023-12-31")
    expect(main(page)).to_contain_text("按 2023-12-31 当天掌握的情况显示")
    expect(main(page)).to_contain_text(before)
    expect(main(page)).not_to_contain_text("演示校长")
    assert complaints == []


def test_a_finding_is_explained_by_the_county_and_accepted_by_the_city(
    login: Login, complaints: Complaints
) -> None:
    page = login("xian-410882")
    page.goto("/quality/?kind=rule&code=school-phone-shared")
    page.locator(".rows.todo a").first.click()
    place = page.url
    assert minded(page) == []
    page.get_by_role("textbox", name="说明").fill("两校共用一部传达室电话，已核对。")
    page.get_by_role("button", name="提交说明").click()
    expect(main(page)).to_contain_text("待审核")
    expect(page.get_by_role("button", name="同意")).to_have_count(0)
    city = login("deyu")
    city.goto(place)
    expect(main(city)).to_contain_text("传达室")
    city.get_by_role("button", name="同意").click()
    expect(main(city)).to_contain_text("已说明")
    assert minded(city) == []
    assert complaints == []


def test_two_schools_are_merged_after_a_look_and_made_two_again(login: Login, complaints: Complaints) -> None:
    page = login("xian-410811")
    page.goto("/registers/schools/")
    page.locator("#results tbody tr", has_text=HEIR).get_by_role("link").first.click()
    home = page.url
    follow(page, "合并")
    page.get_by_label("生效日").fill("2024-03-01")
    page.get_by_label("批准文号").fill("示例〔2024〕1号")
    page.get_by_label("并入的单位").fill(CODE)
    page.get_by_label("事由").fill("布局调整")
    page.get_by_role("button", name="合并").click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"随之变动：.*学生 \d+.*留在原单位：.+"))
    assert minded(page) == []
    page.get_by_label("已核对随之变动的记录").check()
    page.get_by_role("button", name="合并").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEIR)
    step = page.locator(".lineage li", has_text=GONE)
    expect(step).to_contain_text("2024-03-01")
    assert minded(page) == []
    page.goto(f"/search/?q={GONE}")
    page.locator("section[aria-labelledby='s-schools'] a").first.click()
    expect(page.locator(".lineage")).to_contain_text(re.compile(f"{GONE}.*→.*{HEIR}"))

    page.goto("/registers/lineage/")
    page.locator("#results tbody tr", has_text=GONE).get_by_role("link").first.click()
    follow(page, "更正撤回")
    page.get_by_label("事由").fill("批文有误")
    page.get_by_role("button", name="更正撤回").click()
    page.wait_for_url("**/registers/lineage/**")
    page.goto(home)
    expect(page.locator(".lineage li", has_text=GONE)).to_have_count(0)
    assert complaints == []


def test_the_old_name_finds_the_school_and_days_of_the_past_show_what_was(
    login: Login, complaints: Complaints
) -> None:
    page = login(OFFICER)
    page.goto("/")
    page.get_by_label("搜索数据、承诺与名录").fill(ONCE)
    page.keyboard.press("Enter")
    page.locator("section[aria-labelledby='s-schools']").get_by_role("link", name=RENAMED).click()
    expect(page.locator(".lineage")).to_contain_text(ONCE)

    page.goto("/registers/schools/")
    names = page.locator("#results tbody")
    expect(names).to_contain_text(RENAMED)
    expect(names).not_to_contain_text(CLOSED)
    page.get_by_label("时点", exact=True).fill("2022-06-30")
    page.keyboard.press("Tab")
    expect(names).to_contain_text(CLOSED)
    expect(page.locator("#results [role=status]")).to_contain_text("2022-06-30 时点")
    page.goto("/registers/schools/?on=2022-06-30&known=2023-06-30")
    expect(main(page)).to_contain_text("2023-06-30")
    expect(names).to_contain_text(CLOSED)
    expect(page.get_by_role("link", name="新增")).to_have_count(0)  # nobody writes into the past
    assert minded(page) == []
    assert complaints == []


def test_a_county_confirms_a_register_that_is_late(login: Login, complaints: Complaints) -> None:
    page = login(OFFICER)
    page.goto("/stewardship/confirm/")
    late = page.get_by_role("row").filter(has_text="逾期未确认").first
    address = late.get_by_role("link").first.get_attribute("href")
    line = page.get_by_role("row").filter(has=page.locator(f"a[href='{address}']"))
    line.get_by_role("link").first.click()
    assert minded(page) == []
    with page.expect_navigation():
        page.get_by_role("button", name="情况属实，确认本台账").click()
    page.goto("/stewardship/confirm/")
    expect(line).to_contain_text("✓ 已确认")
    assert complaints == []


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_principal_sees_the_form_to_fill_and_what_there_is_to_confirm(
    login: Login, complaints: Complaints, width: str
) -> None:
    page = login(PRINCIPAL, width)
    page.goto("/asks/")
    form = page.locator("section[aria-labelledby='waiting'] a[href*='/asks/fill/']").last
    title = form.inner_text()
    form.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(page.get_by_role("button", name=re.compile("^提交"))).to_be_visible()
    assert minded(page) == []
    page.goto("/stewardship/confirm/")
    follow(page, "学生")
    expect(page.get_by_role("heading", name="确认前请看")).to_be_visible()
    expect(page.get_by_role("button", name="情况属实，确认本台账")).to_be_visible()
    assert minded(page) == []
    assert complaints == []


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_pages_of_a_survey_are_open_to_everybody(
    login: Login, complaints: Complaints, width: str
) -> None:
    page = login(SECTION, width)
    draft = "/asks/?state=draft → main td a, main th a"
    for path in (
        f"{draft} → main a[href$='/edit/']",
        f"{draft} → main a[href$='/questions/new/']",
        f"{draft} → main ol.rows a[href*='/questions/']",
        "/asks/3/answers/",
    ):
        stands(page, path)
    school = login(PRINCIPAL, width)
    stands(school, "/asks/ → section[aria-labelledby='others'] a → main a[href$='/back/']")
    assert complaints == []


def test_two_rows_are_made_one_and_two_again(login: Login, complaints: Complaints) -> None:
    page = login("xian-410804")
    stands(page, "/quality/?kind=duplicate → .rows.todo a")
    page.get_by_label("事由").fill("同一机构登记两次")
    page.get_by_role("button", name="合并").click()
    page.wait_for_url("**/quality/merges/**")
    stands(page, page.url)
    page.get_by_label("事由").fill("是两家机构")
    page.get_by_role("button", name="撤销合并").click()
    expect(main(page)).to_contain_text("已撤销")
    assert minded(page) == []
    assert complaints == []


def test_an_erasure_is_proposed_and_taken_back(login: Login, complaints: Complaints) -> None:
    page = login("xian-410803")
    reach(page, "/retention/ → a[href*='/retention/due/']")
    page.get_by_label("事由").fill("保存期满")
    page.get_by_role("button", name="提出销毁").click()
    page.wait_for_url("**/retention/erasures/**")
    expect(page.get_by_role("button", name="核对无误，销毁")).to_have_count(0)  # it takes another person
    stands(page, page.url)
    page.get_by_label("收回的理由").fill("再核对一遍")
    page.get_by_role("button", name="收回").click()
    expect(main(page)).to_contain_text("已收回")
    assert complaints == []


def test_a_job_has_a_page_of_its_own(login: Login, complaints: Complaints) -> None:
    page = login("fazhan")
    page.goto("/quality/")
    with page.expect_navigation():
        page.get_by_role("button", name="立即检查").click()
    page.goto("/jobs/")
    job = page.locator("li.job").first
    expect(job).to_contain_text("已完成", timeout=60_000)
    number = (job.get_attribute("id") or "").removeprefix("job-")
    stands(page, f"/jobs/{number}/")
    assert complaints == []


def test_the_second_question_at_the_door_is_open_to_everybody(
    window: Callable[..., Page], address: str, complaints: Complaints
) -> None:
    page = window()
    enter(page, address, "caiwu")
    page.wait_for_url(f"{address}/")
    page.goto("/accounts/factors/app/")
    secret = "".join(page.locator("code.token").inner_text().split())
    page.get_by_label("6 位数字").fill(code_of(secret))
    page.get_by_role("button", name="启用", exact=True).click()
    page.get_by_role("heading", name="恢复码").first.wait_for()
    recovery = re.findall(r"[2-9A-Z]{5}-[2-9A-Z]{5}", main(page).inner_text())
    leave(page, address)
    enter(page, address, "caiwu")
    page.wait_for_url("**/accounts/second/")
    assert minded(page) == []
    page.get_by_label(re.compile("恢复码")).fill(recovery[0])
    page.get_by_role("button", name="验证", exact=True).click()
    page.wait_for_url(f"{address}/")
    page.goto("/accounts/")
    page.get_by_role("button", name="移除验证器应用").click()
    page.get_by_text("已移除「验证器应用」。").wait_for()
    assert complaints == []


def stands(page: Page, path: str) -> None:
    """A page is there, does not run out to the right, and axe minds nothing."""
    reach(page, path)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0, f"{path}: {beyond} px beyond the right edge"
    assert minded(page) == [], path
