"""A worker is killed in the middle of an import: nothing was written, the next one does all of it, once."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.house.tree import ROOT
from tests.platform.jobs.victim import ROWS
from tests.postgres import a_database, a_server  # noqa: F401 (fixtures)

TIME = 60


def start(what: str, home: Path, url: str) -> "subprocess.Popen[str]":
    given = {
        name: value for name, value in os.environ.items() if name not in {"JUNHENG_HOME", "DATABASE_URL"}
    }
    given |= {
        "JUNHENG_HOME": str(home),
        "DATABASE_URL": url,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.platform.jobs.victim", what],
        env=given, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def said(process: "subprocess.Popen[str]") -> dict[str, Any]:
    output, errors = process.communicate(timeout=TIME)
    assert process.returncode == 0, errors
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def wait_for_writing(home: Path, process: "subprocess.Popen[str]") -> None:
    """Until the import says that it writes: its transaction is open then."""
    until = time.monotonic() + TIME
    report = home / "jobs" / "1.json"
    while time.monotonic() < until and process.poll() is None:
        if report.exists() and any(word in report.read_text(encoding="utf-8") for word in ("写入", "留痕")):
            return
        time.sleep(0.002)
    process.kill()
    raise AssertionError(f"the import never began to write: {process.communicate()[1]}")


def counted(home: Path, url: str, sql: str) -> Any:
    """One number, asked without the house."""
    if url:
        import psycopg

        with psycopg.connect(url) as server:
            row = server.execute(sql).fetchone()
    else:
        import sqlite3

        with sqlite3.connect(home / "junheng.sqlite3") as file:
            row = file.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_what_a_killed_worker_was_doing_is_done_once(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """On the kind of database that the suite is run on: each run of it tries its own."""
    url = request.getfixturevalue("a_database") if connection.vendor == "postgresql" else ""
    victim = start("begin", tmp_path, url)
    wait_for_writing(tmp_path, victim)
    victim.send_signal(signal.SIGKILL)
    assert victim.wait(TIME) == -signal.SIGKILL
    victim.communicate()
    assert counted(tmp_path, url, "SELECT count(*) FROM schools_school") == 0
    assert counted(tmp_path, url, "SELECT count(*) FROM audit_entry") == 0
    assert counted(tmp_path, url, "SELECT state FROM jobs_job WHERE day IS NULL") == "running"
    after = said(start("finish", tmp_path, url))
    assert (after["schools"], after["entries"], after["state"]) == (ROWS, ROWS, "done")
    assert (after["attempts"], after["result"]["new"], after["chain"]) == (2, ROWS, None)
    assert not list((tmp_path / "uploads").iterdir())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the disk of a server is the server's")
def test_a_full_disk_leaves_nothing_half_done_and_is_said(tmp_path: Path) -> None:
    process = start("full", tmp_path, "")
    during = said(process)
    assert (during["schools"], during["entries"]) == (0, 0)
    assert (during["state"], during["code"]) == ("failed", "disk-full")
    assert list((tmp_path / "uploads").iterdir()), "what was sent is still there for another try"
