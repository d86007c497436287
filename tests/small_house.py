"""A small city with its database, snapshot and published report: built once a test session, lent to whoever asks.

Import the fixtures where they are needed. ``house`` is for looking (one for all), ``own_house`` for changing (a copy).
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.utils import load_backend
from django.test import override_settings

from junheng.platform.figures import checking, workshop
from junheng.project.databases import embedded

DAY = date(2023, 12, 31)
SOURCE = Path(__file__).resolve().parents[1] / "src"


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command that speaks of ``home`` alone."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("JUNHENG_") and name != "DATABASE_URL"
    }
    return kept | {"JUNHENG_HOME": str(home), "PYTHONPATH": str(SOURCE), **more}


def junheng(home: Path, *arguments: str, **given: Any) -> "subprocess.CompletedProcess[str]":
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "junheng", *arguments],
        env=surroundings(home, **given.pop("env", {})),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        **given,
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small city; the workers of one session build it once and share it. Nobody writes to it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home = shared / "small-house"
    with (shared / "small-house.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "junheng.sqlite3").exists():
            made = junheng(home, "demo", "--small", "--no-serve")
            assert made.returncode == 0, made.stderr
    return home


@contextmanager
def opened(home: Path) -> Iterator[None]:
    """Let Django speak of another folder's database in the meantime, whatever database the tests have otherwise."""
    before = connections["default"]
    own = embedded(home / "junheng.sqlite3")
    connections.configure_settings({"default": own})
    connections["default"] = load_backend(own["ENGINE"]).DatabaseWrapper(own, "default")
    forget()
    try:
        with override_settings(
            JUNHENG_HOME=home, JUNHENG_KEYS=home / "keys" / "ring.json", JUNHENG_AS_OF=DAY, DEMO=True
        ):
            yield
    finally:
        connections["default"].close()
        connections["default"] = before
        forget()


def forget() -> None:
    """What one process remembers of a house, and where it keeps what was compiled, is of that house only."""
    for remembered in (workshop.library, workshop._engine, workshop.all_figures, workshop.all_standings):
        remembered.cache_clear()
    checking._asked_once.cache_clear()


@pytest.fixture
def house(built: Path, django_db_blocker: Any) -> Iterator[Path]:
    """The small city, for looking."""
    with django_db_blocker.unblock(), opened(built):
        yield built


@pytest.fixture
def own_house(built: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A copy of the small city, for changing."""
    home = copy_of(built, tmp_path / "own")
    with django_db_blocker.unblock(), opened(home):
        yield home


def copy_of(home: Path, place: Path) -> Path:
    """The folder again, somewhere else.

    The database is copied by its own means: another worker may be reading it, and its log comes and goes meanwhile.
    """
    shutil.copytree(home, place, ignore=shutil.ignore_patterns("*.lock", "static", "junheng.sqlite3*"))
    with (
        closing(sqlite3.connect(home / "junheng.sqlite3")) as there,
        closing(sqlite3.connect(place / "junheng.sqlite3")) as here,
    ):
        there.backup(here)
    return place


__all__ = ["built", "copy_of", "house", "junheng", "opened", "own_house", "surroundings"]
