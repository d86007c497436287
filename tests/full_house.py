"""The city of full size on a private PostgreSQL server: built once a session of the slow suite, lent to whoever asks.

``full_city`` is for looking. Who changes it takes a copy of its database (``full_copy``), which the server makes itself.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests import postgres
from tests.small_house import ADDRESS, junheng

LONGEST = 900
"""Seconds that building the city may take on a busy machine."""


@pytest.fixture(scope="session")
def full_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the full city, whose database lies on a server of its own."""
    if (reason := postgres.missing()) is not None:
        pytest.skip(reason)
    home = tmp_path_factory.mktemp("full-city")
    with postgres.server() as url:
        (home / ADDRESS).write_text(url, encoding="ascii")
        made = junheng(home, "demo", "--no-serve", timeout=LONGEST)
        assert made.returncode == 0, made.stderr[-3000:]
        yield home


@pytest.fixture
def full_copy(full_city: Path, tmp_path: Path) -> Path:
    """The full city once more, to be changed."""
    import psycopg
    from psycopg.sql import SQL, Identifier

    home = tmp_path / "copy"
    shutil.copytree(full_city, home, ignore=shutil.ignore_patterns("*.lock", ADDRESS))
    parts = urlsplit((full_city / ADDRESS).read_text("ascii"))
    elsewhere = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE IF EXISTS copy WITH (FORCE)"))
        order = SQL("CREATE DATABASE copy TEMPLATE {}")
        connection.execute(order.format(Identifier(parts.path[1:])))
    (home / ADDRESS).write_text(urlunsplit(parts._replace(path="/copy")), encoding="ascii")
    return home
