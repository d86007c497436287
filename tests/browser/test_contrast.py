"""The contrast of every page in the scheme that ``test_pages`` leaves out, before a release."""

import pytest

from tests.browser.conftest import WIDTHS, Glance
from tests.browser.pages import PAGES
from tests.browser.test_pages import FETCHING, SCHEMES, contrast_at, minded, reach

CONTRAST = {"type": "rule", "values": ["color-contrast"]}


@pytest.mark.slow
@pytest.mark.parametrize("title", PAGES)
def test_words_stand_out_in_the_other_scheme_too(glance: Glance, title: str) -> None:
    _name, who, path = PAGES[title]
    if path.startswith(FETCHING):
        pytest.skip("looked at in both schemes already")
    (width,) = set(WIDTHS) - {contrast_at(title)}
    with glance(who) as (page, _heard):
        reach(page, path)
        wide, high = WIDTHS[width]
        page.set_viewport_size({"width": wide, "height": high})
        page.emulate_media(color_scheme=SCHEMES[width])
        try:
            assert minded(page, runOnly=CONTRAST) == [], f"{width}, {SCHEMES[width]}"
        finally:
            wide, high = WIDTHS["desktop"]
            page.set_viewport_size({"width": wide, "height": high})
            page.emulate_media(color_scheme="light")
