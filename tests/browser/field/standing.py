"""A house that can fall and stand up again at the same address, and a phone that visits it."""

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.small_house import SOURCE, as_delivered, opened

PASSWORD = "yanshi-2023"
LONGEST = 120


class Standing:
    """A server over a home; ``fall`` ends it as a power cut would."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.source = SOURCE

    def rise(self) -> None:
        """Serve, and wait until the pages answer."""
        order = [sys.executable, "-m", "junheng", "demo", "--small", "--port", str(self.port)]
        log = (self.home / "standing.log").open("ab")
        self.process = subprocess.Popen(
            order,
            env=as_delivered(self.home, PYTHONPATH=str(self.source)),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        until = time.monotonic() + LONGEST
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{self.address}/healthz", timeout=LONGEST).close()
                return
            time.sleep(0.2)
        raise AssertionError((self.home / "standing.log").read_text("utf-8", "replace")[-4000:])

    def fall(self) -> None:
        """End the server and all its workers without a word."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)
            self.process = None

    def asked(self, question: Callable[[], Any], unblocked: Callable[[], Any]) -> Any:
        """What the database answers."""
        with unblocked(), opened(self.home):
            return question()


def sign_in(page: Page, address: str, username: str, to: str = "/field/") -> None:
    """Sign in as a person would, and come back to where one was."""
    page.goto(f"{address}/login/?next={to}")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(f"{address}{to}*")


def ready(page: Page) -> None:
    """The list of waters is there, and the phone keeps the app."""
    expect(page.locator("ul.waters li").first).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def picture(seed: int, side: int = 900) -> bytes:
    """A picture as a file: stripes whose colours come from a number, so that no two are alike."""
    lines = bytearray()
    for y in range(side):
        tone = (y * (seed + 3) // 7) % 256
        lines += b"\x00" + bytes((tone, (seed * 37 + y) % 256, 255 - tone)) * side
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(lines), 1)), (b"IEND", b"")]
    packed = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + packed


def record(page: Page, number: int, *, photos: int = 0, hazard: str = "", seed: int = 0) -> None:
    """One check as a person writes it: the water, photos, then nothing or what was found."""
    page.locator("ul.waters li a").nth(number).click()
    expect(page.get_by_text("拍照")).to_be_visible()
    for one in range(photos):
        page.locator("#camera").set_input_files(
            {"name": f"{one}.png", "mimeType": "image/png", "buffer": picture(seed * 10 + one)}
        )
        expect(page.locator(".strip li")).to_have_count(one + 1)
    if hazard:
        page.get_by_role("button", name="发现问题").click()
        page.get_by_label("发现了什么").fill(hazard)
        page.get_by_label("较大").check()
        page.get_by_role("button", name="保存问题").click()
    else:
        page.get_by_role("button", name="没有问题").click()
    expect(page.get_by_role("heading", level=1, name="我的水域")).to_be_visible()


def deliver(page: Page) -> None:
    """Press the button until nothing waits on the phone."""
    page.locator("#tabs").get_by_text("记录").click()
    expect(page.get_by_role("heading", level=1, name="记录")).to_be_visible()
    button = page.get_by_role("button", name="立即送达")
    for _ in range(60):
        if button.count() == 0:
            return
        with contextlib.suppress(Exception):
            button.click(timeout=1000)
        page.wait_for_timeout(400)
    raise AssertionError(page.locator("body").inner_text())


def on_the_phone(page: Page) -> list[dict[str, Any]]:
    """What lies in the phone's store."""
    rows: list[dict[str, Any]] = page.evaluate(
        """() => new Promise((done) => {
          const opening = indexedDB.open("junheng-field", 1);
          opening.onsuccess = () => {
            const asked = opening.result.transaction("records").objectStore("records").getAll();
            asked.onsuccess = () => (opening.result.close(), done(asked.result));
          };
        })"""
    )
    return rows
