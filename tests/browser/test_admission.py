"""An autumn of admission in the browser: a county's officer publishes, an auditor takes the files, a family proves it."""

import contextlib
import json
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PASSWORD, PATIENCE, WIDTHS, Complaints, wait_for
from tests.browser.test_pages import minded
from tests.house.tree import ROOT
from tests.small_house import as_delivered, copy_of, junheng, move_out, surroundings

YEAR = 2099
"""So far away that families may still answer."""
COUNTY, AUDITOR, CODE = "xian-410823", "shenji", f"410823-{YEAR}-P"
SECOND, NOT_INVOLVED = "jijiao", "zhaoban"
CROWDED = "410823-2097-P"
"""An admission with too few places (``after_autumn``)."""
PUBLIC = ("/intakes/", f"/intakes/{CODE}/?address=示例1路12号", f"/placements/{CODE}/")
OFFICE = (
    f"/intakes/office/{CODE}/", f"/registrations/checks/{CODE}/?show=done", f"/registrations/checks/{CODE}/addresses/",
    f"/registrations/checks/{CODE}/objections/", f"/placements/office/{CODE}/", f"/placements/office/{CODE}/roll/",
    f"/placements/office/{CODE}/changes/2/",
)  # fmt: skip
DRAFT = ("", "days/", "categories/", "papers/", "catchments/")


