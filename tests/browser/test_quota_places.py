"""A round of quota places in the browser: share, table, list, objection, scores, stages, result, and an appeal."""

import io
import re

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, Login
from tests.browser.test_admission import looks_right

EXAMINER, CHECKER = "zhaoban", "jijiao"
CODE, TITLE = "fenpei-2025", "2025 年分配生（走查）"
ROUND = {
    "code": CODE, "title": TITLE, "area": "4108", "year": "2025", "share": "50", "less": "50", "control": "300",
    "order_text": "示例〔2025〕1号", "roll_on": "2023-11-30", "entered_by": "2021-09-30",
    "public_from": "2023-12-04", "public_until": "2023-12-10", "basis": "示例方案（演示）",
}  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAN = 6
"""Places of each of two senior schools: half of them open, half for the junior schools."""


def main(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("main")


def send(page: Page, given: dict[str, str], *, why: str = "按方案办理") -> None:
    """Fill in the form of a page and send it."""
    form = main(page).locator("form").last
    for name, value in given.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("[name=why]").fill(why)
    form.locator("[type=submit]").last.click()
    page.wait_for_load_state()
    assert page.locator(".errors").all_inner_texts() == []


def deed(page: Page, place: str, label: str, **given: str) -> None:
    """Do a deed from the page of its row."""
    page.goto(place)
    main(page).get_by_role("link", name=label, exact=True).click()
    send(page, given)


def opened_row(page: Page, register: str, words: str) -> str:
    """The page of the first row of a list in which some words stand."""
    page.goto(f"/registers/{register}/")
    page.locator("#results tbody tr", has_text=words).first.locator("th a").click()
    page.wait_for_load_state()
    return page.url


def test_a_round_from_the_share_to_an_appeal(login: Login, complaints: Complaints) -> None:
    page, other = login(EXAMINER, check=True), login(CHECKER)
    # the rules, the plans, and the table that follows from them
    page.goto("/registers/quotarounds/new/")
    send(page, ROUND)
    place = opened_row(page, "quotarounds", TITLE)
    schools = seniors(page)
    for school in schools:
        page.goto("/registers/quotaseniors/new/")
        send(page, {"quota_round": CODE, "school": school, "area": "4108", "plan": str(PLAN)})
    public = f"/quotaplaces/{CODE}/"
    assert page.request.get(public).status == 404, "nobody sees a round that was not published"
    deed(page, place, "计算名额表")
    deed(page, place, "公布名额表")
    page.goto(public)
    expect(page.locator("tfoot, tbody").last).to_contain_text(str(len(schools) * PLAN // 2))
    looks_right(page)
    # the list before the public, and somebody who says that one of it came late
    deed(page, place, "公示资格名单")
    candidates = f"/registers/quotacandidates/?quota_round={CODE}"
    page.goto(candidates)
    late = page.locator("#results tbody tr", has_text="符合资格").first.locator("th a")
    number = late.inner_text().strip()
    late.click()
    main(page).get_by_role("link", name="登记异议").click()
    send(page, {"words": "九年级才从外校转入", "on": "2023-12-05"})
    case = page.url
    deed(page, place, "确定资格名单")
    expect(page.get_by_role("alert")).to_contain_text("1 条异议没有核查")
    deed(other, case, "核查异议", found="late", answer="学籍档案记载九年级转入", on="2023-12-06")
    expect(main(other)).to_contain_text("属实，已更正")
    deed(page, place, "确定资格名单")
    # scores and choices come by workbook; three stages, and who computed does not release
    import_scores(page, candidates, number, schools)
    deed(page, place, "录取计算")
    deed(page, place, "发布录取结果")
    expect(page.get_by_role("alert")).to_contain_text("计算的人不能自己发布")
    deed(other, place, "发布录取结果")
    page.goto(public)
    expect(page.locator("main")).to_contain_text("598")
    looks_right(page)
    page.goto(f"/registers/quotacandidates/?q={number}")
    page.locator("#results tbody th a").first.click()
    page.get_by_role("link", name="逐个志愿的录取理由").click()
    expect(main(page)).to_contain_text("统一招生未录取。名额 3 个，录取线 598 分，您 597 分")
    expect(main(page)).to_contain_text("不具备分配生资格，不参加分配名额")
    # an appeal about a score that was right: everything is computed again, and who moves is shown before it counts
    page.goto(f"/registers/quotacandidates/?q={number[:-6]}000300")
    page.locator("#results tbody th a").first.click()
    wronged = page.url
    deed(page, wronged, "更正成绩后重算", score="650", subjects="0")
    page.goto(place)
    expect(main(page)).to_contain_text("与已发布结果相比")
    moved = page.locator("section[aria-labelledby=steps] li", has_text="000300")
    expect(moved.locator("ins")).to_contain_text("统一招生")
    looks_right(page)
    deed(other, place, "发布录取结果")
    page.goto(wronged)
    page.get_by_role("link", name="逐个志愿的录取理由").click()
    expect(main(page)).to_contain_text("统一招生录取。您 650 分")
    assert complaints == []


def seniors(page: Page) -> list[str]:
    """The codes of the two senior schools of the city's round, as its published table has them."""
    rows = page.request.get("/quotaplaces/fenpei-2024/table.csv").text().splitlines()[1:]
    return sorted({row.split(",")[0] for row in rows})[:2]


def import_scores(page: Page, candidates: str, late: str, schools: list[str]) -> None:
    """Scores that fall with the number, everybody's first choice the first school; the late one is next after the line."""
    page.goto(candidates)
    count = int(re.findall(r"共 ([\d,]+) 条", main(page).inner_text())[0].replace(",", ""))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["考生号", "成绩", "科目次序值", "第一志愿", "第二志愿"])
    numbers = [f"{late[:-6]}{place:06d}" for place in range(1, count + 1)]
    others = [number for number in numbers if number != late]
    scores = {number: 600 - place - (place > 2) for place, number in enumerate(others)} | {late: 597}
    for number in numbers:
        sheet.append([number, scores[number], 0, *schools])
    content = io.BytesIO()
    book.save(content)
    page.goto("/registers/quotacandidates/import/")
    file = {"name": "成绩.xlsx", "mimeType": XLSX, "buffer": content.getvalue()}
    page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item] # a dict is a file too
    page.get_by_role("button", name="预览").click()
    expect(main(page)).to_contain_text(f"修改 {count}")
    page.get_by_label("事由").fill("中招成绩")
    page.get_by_role("button", name="确认导入").click()
    expect(main(page)).to_contain_text("导入完成")
