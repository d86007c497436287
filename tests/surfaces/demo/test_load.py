"""The city in the database: written aside and put in place, with logins, and with an audit that accounts for all rows.

A build works on a database file of its own, so it runs in a process of its own.
"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from junheng.kernel.datasets import every_table
from junheng.kernel.datasets.digest import digest_of
from junheng.kernel.workdays import is_working_day
from junheng.platform.audit.chain import digest_of_rows
from junheng.surfaces.demo.consents import consents
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.ledger import BATCHES, CLOSING, canonical_lines
from tests.surfaces.demo.conftest import city_of

BUILD = """
import sys, time, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from junheng.platform.upkeep.aside import built_aside
from junheng.surfaces.demo.city import make_city
from junheng.surfaces.demo.load import load
from junheng.surfaces.demo.plan import load_plan
slow = float(sys.argv[1])
city = make_city(load_plan("small"))
with built_aside(settings.JUNHENG_HOME):
    call_command("migrate", verbosity=0)
    load(city, password="yanshi-2023", progress=lambda *told: (print(*told, flush=True), time.sleep(slow)))
"""
VERIFY = """
import django
django.setup()
from junheng.platform.audit.history import verify
print(verify())
"""
FREEZE = """
import json
from datetime import UTC, datetime
import django
django.setup()
from django.conf import settings
from junheng.platform.snapshots.freeze import freeze
from junheng.platform.snapshots.queries import manifest_of
snapshot = freeze(by="shenji", at=datetime.now(UTC), home=settings.JUNHENG_HOME)
print(json.dumps(dict(manifest_of(snapshot, home=settings.JUNHENG_HOME).digests)))
"""


def command(home: Path, script: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", script, *arguments]


def surroundings(home: Path) -> dict[str, str]:
    given = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "PYTEST_VERSION"}}
    source = Path(__file__).parents[3] / "src"
    return given | {
        "JUNHENG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "junheng.project.settings",
        "PYTHONPATH": str(source),
    }


def run(home: Path, script: str, *arguments: str) -> str:
    done = subprocess.run(
        command(home, script, *arguments), env=surroundings(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    run(home, BUILD, "0")
    return home


@pytest.fixture
def database(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(home / "junheng.sqlite3")) as connection:
        yield connection


def one(database: sqlite3.Connection, sql: str) -> object:
    return database.execute(sql).fetchone()[0]


TABLES = {
    "schools": "schools_school", "pupils": "pupils_pupil", "households": "pupils_household", "checks": "patrols_check",
    "needs": "afterclass_need", "payments": "aid_payment", "titles": "titles_title", "areas": "areas_area",
}  # fmt: skip


@pytest.mark.parametrize(("table", "name"), TABLES.items())
def test_every_row_is_there(database: sqlite3.Connection, table: str, name: str) -> None:
    assert one(database, f"SELECT count(*) FROM {name}") == city_of("small")[table].height


def test_what_is_frozen_is_what_was_made(home: Path) -> None:
    frozen = json.loads(run(home, FREEZE).splitlines()[-1])
    made = city_of("small")
    assert frozen == {name: digest_of(table, made[name]) for name, table in every_table().items()}


def test_relations_hold_and_indexes_are_back(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert one(
        database,
        "SELECT count(*) FROM sqlite_master WHERE name = 'pupils_pupil_area_id_%' OR name LIKE 'schools_class%'",
    )


def test_moments_are_kept_in_utc(database: sqlite3.Connection) -> None:
    at = "SELECT updated_at FROM bulletins_article WHERE slug = 'junheng-2024'"
    assert one(database, at) == "2024-03-06 01:43:48"


def test_the_next_row_gets_the_next_number(database: sqlite3.Connection) -> None:
    last = one(database, "SELECT max(id) FROM schools_school")
    assert one(database, "SELECT seq FROM sqlite_sequence WHERE name = 'schools_school'") == last


def test_there_is_a_login_for_every_role(database: sqlite3.Connection) -> None:
    roles = {role for (role,) in database.execute("SELECT DISTINCT role FROM access_grant")}
    assert len(roles) == 16
    counties = database.execute("SELECT area FROM access_grant WHERE role = 'county_officer'").fetchall()
    assert len(set(counties)) == 11
    assert one(database, "SELECT count(DISTINCT password) FROM access_user") == 1
    assert str(one(database, "SELECT password FROM access_user")).startswith("argon2")


def test_the_chain_holds(home: Path) -> None:
    assert run(home, VERIFY).strip() == "None"


def test_entries_stand_in_the_order_of_time(database: sqlite3.Connection) -> None:
    moments = [at for (at,) in database.execute("SELECT at FROM audit_entry ORDER BY id")]
    assert moments == sorted(moments)


def test_nothing_is_written_down_before_it_can_be_known(database: sqlite3.Connection) -> None:
    """No entry lies beyond the last day on which somebody wrote, nor on a day on which no office works."""
    last = one(database, "SELECT max(at) FROM audit_entry")
    assert str(last) < f"{CLOSING.isoformat()} 16:00"
    label = "kindergartens.recognition"
    own = 'SELECT verb, "row", at, after FROM audit_entry WHERE "table" = ? ORDER BY id'
    entries = database.execute(own, [label]).fetchall()
    for _verb, _row, at, _after in entries:
        assert is_working_day(date.fromisoformat(at[:10])), at
    ends = city_of("small")["recognitions"].select("id", "until").drop_nulls()
    ended = ends.filter(ends["until"] <= CLOSING)["id"].to_list()
    assert 0 < len(ended) < ends.height
    assert sorted(row for verb, row, _at, _after in entries if verb == "retire") == ended
    begun = {row: json.loads(after)["until"] for verb, row, _at, after in entries if verb == "create"}
    later = {number: until.isoformat() for number, until in ends.rows() if until > CLOSING}
    assert {row: until for row, until in begun.items() if until} == later


def test_every_row_of_a_batched_table_is_in_one_batch(database: sqlite3.Connection) -> None:
    names = {
        "pupils": "pupils.pupil",
        "visits": "homevisits.visit",
        "payments": "aid.payment",
        "checks": "patrols.check",
    }
    for table, label in names.items():
        runs = database.execute(
            'SELECT first_row, last_row FROM audit_entry WHERE "table" = ? ORDER BY first_row', [label]
        ).fetchall()
        rows = [row for first, last in runs for row in range(first, last + 1)]
        assert rows == city_of("small")[table]["id"].to_list(), table


def test_every_row_of_the_other_tables_has_its_entry(database: sqlite3.Connection) -> None:
    for table, label in (("projects", "projects.project"), ("recognitions", "kindergartens.recognition")):
        rows = database.execute(
            'SELECT "row" FROM audit_entry WHERE "table" = ? AND verb = \'create\' ORDER BY "row"', [label]
        ).fetchall()
        assert [row for (row,) in rows] == city_of("small")[table]["id"].to_list()


def test_who_wrote_a_row_can_log_in(database: sqlite3.Connection) -> None:
    writers = {who for (who,) in database.execute("SELECT DISTINCT who FROM audit_entry")}
    users = {name for (name,) in database.execute("SELECT username FROM access_user")}
    assert writers <= users


@pytest.mark.parametrize("table", sorted(BATCHES))
def test_the_lines_of_a_batch_are_those_of_the_audit(table: str) -> None:
    city: City = city_of("small")
    rows = (consents(city, set()) if table == "consents" else city[table]).head(50)
    lines = canonical_lines(rows)
    import hashlib

    digest = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    plain = [list(row) for row in rows.rows()]
    if table == "checks":
        from zoneinfo import ZoneInfo

        at = rows.columns.index("checked_at")
        for row in plain:
            row[at] = row[at].replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    assert digest == digest_of_rows(plain)


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    """A house of its own with the city in it."""
    return Path(shutil.copytree(home, tmp_path / "home"))


@contextmanager
def build_until(home: Path, word: str) -> Iterator[None]:
    """A build that has come as far as a word of its progress, and is killed on the way out."""
    with subprocess.Popen(
        command(home, BUILD, "0.3"), env=surroundings(home), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if word in line:
                break
        yield
        process.send_signal(signal.SIGKILL)


def test_a_build_that_is_killed_leaves_the_old_city(copy: Path) -> None:
    before = (copy / "junheng.sqlite3").read_bytes()
    with build_until(copy, "学生"):
        pass
    assert list(copy.glob("building-*.sqlite3")), "what was begun lies aside"
    assert (copy / "junheng.sqlite3").read_bytes() == before
    run(copy, BUILD, "0")
    assert list(copy.glob("building-*.sqlite3*")) == [], "the next build clears it away"


def test_two_builds_in_one_folder_refuse_each_other(tmp_path: Path) -> None:
    with build_until(tmp_path, "行政区划"):
        second = subprocess.run(
            command(tmp_path, BUILD, "0"),
            env=surroundings(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 1
    assert "另一个进程正在" in second.stderr


@pytest.mark.slow
def test_a_database_in_use_is_not_replaced(copy: Path) -> None:
    with closing(sqlite3.connect(copy / "junheng.sqlite3")) as open_:
        open_.execute("PRAGMA journal_mode=WAL")
        open_.execute("SELECT count(*) FROM schools_school").fetchone()
        started = time.monotonic()
        done = subprocess.run(
            command(copy, BUILD, "0"),
            env=surroundings(copy),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "正在使用，不能替换" in done.stderr
        assert time.monotonic() - started < 60
