"""Every page at both widths: no complaint of the browser, nothing beyond the right edge, and nothing axe objects to."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, Complaints, Login

OFFICE = "bangongshi"
PAGES = {
    "home": "/",
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
