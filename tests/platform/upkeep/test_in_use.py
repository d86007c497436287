"""Backup and restore while people are at work: real processes on the kind of database that the suite is run on."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT
from tests.small_house import ADDRESS, built, copy_of, junheng, move_in, move_out, surroundings

__all__ = ["built"]
pytestmark = pytest.mark.slow
TIME = 180
CLOSED = """
import sys
from pathlib import Path
from junheng.platform.upkeep.door import nobody_else
with nobody_else(Path(sys.argv[1])):
    print("closed", flush=True)
    sys.stdin.read()
"""


def around(home: Path) -> dict[str, str]:
    kept = surroundings(home, JUNHENG_DEMO="1", DJANGO_SETTINGS_MODULE="junheng.project.settings")
    return kept | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def lives(home: Path, what: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.platform.upkeep.inhabitant", what],
        env=around(home), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def said(home: Path, what: str) -> str:
    output, errors = (process := lives(home, what)).communicate(timeout=TIME)
    assert process.returncode == 0, errors
    return output.splitlines()[-1]


def facts(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(home, "facts"))
    return found


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Iterator[Path]:
    place = copy_of(built, tmp_path / "home")
    yield place
    move_out(place)


@pytest.fixture
def elsewhere(home: Path, tmp_path: Path) -> Iterator[Path]:
    """An empty installation on the same kind of database, with the keys of the other."""
    place = tmp_path / "elsewhere"
    shutil.copytree(home / "keys", place / "keys")
    if (home / ADDRESS).exists():
        move_in(place, after="template1")
    yield place
    move_out(place)


def test_a_backup_of_a_busy_house_is_one_state(home: Path, elsewhere: Path, tmp_path: Path) -> None:
    writers = [lives(home, "save") for _ in range(2)]
    try:
        for one in writers:
            assert one.stdout is not None
            assert one.stdout.readline() == "saving\n"
        done = junheng(home, "backup", str(tmp_path / "busy.zip"))
        assert done.returncode == 0, done.stderr
        assert [one.poll() for one in writers] == [None, None], "nobody was kept from saving"
    finally:
        for one in writers:
            one.kill()
            one.communicate()
    done = junheng(elsewhere, "restore", str(tmp_path / "busy.zip"))
    assert done.returncode == 0, done.stderr
    kept, now = facts(elsewhere), facts(home)
    assert (kept["broken"], kept["otherwise"], now["broken"], now["otherwise"]) == ("", [], "", [])
    assert kept["saved"] > 0
    assert kept["head"] < now["head"], "they went on saving while it was made"


def test_a_house_that_is_open_is_not_replaced(home: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "before.zip")
    assert junheng(home, "backup", file).returncode == 0
    cookie, before = said(home, "session"), facts(home)
    assert junheng(home, "migrate").returncode == 0  # the styles of the pages
    with served(home) as port:
        assert ask(port, "/registers/", cookie)[0] == 200
        for order in (("restore", file, "--replace"), ("demo", "--small", "--rebuild", "--no-serve")):
            refused = junheng(home, *order)
            assert (refused.returncode, refused.stderr.endswith("[house-is-open]\n")) == (1, True), (
                refused.stderr
            )
            assert "·" not in refused.stdout, "said before the work, not after it"
        assert ask(port, "/registers/", cookie)[0] == 200, "nobody was signed out"
    assert facts(home) == before
    with closed(home), served(home) as port:
        status, text, header = ask(port, "/registers/", cookie)
        assert (status, header.get("Retry-After")) == (503, "30")
        assert "正在恢复备份" in text
        for order in (("figures",), ("work", "--once"), ("migrate",), ("restore", file, "--replace")):
            refused = junheng(home, *order)
            assert refused.returncode == 1, order
            assert refused.stderr.endswith(("[house-is-closed]\n", "[house-is-open]\n")), refused.stderr
        release(home)
        assert wait(port, "/healthz") == 200, "it opens by itself"
        assert ask(port, "/registers/", cookie)[0] == 200
    done = junheng(home, "restore", file, "--replace")
    assert done.returncode == 0, done.stderr
    assert facts(home) == before
    with served(home) as port:
        status, _text, header = ask(port, "/registers/", cookie)
        assert (status, header.get("Location", "")[:7]) == (302, "/login/"), "everybody signs in again"


@contextmanager
def served(home: Path) -> Iterator[int]:
    """The pages as the unit of systemd serves them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--blocking-threads", "2", "junheng.project.wsgi:application"],
        env=around(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait(port, "/healthz", any_answer=True)
        yield port
    finally:
        process.terminate()
        process.wait(TIME)


_doors: dict[Path, "subprocess.Popen[str]"] = {}


@contextmanager
def closed(home: Path) -> Iterator[None]:
    """The house as it is while a backup is put in place: a process has it to itself, until it is released."""
    holder = _doors[home] = subprocess.Popen(
        [sys.executable, "-c", CLOSED, str(home)],
        env=around(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "closed\n"
    try:
        yield
    finally:
        release(home)


def release(home: Path) -> None:
    if (holder := _doors.pop(home, None)) is not None:
        holder.communicate(timeout=TIME)


class Staying(urllib.request.HTTPRedirectHandler):
    """Does not follow where an answer leads."""

    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        return None


def ask(port: int, path: str, cookie: str = "") -> tuple[int, str, Any]:
    """One page: status, words, headers."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Cookie": f"sessionid={cookie}"}
    )
    try:
        with urllib.request.build_opener(Staying).open(request, timeout=TIME) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as other:
        with other:
            return other.code, other.read().decode(), other.headers


def wait(port: int, path: str, *, any_answer: bool = False) -> int:
    """Ask until it is well, or until there is any answer; the last status."""
    until, status = time.monotonic() + TIME, 0
    while time.monotonic() < until:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            status = ask(port, path)[0]
            if any_answer or status == 200:
                return status
        time.sleep(0.2)
    return status
