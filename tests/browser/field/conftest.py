"""A house of one's own that may fall, and a phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PATIENCE, Complaints
from tests.browser.field.standing import Standing
from tests.small_house import copy_of, move_out

PLACE = {"longitude": 113.24, "latitude": 35.22, "accuracy": 12}


@pytest.fixture(scope="module")
def standing(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """A house of one's own for the tests of one file, which stands when they begin."""
    house = Standing(copy_of(built, tmp_path_factory.mktemp("standing") / "house"))
    house.rise()
    yield house
    house.fall()
    move_out(house.home)


@pytest.fixture
def phone(browser: Browser, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """A phone with its own memory: ``phone(standing)`` opens a tab, ``phone(standing, beside=page)`` another on the same."""
    opened: list[BrowserContext] = []
    expect.set_options(timeout=PATIENCE)

    def pick_up(
        house: Standing, *, beside: Page | None = None, wide: bool = False, check: bool = False
    ) -> Page:
        if beside is None:
            context = browser.new_context(
                viewport={"width": 1280, "height": 800} if wide else {"width": 390, "height": 844},
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                base_url=house.address,
                geolocation=PLACE,  # type: ignore[arg-type]
                permissions=["geolocation"],
                bypass_csp=check,
                reduced_motion="reduce",
                accept_downloads=True,
            )
            opened.append(context)
        else:
            context = beside.context
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        complaints.listen(page)
        return page

    yield pick_up
    for context in opened:
        context.close()
