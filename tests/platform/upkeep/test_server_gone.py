"""A server that is restarted, or stops answering, in the middle of an import and of saving: nothing is half done or lost."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.house.tree import ROOT
from tests.platform.jobs.victim import ROWS
from tests.postgres import Running, a_stoppable_server

__all__ = ["a_stoppable_server"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("ps") is None, reason="no ps on this machine"),
]
TIME = 180
CONFIRMED = "&options=-c%20synchronous_commit%3Don"
"""What was confirmed is on the disk, as on any server that is not thrown away after a test."""


def around(home: Path, server: Running) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUNHENG_")}
    return kept | {
        "JUNHENG_HOME": str(home),
        "DATABASE_URL": server.url + CONFIRMED,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


@contextmanager
def process(home: Path, server: Running, *command: str) -> Iterator["subprocess.Popen[str]"]:
    made = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=around(home, server), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield made
    finally:
        made.kill()
        made.communicate()


def lives(home: Path, server: Running, deed: str) -> str:
    with process(home, server, "tests.platform.upkeep.inhabitant", deed) as one:
        output, errors = one.communicate(timeout=TIME)
        assert one.returncode == 0, errors
        return output


def outcome(home: Path, server: Running) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(lives(home, server, "outcome").splitlines()[-1])
    return found


def wait_for_writing(home: Path) -> None:
    """Until the import says that it writes: its transaction is open then."""
    until = time.monotonic() + TIME
    report = home / "jobs" / "1.json"
    while time.monotonic() < until:
        if report.exists() and any(word in report.read_text(encoding="utf-8") for word in ("写入", "留痕")):
            return
        time.sleep(0.002)
    raise AssertionError("the import never began to write")


def wait_for_the_end(home: Path, server: Running) -> dict[str, Any]:
    until = time.monotonic() + TIME
    while (found := outcome(home, server))["state"] not in {"done", "failed"}:
        assert time.monotonic() < until, found
        time.sleep(0.5)
    return found


@pytest.mark.parametrize("how", ["restarted", "frozen"])
def test_a_server_that_goes_away_loses_nothing(
    tmp_path: Path, a_stoppable_server: Running, how: str
) -> None:  # fmt: skip
    lives(tmp_path, a_stoppable_server, "order")
    with (
        process(tmp_path, a_stoppable_server, "tests.platform.upkeep.inhabitant", "insist") as saver,
        process(tmp_path, a_stoppable_server, "junheng", "work") as worker,
    ):
        wait_for_writing(tmp_path)
        if how == "restarted":
            a_stoppable_server.stop()
            time.sleep(2)
            a_stoppable_server.start()
        else:
            with a_stoppable_server.frozen():
                time.sleep(3)
        found = wait_for_the_end(tmp_path, a_stoppable_server)
        time.sleep(1)
        for one in (worker, saver):
            assert one.poll() is None, one.communicate()[1]  # it went on by itself
        saver.kill()
        assert saver.stdout is not None
        confirmed = {int(line) for line in saver.stdout.read().split()}
    assert (found["state"], found["schools"]) == ("done", ROWS)
    assert found["attempts"] == (2 if how == "restarted" else 1)
    after = outcome(tmp_path, a_stoppable_server)
    assert (after["chain"], after["schools"]) == (None, ROWS)
    saved = set(after["saved"])
    assert confirmed <= saved, "what was confirmed is there"
    assert len(saved - confirmed) <= 2, (
        "one that was not confirmed may be there: the last, or the one cut off"
    )
    assert after["entries"] == ROWS + len(saved)
    assert max(confirmed) > min(confirmed) + 5
