"""The city on PostgreSQL: the same digests as in the embedded database, the old city or the new, and plain refusals."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.postgres import a_database, a_server  # noqa: F401
from tests.small_house import built, junheng, surroundings  # noqa: F401

EMPTY = """
import django
django.setup()
from django.core.management import call_command
from junheng.platform.upkeep import schema
schema.WAIT = "200ms"
with schema.built_in_schema():
    call_command("migrate", verbosity=0)
"""
DEMO = ("demo", "--small", "--no-serve")


def facts(home: Path, url: str | None = None) -> dict[str, object]:
    """What proves two houses to be the same: the addresses of all figures, which hold the snapshot's digest."""
    said = junheng(home, "figures", "--json", env={"DATABASE_URL": url or ""})
    assert said.returncode == 0, said.stderr
    return {one["id"]: one["address"] for one in json.loads(said.stdout)}


def digests(home: Path) -> set[str]:
    return {json.loads(path.read_text("utf-8"))["digest"] for path in home.glob("snapshots/manifest-*.json")}


@pytest.mark.slow
def test_the_same_city_has_the_same_digests_and_a_kill_leaves_the_old_one(
    built: Path,  # noqa: F811
    tmp_path: Path,
    a_database: str,  # noqa: F811
) -> None:
    env = {"DATABASE_URL": a_database}
    made = junheng(tmp_path, *DEMO, env=env)
    assert made.returncode == 0, made.stderr
    assert digests(tmp_path) == digests(built), "one city, one digest, whatever holds its rows"
    assert facts(tmp_path, a_database) == facts(built)
    assert not (tmp_path / "junheng.sqlite3").exists()

    moment = random.SystemRandom().uniform(0, 8)
    killed_after(moment, tmp_path, a_database)
    for proof in (["audit", "verify"], ["snapshot", "verify"]):
        assert junheng(tmp_path, *proof, env=env).returncode == 0, moment
    assert facts(tmp_path, a_database) == facts(built), moment

    said = junheng(tmp_path, *DEMO, "--rebuild", env=env)
    assert said.returncode == 0, said.stderr
    assert facts(tmp_path, a_database) == facts(built)
    with psycopg.connect(a_database) as looking:
        left = looking.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'building%'").fetchall()
        assert left == [], "the next build clears away what a killed one left"
        following = (
            "SELECT nextval(pg_get_serial_sequence('people_person', 'id')) - max(id) FROM people_person"
        )
        assert looking.execute(following).fetchone() == (1,), "the next row gets the next number"
        with pytest.raises(psycopg.Error, match="append-only"):
            looking.execute("TRUNCATE audit_entry")


def killed_after(seconds: float, home: Path, url: str) -> None:
    building = subprocess.Popen(
        [sys.executable, "-m", "junheng", *DEMO, "--rebuild"],
        env=surroundings(home, PYTHONUNBUFFERED="1", DATABASE_URL=url),
        stdout=subprocess.PIPE,
    )
    assert building.stdout is not None
    building.stdout.readline()
    time.sleep(seconds)
    building.send_signal(signal.SIGKILL)
    building.stdout.close()
    building.wait()


@pytest.mark.slow
def test_a_database_in_use_is_not_replaced(tmp_path: Path, a_database: str) -> None:  # noqa: F811
    def built_empty() -> "subprocess.CompletedProcess[str]":
        env = surroundings(
            tmp_path, DATABASE_URL=a_database, DJANGO_SETTINGS_MODULE="junheng.project.settings"
        )
        return subprocess.run(
            [sys.executable, "-c", EMPTY], env=env, capture_output=True, text=True, check=False
        )

    assert built_empty().returncode == 0
    with psycopg.connect(a_database, autocommit=True) as newer:
        newer.execute("CREATE TABLE schools_invented (id int, school_id bigint REFERENCES schools_school)")
        newer.execute("CREATE TABLE somebody_elses (id int)")
        assert built_empty().returncode == 0
        left = newer.execute(
            "SELECT tablename FROM pg_tables WHERE tablename IN ('schools_invented', 'somebody_elses')"
        ).fetchall()
        assert left == [("somebody_elses",)], "what a newer version made goes, what nobody of us made stays"
    with psycopg.connect(a_database, application_name="junheng"):  # the pages of another machine, at rest
        assert "正在使用，不能替换" in built_empty().stderr
    with psycopg.connect(a_database) as reader:
        reader.execute("SELECT count(*) FROM schools_school")  # a reader who does not let go
        assert "正在使用，不能替换" in built_empty().stderr
    assert built_empty().returncode == 0


@pytest.mark.slow
def test_tables_of_somebody_else_are_left_alone(tmp_path: Path, a_database: str) -> None:  # noqa: F811
    with psycopg.connect(a_database, autocommit=True) as other:
        other.execute("CREATE TABLE auth_group (id int)")
        said = junheng(tmp_path, *DEMO, env={"DATABASE_URL": a_database})
        assert said.stderr.endswith("[not-our-tables]\n"), said.stderr
        assert other.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall() == [
            ("auth_group",)
        ]


def test_an_empty_database_says_what_to_do(tmp_path: Path, a_database: str) -> None:  # noqa: F811
    said = junheng(tmp_path, "figures", env={"DATABASE_URL": a_database})
    assert (said.returncode, said.stderr.endswith("[no-database]\n")) == (1, True)


@pytest.mark.parametrize(
    ("url", "code", "words"),
    [
        ("postgresql://nobody:geheim@127.0.0.1:1/junheng", "database-unreachable", "请检查 DATABASE_URL"),
        ("postgresql://127.0.0.1", "bad-setting", "names no database"),
        ("postgresql://u:geheim@h/n?nonsense=1", "bad-setting", "DATABASE_URL"),
        ("mysql://u:geheim@h/n", "bad-setting", "postgresql://"),
    ],
)
def test_what_leads_nowhere_is_said_without_the_password(
    tmp_path: Path, url: str, code: str, words: str
) -> None:
    said = junheng(tmp_path, "figures", env={"DATABASE_URL": url})
    assert said.returncode == 1
    assert said.stderr.endswith(f"[{code}]\n"), said.stderr
    assert words in said.stderr
    assert "geheim" not in said.stderr
