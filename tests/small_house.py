"""A small city with its database, snapshot and published report: built once a test session, lent to whoever asks.

Import the fixtures where they are needed. ``house`` is for looking (one for all), ``own_house`` for changing (a copy).
Where the tests run on PostgreSQL the house stands on it too: it is built in a database of its own, nobody ever connects
to that, and whoever asks gets a database made after it. Which one is a house's is written in its folder.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.db.utils import load_backend
from django.test import override_settings

from junheng.platform.figures import checking, workshop
from junheng.project.databases import embedded, settings_of
from tests.postgres import ON_A_SERVER, SERVER

DAY = date(2023, 12, 31)
SOURCE = Path(__file__).resolve().parents[1] / "src"
ADDRESS = "database.url"
"""The file of a house's folder that says on which database of a server it stands; none for the embedded one."""


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command that speaks of ``home`` alone."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("JUNHENG_") and name != "DATABASE_URL"
    }
    kept |= {"JUNHENG_HOME": str(home), "PYTHONPATH": str(SOURCE)}
    if (home / ADDRESS).exists():
        kept["DATABASE_URL"] = (home / ADDRESS).read_text("ascii")
    return kept | more


def as_delivered(home: Path, **more: str) -> dict[str, str]:
    """The same without a word of the tests: passwords are hashed and files are served as on any day."""
    return {
        name: value
        for name, value in surroundings(home, **more).items()
        if not name.startswith(("PYTEST", "DJANGO"))
    }


def junheng(home: Path, *arguments: str, **given: Any) -> "subprocess.CompletedProcess[str]":
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "junheng", *arguments],
        env=surroundings(home, **given.pop("env", {})),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=given.pop("timeout", 300),
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
        if not (home / "definitions.json").exists():
            if ON_A_SERVER:
                move_in(home, after="template1")
            order = [sys.executable, "-m", "junheng", "demo", "--small", "--no-serve"]
            made = subprocess.run(order, env=as_delivered(home), capture_output=True, text=True, check=False)
            assert made.returncode == 0, made.stderr
    return home


def move_in(home: Path, *, after: str) -> None:
    """Give a house a database of its own on the server, made after another one."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"house_{os.urandom(6).hex()}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        order = SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(after))
        for patience in range(50):
            try:
                connection.execute(order)
                break
            except psycopg.errors.ObjectInUse:  # another worker copies it at this moment
                time.sleep(0.1 * (patience + 1))
        else:
            raise AssertionError(f"{after} is never free to be copied")
    home.mkdir(parents=True, exist_ok=True)
    (home / ADDRESS).write_text(urlsplit(SERVER)._replace(path=f"/{name}").geturl(), encoding="ascii")


def move_out(home: Path) -> None:
    """Take the house's database off the server again, whoever may still be connected."""
    if not (home / ADDRESS).exists():
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    with psycopg.connect(SERVER, autocommit=True) as connection:
        name = urlsplit((home / ADDRESS).read_text("ascii")).path[1:]
        connection.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def opened(home: Path) -> Iterator[None]:
    """Let Django speak of another folder's database in the meantime, whatever database the tests have otherwise."""
    before = connections["default"]
    address = home / ADDRESS
    own = (
        settings_of("DATABASE_URL", address.read_text("ascii"), home, pool=None)
        if address.exists()
        else embedded(home / "junheng.sqlite3")
    )
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


@lru_cache(maxsize=1)
def looked_at(built: Path, place: Path) -> Path:
    """The city as the tests of one worker look at it: itself, or on a server a copy, for copies are made of itself."""
    return copy_of(built, place / "house") if ON_A_SERVER else built


@pytest.fixture
def house(built: Path, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Path]:
    """The small city, for looking."""
    home = looked_at(built, tmp_path_factory.getbasetemp())
    with django_db_blocker.unblock(), opened(home):
        yield home


@pytest.fixture
def own_house(built: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A copy of the small city, for changing."""
    home = copy_of(built, tmp_path / "own")
    with django_db_blocker.unblock(), opened(home):
        yield home
    move_out(home)


def copy_of(home: Path, place: Path) -> Path:
    """The folder again, somewhere else.

    The database is copied by its own means: another worker may be reading it, and its log comes and goes meanwhile.
    """
    shutil.copytree(
        home, place, ignore=shutil.ignore_patterns("*.lock", "static", "junheng.sqlite3*", ADDRESS)
    )
    if (home / ADDRESS).exists():
        move_in(place, after=urlsplit((home / ADDRESS).read_text("ascii")).path[1:])
        return place
    with (
        closing(sqlite3.connect(home / "junheng.sqlite3")) as there,
        closing(sqlite3.connect(place / "junheng.sqlite3")) as here,
    ):
        there.backup(here)
    return place


__all__ = ["as_delivered", "built", "copy_of", "house", "junheng", "opened", "own_house", "surroundings"]
