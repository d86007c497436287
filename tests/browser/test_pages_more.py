"""The other half of all pages, for a worker of its own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Complaints, Glance, Login
from tests.browser.pages import PAGES
from tests.browser.test_pages import HALF, look_at


@pytest.mark.parametrize("title", [title for title in PAGES if title >= HALF])
def test_a_page_fits_works_and_is_open_to_everybody(
    glance: Glance, login: Login, window: Callable[..., Page], complaints: Complaints, title: str
) -> None:
    look_at(title, glance, login, window, complaints)
