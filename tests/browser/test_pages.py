"""Every page at both widths: no complaint of the browser, nothing beyond the right edge, and nothing axe objects to."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, Complaints, Login

OFFICE = "bangongshi"
COUNTY = "xian-410803"
PAGES = {
    "home": "/",
    "changes": "/changes/",
    "onlookers": "/registers/schools/1/onlookers/",
    "tokens": "/tokens/",
    "interface for programs": "/api/",
    "narrowed to nothing": "/registers/schools/?q=没有这样的学校",
    "overview": "/overview/",
    "chapter": "/chapters/safety/",
    "empty chapter": "/chapters/moral/",
    "figures": "/figures/",
    "figure": "/figures/kg-public-share/",
    "rule": "/figures/norm-primary-720/",
    "promises": "/promises/",
    "promise": "/promises/class-has-member/",
    "reports": "/reports/",
    "report": "/reports/yearly-2023/",
    "checker": "/checker/",
    "search": "/search/?q=幼儿园",
    "registers": "/registers/",
    "register": "/registers/schools/",
    "row": "/registers/schools/1/",
    "history": "/registers/schools/1/history/",
    "nothing there": "/registers/schools/999999999/",
}
COUNTY_PAGES = {
    "county's home": "/",
    "import": "/registers/schools/import/",
    "new row": "/registers/schools/new/",
    "a list of people": "/registers/pupils/",
}
"""What an officer of a county sees who changes rows; the rows of the county are found by the tests themselves."""
ROW_PAGES = {"edit": "edit/", "end": "end/"}
PUBLIC = {
    "front": "/",
    "login": "/login/",
    "news": "/news/",
    "article": "/news/yearly-2023/",
    "open data": "/open-data/",
    "public figure": "/figures/kg-public-share/",
    "public promise": "/promises/class-has-member/",
    "no page": "/no-such-page/",
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_desk_fits_and_works(
    login: Login, complaints: Complaints, name: str, width: str
) -> None:
    look_at(login(OFFICE, width), PAGES[name], complaints)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", [*COUNTY_PAGES, *ROW_PAGES])
def test_a_page_of_a_county_fits_and_works(
    login: Login, complaints: Complaints, name: str, width: str
) -> None:
    page = login(COUNTY, width)
    look_at(page, address_of(page, name), complaints)


@pytest.mark.parametrize("name", [*COUNTY_PAGES, *ROW_PAGES])
def test_axe_finds_nothing_on_a_page_of_a_county(login: Login, name: str) -> None:
    page = login(COUNTY, "phone", check=True)
    examine(page, address_of(page, name), "light")


def address_of(page: Page, name: str) -> str:
    """Where a page of a county is: the form of a row is that of the first row of the list."""
    if name in COUNTY_PAGES:
        return COUNTY_PAGES[name]
    page.goto("/registers/schools/")
    first = page.locator("#results tbody tr").first.get_by_role("link").first.get_attribute("href")
    return f"{first}{ROW_PAGES[name]}"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_fits_and_works(
    window: Callable[..., Page], complaints: Complaints, name: str, width: str
) -> None:
    look_at(window(width), PUBLIC[name], complaints)


def look_at(page: Page, path: str, complaints: Complaints) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert complaints == []
    assert page.locator("h1").count() == 1
    assert page.get_by_text("演示数据", exact=True).first.is_visible(), "the mark of a demonstration"
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 0, f"{beyond} px beyond the right edge"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_page_of_the_desk(login: Login, name: str, theme: str) -> None:
    examine(login(OFFICE, "desktop", check=True), PAGES[name], theme)


@pytest.mark.parametrize("name", PUBLIC)
def test_axe_finds_nothing_on_a_public_page(window: Callable[..., Page], name: str) -> None:
    examine(window("phone", check=True), PUBLIC[name], "light")


def examine(page: Page, path: str, theme: str) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.goto(path)
    found = Axe().run(page)
    told = [
        f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes'][:4]]}"
        for one in found.response["violations"]
    ]
    assert told == []
