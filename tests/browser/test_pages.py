"""Every page of the house, at both widths: no complaint of the browser, nothing beyond the right edge, nothing axe minds."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, Complaints, Glance, Login
from tests.browser.pages import FOLLOW, NO_PAGES, PAGES

AXE = Axe()
ASK_AXE = """options => axe.run(options).then(found => found.violations.map(one =>
    `${one.id}: ${one.help} ${JSON.stringify(one.nodes.slice(0, 4).map(node => node.target))}`))"""
"""Only what it objects to comes back: what it finds in order is longer than the page."""
HALF = "h"
"""Titles before this letter are looked at here, the others in ``test_pages_more``."""
SCHEMES: dict[str, Literal["light", "dark"]] = {"desktop": "light", "phone": "dark"}
FETCHING = ("/field/", "/placements/")
"""Pages whose scripts go on asking after they were loaded."""


def names(patterns: list[Any], space: str = "") -> Iterator[str]:
    """The name of every address of the house."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            yield from names(one.url_patterns, inside)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}"


def test_every_address_is_looked_at_or_says_why_not() -> None:
    every = set(names(get_resolver().url_patterns))
    looked_at = {name for name, _who, _path in PAGES.values() if name}
    assert looked_at | set(NO_PAGES) == every
    assert not looked_at & set(NO_PAGES)
    for name, _who, path in PAGES.values():
        if FOLLOW not in path and name:
            assert resolve(path.partition("?")[0]).view_name == name


@pytest.mark.parametrize("title", [title for title in PAGES if title < HALF])
def test_a_page_fits_works_and_is_open_to_everybody(
    glance: Glance, login: Login, window: Callable[..., Page], complaints: Complaints, title: str
) -> None:
    """The other half is ``test_pages_more``: a worker each."""
    look_at(title, glance, login, window, complaints)


def look_at(
    title: str, glance: Glance, login: Login, window: Callable[..., Page], complaints: Complaints
) -> None:
    """Open one page and look at it in both widths, and in the dark."""
    _name, who, path = PAGES[title]
    if path.startswith(FETCHING):  # such a page leaves something in the browser: nobody takes that over
        page = login(who) if who else window()
        reach(page, path)
        page.wait_for_load_state("networkidle")
        look_around(page)
        assert complaints == []
        return
    with glance(who) as (page, heard):
        reach(page, path)
        look_around(page, contrast=contrast_at(title))
        assert heard == []


def contrast_at(title: str) -> str:
    """The width at which the contrast of a page is looked at here; the other one is for ``test_contrast``.

    Contrast is two thirds of the time, and colours come from a few sheets that all pages share.
    """
    return list(WIDTHS)[sorted(PAGES).index(title) % len(WIDTHS)]


def look_around(page: Page, *, contrast: str = "") -> None:
    """Look at an open page in both widths, by day on the one and in the dark on the other, and leave it as it was.

    ``contrast`` is the one width at which contrast is looked at; nothing: at both.
    """
    assert page.locator("h1").count() == 1
    for width, (wide, high) in WIDTHS.items():
        page.set_viewport_size({"width": wide, "height": high})
        assert page.get_by_text("演示数据", exact=True).first.is_visible(), "the mark of a demonstration"
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{beyond} px beyond the right edge of a {width}"
        page.emulate_media(color_scheme=SCHEMES[width])
        rules: dict[str, Any] = {} if contrast in ("", width) else {"color-contrast": {"enabled": False}}
        assert minded(page, rules=rules) == [], f"{width}, {SCHEMES[width]}"
    page.set_viewport_size(dict(zip(("width", "height"), WIDTHS["desktop"], strict=True)))  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")


def reach(page: Page, path: str) -> None:
    """Go to a page; where only the page before knows its address, by the first link that looks like it."""
    path, *links = path.split(FOLLOW)
    page.goto(path)
    for link in links:
        address = page.locator(link).first.get_attribute("href")
        assert address, f"{path}: no {link}"
        page.goto(address)


def minded(page: Page, **options: Any) -> list[str]:
    """What axe objects to."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.axe_script)
    found: list[str] = page.evaluate(ASK_AXE, {"resultTypes": ["violations"], **options})
    return found
