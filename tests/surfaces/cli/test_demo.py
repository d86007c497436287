"""``junheng demo`` and ``serve``, as processes: opened again without building, killed on the way, one beside another."""

import hashlib
import json
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from junheng.surfaces.cli.place import MARK
from tests.small_house import built, copy_of, junheng, surroundings  # noqa: F401

DATABASE = "junheng.sqlite3"


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:  # noqa: F811
    """A demonstration of one's own."""
    return copy_of(built, tmp_path / "home")


def contents(home: Path) -> str:
    """Digest of everything in the database, whatever way it lies in its file."""
    with sqlite3.connect(home / DATABASE) as database:
        digest = hashlib.sha256("\n".join(database.iterdump()).encode())
    database.close()
    return digest.hexdigest()


def addresses(home: Path) -> dict[str, str]:
    said = junheng(home, "figures", "--json")
    assert said.returncode == 0, said.stderr
    return {one["id"]: one["address"] for one in json.loads(said.stdout)}


def test_the_second_time_it_is_opened_and_not_built(home: Path) -> None:
    before = (home / DATABASE).stat()
    said = junheng(home, "demo", "--no-serve")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == f"打开已有的演示城市：{home}（重新生成请加 --rebuild）\n"
    assert (home / DATABASE).stat().st_ino == before.st_ino


def test_every_command_speaks_of_the_day_of_the_demonstration(home: Path) -> None:
    assert json.loads((home / MARK).read_text())["JUNHENG_AS_OF"] == "2023-12-31"
    other = json.loads(junheng(home, "figures", "--json", env={"JUNHENG_AS_OF": "2024-03-06"}).stdout)
    assert {one["as_of"] for one in other} == {"2024-03-06"}, "the environment knows better"
    (home / MARK).write_text("{")
    today = json.loads(junheng(home, "figures", "--json").stdout)
    assert {one["as_of"] for one in today}.isdisjoint({"2023-12-31", "2024-03-06"})
    assert junheng(home, "demo", "--no-serve").returncode == 0
    assert json.loads((home / MARK).read_text())["JUNHENG_DEMO"] == "1"


@pytest.mark.parametrize("more", [[], ["--rebuild"]], ids=["open", "rebuild"])
def test_records_that_are_no_demonstration_are_never_touched(home: Path, more: list[str]) -> None:
    with sqlite3.connect(home / DATABASE) as database:
        database.execute("UPDATE snapshots_snapshot SET by = '市教育局办公室'")
    database.close()
    (home / MARK).unlink()
    before = contents(home)
    said = junheng(home, "demo", "--no-serve", "--small", *more)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.endswith("[not-a-demonstration]\n")
    assert "JUNHENG_HOME" in said.stderr
    assert contents(home) == before
    assert not (home / MARK).exists()


def test_a_kill_leaves_the_old_state_or_the_new_and_a_later_run_succeeds(home: Path) -> None:
    killed_at(random.SystemRandom().uniform(0, 6), home=home)


@pytest.mark.slow
def test_kills_early_and_late(home: Path) -> None:
    killed_at(*(random.SystemRandom().uniform(*within) for within in ((0, 2), (0, 4), (2, 12))), home=home)


def killed_at(*moments: float, home: Path) -> None:
    """Builds that are killed after so many seconds, and one that is not."""
    before, known = contents(home), addresses(home)
    for moment in moments:
        killed_after(moment, home)
        if contents(home) != before:  # it was quicker than we were: then the new one is whole
            assert addresses(home) == known, moments
            assert junheng(home, "snapshot", "verify").returncode == 0, moments
            assert junheng(home, "audit", "verify").returncode == 0, moments
    said = junheng(home, "demo", "--small", "--no-serve", "--rebuild")
    assert said.returncode == 0, said.stderr
    assert addresses(home) == known, "the city follows from one number"
    assert not list(home.glob("building-*"))


def test_a_kill_in_an_empty_folder_leaves_no_city(tmp_path: Path) -> None:
    killed_after(random.SystemRandom().uniform(1.5, 4), tmp_path)
    assert junheng(tmp_path, "figures").stderr.endswith("[no-database]\n")


def killed_after(seconds: float, home: Path) -> None:
    """Build anew and kill without warning, some time after the first word."""
    building = subprocess.Popen(
        [sys.executable, "-m", "junheng", "demo", "--small", "--no-serve", "--rebuild"],
        env=surroundings(home, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
    )
    assert building.stdout is not None
    building.stdout.readline()
    time.sleep(seconds)
    building.send_signal(signal.SIGKILL)
    building.stdout.close()
    building.wait()


def test_two_beside_each_other_know_nothing_of_each_other(built: Path, home: Path) -> None:  # noqa: F811
    (home / "secret").unlink()
    with sqlite3.connect(home / DATABASE) as database:
        database.execute("UPDATE people_person SET post = post || '（改）'")
    database.close()
    said = junheng(home, "snapshot", "freeze")
    assert said.returncode == 0, said.stderr
    here, there = addresses(home), addresses(built)
    assert {key for key in here if here[key] != there[key]}
    assert (home / "secret").read_text() != (built / "secret").read_text()


def test_the_first_run_builds_and_then_answers_from_the_records(tmp_path: Path) -> None:
    """A server forked from the process that built would wait for ever at the first question put to the records."""
    port = free_port()
    serving = subprocess.Popen(
        [sys.executable, "-m", "junheng", "demo", "--small", "--port", str(port)],
        env=surroundings(tmp_path),
        stdout=subprocess.DEVNULL,
    )
    try:
        assert "91.8%" in fetched(port, "/figures/kg-coverage/", patience=240)
    finally:
        serving.send_signal(signal.SIGINT)
        assert serving.wait(30) in {0, 130}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_serves_the_pages_and_stops(home: Path) -> None:
    port = free_port()
    serving = subprocess.Popen(
        [sys.executable, "-m", "junheng", "serve", "--port", str(port)],
        env=surroundings(home),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert serving.stdout is not None
    try:
        assert f"http://127.0.0.1:{port}/" in serving.stdout.readline()
        page = fetched(port)
        assert "演示数据" in page
        taken = junheng(home, "serve", "--port", str(port))
        assert (taken.returncode, taken.stderr.endswith("[port-taken]\n")) == (1, True)
    finally:
        serving.send_signal(signal.SIGINT)
        assert serving.wait(30) in {0, 130}
        serving.stdout.close()


def fetched(port: int, path: str = "/", *, patience: int = 60) -> str:
    """A page, as soon as somebody answers."""
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
                return str(answer.read().decode())
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
