"""One house, one browser, and people who are logged in to it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.small_house import as_delivered, built, copy_of, move_out

__all__ = ["built"]

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
PASSWORD = "yanshi-2023"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"desktop": (1280, 800), "phone": (390, 844)}
PATIENCE = 15_000
"""Milliseconds a page may take."""
LONGEST = 180
"""Seconds in which the house must stand."""

Login = Callable[..., Page]
Visits = dict[str, list[dict[str, object]]]
Glance = Callable[[str], contextlib.AbstractContextManager[tuple[Page, "Complaints"]]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests are skipped, and say why."""
    if CHROMIUM:
        return
    reason = pytest.mark.skip(reason="no chromium on this machine: install it, or name it in CHROMIUM")
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(reason)


@pytest.fixture(scope="session")
def address(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house of one's own, on the kind of database that the tests run on.

    It is a copy of the one that all tests share: built by one process and served by another, as on any day but the first.
    """
    home = copy_of(built, tmp_path_factory.mktemp("served") / "house")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo = [sys.executable, "-m", "junheng", "demo", "--small", "--port", str(port)]
    log = (home / "house.log").open("w+")
    house = subprocess.Popen(demo, env=as_delivered(home), stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(house, Path(log.name), port)
        yield f"http://127.0.0.1:{port}"
    finally:
        house.terminate()
        house.wait(LONGEST)
        log.close()
        move_out(home)


def wait_for(house: "subprocess.Popen[bytes]", log: Path, port: int) -> None:
    """Wait until the pages answer; a house that falls down says why."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        if house.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            # the first page compiles what the later ones find ready
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=LONGEST).close()
            return
        time.sleep(0.2)
    raise AssertionError(f"the house does not stand:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each gets a window without memory."""
    # the pages are asked over HTTP, yet Playwright's loop makes Django believe that it is called from async code
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


class Complaints(list[str]):
    """What the browser complained about: console errors, script errors, violations of the page's policy."""

    def listen(self, page: Page) -> None:
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.append(str(error)))

    def hear(self, message: ConsoleMessage) -> None:
        # a refusal is a page with a status; the browser reports the status, the test looks at the page
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.append(message.text)


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


def context_in(browser: Browser, address: str, width: str, *, check: bool = False) -> BrowserContext:
    """A browser without memory, as somebody in the city has it."""
    wide, high = WIDTHS[width]
    return browser.new_context(
        viewport={"width": wide, "height": high},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        base_url=address,
        bypass_csp=check,  # only so that axe can be put into the page
        reduced_motion="reduce",
    )


def sign_in(page: Page, username: str, visits: Visits) -> None:
    """Log in by the form the first time, and by the cookies of that time later."""
    if username in visits:
        page.context.add_cookies(visits[username])  # type: ignore[arg-type]
        return
    page.goto("/login/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/")
    visits[username] = page.context.cookies()  # type: ignore[assignment]


@pytest.fixture
def window(browser: Browser, address: str, complaints: Complaints) -> Iterator[Callable[..., Page]]:
    """Open an empty window: ``window(width="phone")``."""
    opened: list[BrowserContext] = []

    def open_window(width: str = "desktop", *, check: bool = False) -> Page:
        context = context_in(browser, address, width, check=check)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        complaints.listen(page)
        return page

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def visits(browser: Browser, address: str) -> Visits:
    """Cookies of people who have logged in once: passwords are slow to check on purpose."""
    return {}


@pytest.fixture
def login(window: Callable[..., Page], visits: Visits) -> Login:
    """Open a window as somebody: ``login("bangongshi", width="phone")``."""

    def as_somebody(username: str, width: str = "desktop", *, check: bool = False) -> Page:
        page = window(width, check=check)
        sign_in(page, username, visits)
        return page

    return as_somebody


@pytest.fixture(scope="session")
def glance(browser: Browser, address: str, visits: Visits) -> Glance:
    """Look at a page as somebody, or as nobody, who changes nothing there: ``with glance("bangongshi") as (page, heard)``.

    Opening a window takes longer than most pages: the next to look as the same person takes it over, unless something
    was wrong in it.
    """
    kept: dict[str, tuple[Page, Complaints]] = {}

    @contextlib.contextmanager
    def look(username: str) -> Iterator[tuple[Page, Complaints]]:
        if username in kept:
            page, heard = kept.pop(username)
        else:
            page, heard = context_in(browser, address, "desktop").new_page(), Complaints()
            page.set_default_timeout(PATIENCE)
            heard.listen(page)
            if username:
                sign_in(page, username, visits)
        yield page, heard
        kept[username] = page, heard

    return look