@pytest.fixture(scope="module")
def autumn(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """The address of a house through which an autumn went, and what the command told of the county."""
    home = copy_of(built, tmp_path_factory.mktemp("autumn") / "house")
    walked = junheng(home, "admission", "demo", "--year", str(YEAR), "--json")
    assert walked.returncode == 0, walked.stderr
    told = next(one for one in json.loads(walked.stdout) if one["code"] == CODE)
    given = surroundings(home, DJANGO_SETTINGS_MODULE="junheng.project.settings", JUNHENG_DEMO="1")
    found = subprocess.run(
        [sys.executable, "-m", "tests.browser.after_autumn"], env=given, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    told |= json.loads(found.stdout)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (home / "house.log").open("w+")
    serve = [sys.executable, "-m", "junheng", "demo", "--small", "--port", str(port)]
    house = subprocess.Popen(serve, env=as_delivered(home), stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(house, Path(log.name), port)
        yield f"http://127.0.0.1:{port}", told
    finally:
        house.terminate()
        house.wait(20)
        log.close()
        move_out(home)


@contextlib.contextmanager
def opened(
    browser: Browser, address: str, complaints: Complaints, width: str, *, who: str = "", bypass: bool = True
) -> Iterator[Page]:
    """A window of somebody; axe needs the page's policy out of the way, the proof must work within it."""
    wide, high = WIDTHS[width]
    context: BrowserContext = browser.new_context(
        viewport={"width": wide, "height": high}, base_url=address, locale="zh-CN", bypass_csp=bypass, reduced_motion="reduce"
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints.listen(page)
    if who:
        page.goto("/login/")
        page.locator("[name=username]").fill(who)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main [type=submit]").first.click()
        page.wait_for_load_state()
    yield page
    context.close()


def looks_right(page: Page) -> None:
    """One heading, nothing beyond the right edge, nothing that axe minds."""
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1, page.url
    assert (
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    ), page.url
    assert minded(page) == [], page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_of_an_admission_fits_and_is_open_to_everybody(
    browser: Browser, autumn: tuple[str, Any], complaints: Complaints, width: str
) -> None:
    address, _told = autumn
    with opened(browser, address, complaints, width) as page:
        for path in PUBLIC:
            page.goto(path)
            looks_right(page)
    with opened(browser, address, complaints, width, who=COUNTY) as page:
        for path in OFFICE:
            page.goto(path)
            looks_right(page)
        page.goto(f"/registrations/checks/{CODE}/?show=done")
        page.locator("tbody th a").first.click()
        looks_right(page)
        expect(page.get_by_text("已遮盖")).to_be_visible()
        page.locator("[name=why]").first.fill("核对户口簿")
        page.get_by_role("button", name="查看").first.click()
        expect(page.get_by_text("监护人")).to_be_visible()
        assert "choice1" not in page.content()
    assert complaints == []


def test_a_county_officer_writes_and_publishes_a_plan(
    browser: Browser, autumn: tuple[str, Any], complaints: Complaints
) -> None:
    address, _told = autumn
    with opened(browser, address, complaints, "desktop", who=COUNTY) as page:
        page.goto("/intakes/office/")
        page.get_by_role("link", name="新建批次").click()
        days = {
            "announce_by": "06-30T18:00", "opens_at": "08-01T08:00", "closes_at": "08-08T18:00", "checked_by": "08-12T18:00",
            "draw_at": "08-15T09:00", "release_at": "08-17T09:00", "reply_by": "08-24T18:00", "appeal_by": "08-24T18:00",
        }  # fmt: skip
        for name, value in days.items():
            page.locator(f"[name={name}]").fill(f"2098-{value}")
        given = {
            "code": "410823-2098-P",
            "title": "武陟县2098年小学招生",
            "year": "2098",
            "born_by": "2092-08-31",
            "starts_on": "2098-09-01",
        }
        for name, value in given.items():
            page.locator(f"[name={name}]").fill(value)
        page.locator("[name=area]").select_option("410823")
        page.locator("[name=stage]").select_option("primary")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text("计划里还没有学校")).to_be_visible()
        for path in DRAFT:
            page.goto(f"/intakes/office/410823-2098-P/{path}")
            looks_right(page)
        page.goto("/intakes/office/410823-2098-P/")
        page.locator("#id_school").select_option(index=1)
        page.locator("#id_classes").fill("2")
        page.locator("#id_class_size").fill("45")
        page.get_by_role("button", name="添加", exact=True).click()
        looks_right(page)
        page.locator("[name=catchments-0-street]").fill("示例9路")
        page.locator("[name=catchments-0-parity]").select_option("odd")
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text("已保存")).to_be_visible()
        page.goto("/intakes/office/410823-2098-P/")
        page.get_by_role("button", name="公布并固定").click()
        expect(page.get_by_text("计划已公布并固定")).to_be_visible()
        page.get_by_role("link", name="公开页").click()
        page.locator("#id_address").fill("示例9路7号")
        page.get_by_role("button", name="查询").click()
        expect(page.get_by_text("的片区。")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_family_sees_its_result_and_proves_it_in_its_own_browser(
    browser: Browser, autumn: tuple[str, Any], complaints: Complaints, width: str
) -> None:
    address, told = autumn
    code, secret = told["family"]
    for bypass in (True, False):
        with opened(browser, address, complaints, width, bypass=bypass) as page:
            page.goto(f"/placements/{CODE}/")
            page.get_by_role("link", name="查询录取结果").click()
            page.locator("[name=code]").fill(code)
            page.locator("[name=secret]").fill(secret)
            page.get_by_role("button", name="查询").click()
            expect(page.locator("output")).to_have_text([re.compile("相符：")] * 2)
            if bypass:
                looks_right(page)
                continue
            # a letter that was changed on the way is found by the family itself
            page.evaluate("document.querySelector('[data-proof]').dataset.content += '1'")
            page.locator("[data-proof] button").first.click()
            expect(page.locator("output").first).to_have_text(re.compile("不相符"))
            page.locator("#id_words").fill("请复查")
            page.get_by_role("button", name="提交申诉").click()
            said = page.get_by_text(re.compile("申诉已收到|已有一件申诉"))
            expect(said.first).to_be_visible()
    assert complaints == []


def look_up(page: Page, family: list[str]) -> None:
    """A family opens its result with the two numbers of its receipt."""
    page.goto("/placements/result/")
    page.locator("[name=code]").fill(family[0])
    page.locator("[name=secret]").fill(family[1])
    page.get_by_role("button", name="查询").click()


def test_a_place_given_back_and_an_appeal_move_the_waiting_list(
    browser: Browser, autumn: tuple[str, Any], complaints: Complaints
) -> None:
    address, told = autumn
    with opened(browser, address, complaints, "phone") as page:
        look_up(page, told["leaving"])
        expect(page.locator("#place")).to_have_text(told["left"])
        page.get_by_text("放弃这个学位").click()
        page.get_by_role("button", name="放弃", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("请先勾选")
        page.get_by_text("放弃这个学位").click()
        page.get_by_label("我确定放弃").check()
        page.get_by_role("button", name="放弃", exact=True).click()
        expect(page.get_by_text("将按次序递补")).to_be_visible()
        look_up(page, told["appealing"])
        expect(page.locator("#place")).not_to_have_text(told["wanted"])
        page.get_by_label("对什么有异议").select_option(index=1)
        page.locator("#id_words").fill("证明已经补盖公章")
        page.get_by_role("button", name="提交申诉").click()
        expect(page.get_by_text("没有经手过的人员处理，答复")).to_be_visible()
        looks_right(page)
    for who, said in ((COUNTY, "您经手过这份报名"), (NOT_INVOLVED, "申诉已处理")):
        with opened(browser, address, complaints, "desktop", who=who) as page:
            page.goto(f"/registrations/checks/{CROWDED}/objections/")
            line = page.locator("li", has_text="证明已经补盖公章")
            line.get_by_label("答复").fill("核对盖章的证明后支持")
            line.get_by_role("button", name="支持", exact=True).click()
            expect(page.get_by_text(said)).to_be_visible()
    with opened(browser, address, complaints, "desktop", who=COUNTY) as page:
        page.goto(f"/placements/office/{CROWDED}/")
        page.get_by_label("原因（随结果公布）").fill("放弃递补，申诉支持")
        page.get_by_role("button", name="重新计算").click()
        expect(page.get_by_text("第 2 次运算完成")).to_be_visible()
        page.locator("main tbody tr").first.get_by_role("link", name="查看").click()
        rows = page.locator("main tbody tr")
        expect(rows.filter(has_text="放弃学位").first).to_contain_text(told["left"])
        expect(rows.filter(has_text="申诉支持").first).to_contain_text(told["wanted"])
        expect(rows.filter(has_text="递补").filter(has_text=told["left"]).first).to_be_visible()
        looks_right(page)
        page.goto(f"/placements/office/{CROWDED}/")
        page.get_by_label("事由").first.fill("核对过差别")
        page.get_by_role("button", name="提请发布").click()
        expect(page.get_by_text("须另一人同意").first).to_be_visible()
    with opened(browser, address, complaints, "desktop", who=SECOND) as page:
        page.goto(f"/placements/office/{CROWDED}/")
        page.get_by_role("button", name="同意发布").click()
        expect(page.locator("main tbody tr").first).to_contain_text("已发布")
        page.goto(f"/placements/{CROWDED}/")
        expect(page.get_by_text("第 2 次与前次相比")).to_be_visible()
        looks_right(page)
    with opened(browser, address, complaints, "phone") as page:
        look_up(page, told["appealing"])
        expect(page.locator("#place")).to_have_text(told["wanted"])
        expect(page.locator("section[aria-labelledby=history] li")).to_have_count(2)
        expect(page.locator("output")).to_have_text([re.compile("相符：")] * 2)
        look_up(page, told["leaving"])
        expect(page.get_by_text("您已放弃学位，不再参加排序").first).to_be_visible()
    assert complaints == []


def test_what_crossed_a_county_line_is_found_explained_and_closed(
    browser: Browser, autumn: tuple[str, Any], complaints: Complaints
) -> None:
    """The house itself compares at night, or when it starts after a night: the county answers, the city closes."""
    address, told = autumn
    answers = {
        "录取时": {"answer": "lawful", "exception": "soldier", "evidence": "部队证明〔2023〕7号（演示）"},
        "开学后转入": {"answer": "corrected", "corrected_on": "2023-11-20"},
    }
    for came, given in answers.items():
        with opened(browser, address, complaints, "desktop", who=COUNTY) as page:
            page.goto("/")
            expect(page.get_by_text("待说明的跨县域就读")).to_be_visible()
            page.goto("/registers/crossings/?state=open")
            line = page.locator("#results tbody tr", has_text=came).filter(
                has_text=told["crossings"]["school"]
            )
            case = line.locator("th a").inner_text()
            line.locator("th a").click()
            looks_right(page)
            page.get_by_role("link", name="说明跨县域就读").click()
            for name, value in given.items():
                field = page.locator(f"[name={name}]")
                field.select_option(value) if name in {"answer", "exception"} else field.fill(value)
            page.get_by_label("事由").fill("核对原件")
            page.get_by_role("main").locator("form [type=submit]").last.click()
            expect(page.get_by_role("main")).to_contain_text("待市局复核")
            place = page.url
            expect(page.get_by_role("link", name="办结跨县域核查")).to_have_count(0)
        with opened(browser, address, complaints, "desktop", who=NOT_INVOLVED) as page:
            page.goto(place)
            expect(page.locator("h1")).to_contain_text(case)
            page.get_by_role("link", name="办结跨县域核查").click()
            page.get_by_label("事由").fill("证明属实")
            page.get_by_role("main").locator("form [type=submit]").last.click()
            expect(page.get_by_role("main")).to_contain_text("已办结")
            if came == "录取时":
                page.goto("/registers/entrants/?q=KUA-2023-1")
                page.locator("#results tbody th a").first.click()
                expect(page.get_by_role("main")).to_contain_text("军人子女")
    assert complaints == []


def test_a_place_is_picked_on_the_map_of_catchments(
    browser: Browser, autumn: tuple[str, Any], complaints: Complaints
) -> None:
    """An outline has no house numbers: the family taps where it lives, or says that it is there now."""
    address, _told = autumn
    with opened(browser, address, complaints, "phone") as page:
        page.goto(f"/intakes/{CODE}/?address=无名巷3号")
        page.get_by_role("link", name="请在地图上点您家的位置").click()
        shape = page.locator(".catchments g").last
        school = shape.locator("text").text_content() or ""
        found = page.locator("section[aria-labelledby=map] .notice")
        shape.locator("polygon").click(position={"x": 12, "y": 12})  # beside the name
        expect(found).to_contain_text(f"这个住址属于{school}的片区")
        looks_right(page)
        east, north = map(float, page.locator("#id_at").input_value().split(","))
        page.context.grant_permissions(["geolocation"])
        for moved, said in ((0.0, school), (1.0, "不在任何一块地图范围里")):
            page.context.set_geolocation({"longitude": east + moved, "latitude": north})
            page.goto(f"/intakes/{CODE}/")
            page.get_by_role("button", name="我现在的位置").click()
            expect(found).to_contain_text(said)
    assert complaints == []


def test_sha256_of_the_page_is_that_of_the_library(
    browser: Browser, autumn: tuple[str, Any], complaints: Complaints
) -> None:
    import hashlib

    address, _told = autumn
    with opened(browser, address, complaints, "desktop") as page:
        page.goto("/placements/result/")
        for kind in ("sm3", "sha256"):
            for size in (0, 1, 55, 56, 63, 64, 65, 119, 120, 1000):
                text = "a" * size
                found = page.evaluate(
                    "async ([kind, text]) => { const m = await import('/static/placements/proof.js');"
                    " return [...m[kind](new TextEncoder().encode(text))].map((b) => b.toString(16).padStart(2, '0')).join(''); }",
                    [kind, text],
                )
                assert found == hashlib.new(kind, text.encode()).hexdigest(), (kind, size)
    assert complaints == []


def test_an_auditor_takes_the_sealed_files_and_recounts_them(
    browser: Browser, autumn: tuple[str, Any], complaints: Complaints, tmp_path: Path
) -> None:
    address, told = autumn
    with opened(browser, address, complaints, "desktop", who=AUDITOR) as page:
        page.goto(f"/placements/office/{CODE}/")
        assert page.get_by_role("button", name="重新计算").count() == 0, "an auditor looks and does nothing"
        page.locator("#id_why_sealed").fill("公证复算")
        with page.expect_download() as download:
            page.get_by_role("button", name="下载").click()
        sealed = tmp_path / "sealed.zip"
        download.value.save_as(sealed)
        page.goto(f"/placements/{CODE}/")
        with page.expect_download() as download:
            page.get_by_role("link", name="verify_admission.py").click()
        program = tmp_path / "verify_admission.py"
        download.value.save_as(program)
    with zipfile.ZipFile(sealed) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(tmp_path / f"admission-{CODE}"), "--list-root", told["root"][:16]],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "录取结果全部相符" in done.stdout
    assert "第 2 次录取" in done.stdout, "what families and appeals changed is recounted as well"
    assert complaints == []
