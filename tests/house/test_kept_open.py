"""A file that stays open is never an old one: what was put in its place is read by the next request."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.backends.sqlite3.base import DatabaseWrapper

from junheng.project.databases import Pool, embedded, settings_of
from junheng.project.kept_open import close_if_replaced, close_replaced, note_file

pytestmark = pytest.mark.django_db


def written(file: Path, word: str) -> Path:
    """A database that holds one word."""
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE word (word TEXT)")
        made.execute("INSERT INTO word VALUES (?)", (word,))
        made.commit()
    return file


@pytest.fixture
def opened(db: None, tmp_path: Path) -> Iterator[Any]:
    """A connection as a serving process holds it, which has been asked something."""
    file = written(tmp_path / "house.sqlite3", "old")
    connection_created.connect(note_file)
    one = DatabaseWrapper(
        {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None}
        | embedded(file, stays_open=True),
        "kept",
    )
    one.inc_thread_sharing()
    assert word_in(one) == "old"
    yield one
    one.close()
    connection_created.disconnect(note_file)


def test_what_the_command_serve_forks_keeps_its_connections_and_no_other_command_does(tmp_path: Path) -> None:
    ages = []
    for command in ("serve", "work"):
        asked = f"import sys; sys.argv = ['junheng', {command!r}]; from junheng.project.settings import DATABASES as d; print(d['default']['CONN_MAX_AGE'])"
        env = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "PYTEST_VERSION"}
        }
        env |= {"JUNHENG_HOME": str(tmp_path)}
        ages.append(subprocess.run([sys.executable, "-c", asked], env=env, check=True, capture_output=True, text=True).stdout.strip())  # fmt: skip
    assert ages == ["None", "0"]


def word_in(one: Any) -> str:
    with one.cursor() as cursor:
        return str(cursor.execute("SELECT word FROM word").fetchone()[0])


def test_a_serving_process_keeps_it_open_and_no_other_does(tmp_path: Path) -> None:
    pool = Pool(1, 2)
    assert settings_of("DATABASE_URL", "", tmp_path, pool=pool)["CONN_MAX_AGE"] is None
    assert settings_of("DATABASE_URL", f"sqlite:///{tmp_path}/x", tmp_path, pool=pool)["CONN_MAX_AGE"] is None
    assert settings_of("DATABASE_URL", "", tmp_path, pool=None)["CONN_MAX_AGE"] == 0


def test_many_open_files_keep_few_pages_each(opened: Any, tmp_path: Path) -> None:
    with opened.cursor() as cursor:
        assert cursor.execute("PRAGMA cache_size").fetchone()[0] == -4 * 1024
    assert "PRAGMA cache_size=-65536;" in embedded(tmp_path / "x")["OPTIONS"]["init_command"]


def test_what_others_write_into_the_open_file_is_seen(opened: Any) -> None:
    with closing(sqlite3.connect(opened.settings_dict["NAME"])) as other:
        other.execute("UPDATE word SET word = 'newer'")
        other.commit()
    close_if_replaced(opened)
    assert opened.connection is not None, "the same file need not be opened again"
    assert word_in(opened) == "newer"


def test_another_file_under_its_name_is_opened(opened: Any, tmp_path: Path) -> None:
    opened.cursor().close()
    written(tmp_path / "restored.sqlite3", "restored").replace(opened.settings_dict["NAME"])
    assert word_in(opened) == "old", "without the look, the file that is gone would be asked for ever"
    close_if_replaced(opened)
    assert opened.connection is None
    assert word_in(opened) == "restored"


def test_a_file_that_was_taken_away_is_let_go(opened: Any) -> None:
    Path(opened.settings_dict["NAME"]).unlink()
    close_if_replaced(opened)
    assert opened.connection is None


def test_every_request_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Any] = []
    monkeypatch.setattr("junheng.project.kept_open.close_if_replaced", looked.append)
    close_replaced()
    assert [one.alias for one in looked] == (["default"] if connections["default"].vendor == "sqlite" else [])
