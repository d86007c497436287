"""The tables of an empty database are those that all migrations, one after the other, would have left."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from junheng.platform.audit.triggers import missing_triggers
from junheng.platform.upkeep.groundwork import lay_groundwork
from tests.small_house import ON_A_SERVER, move_in, move_out, opened

OF_ROWS = {
    ("access", "0002_accounts_and_tries"), ("aid", "0002_sealed_fields"), ("auth", "0011_update_proxy_permissions"),
    ("axes", "0007_alter_accessattempt_unique_together"), ("contenttypes", "0002_remove_content_type_name"),
    ("guidance", "0003_open_cases_have_a_team"),
    ("people", "0002_sealed_fields"), ("pupils", "0002_sealed_fields"), ("pupils", "0004_pupil_numbers_beside"),
    ("pupils", "0005_seal_pupil_numbers"), ("schemes", "0003_certificates_say_their_level"),
}  # fmt: skip
"""Migrations that do something with rows that are there already, and nothing where there are none."""


@contextmanager
def empty(home: Path, blocker: Any) -> Iterator[None]:
    """Nothing but a database, of the kind that the tests run on."""
    home.mkdir()
    if ON_A_SERVER:
        move_in(home, after="template1")
    with blocker.unblock(), opened(home):
        yield
    move_out(home)


def described() -> dict[str, Any]:
    """Every table: its columns, whatever their order, and what holds for them."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = {
                one.name: (one.type_code, one.internal_size, one.null_ok, one.default, one.collation)
                for one in connection.introspection.get_table_description(cursor, table)
            }
            rules = connection.introspection.get_constraints(cursor, table)
            found[table] = columns, sorted((named(name), repr(rule)) for name, rule in rules.items())
        cursor.execute("SELECT app, name FROM django_migrations")
        found["migrations"] = set(cursor.fetchall())
    return found


def named(rule: str) -> str:
    """The embedded database counts relations, which have no name of their own, in the order of the columns."""
    return "fk" if rule.startswith("fk_") else rule


@pytest.mark.slow
def test_it_leads_to_the_tables_of_the_long_way(tmp_path: Path, django_db_blocker: Any) -> None:
    with empty(tmp_path / "step", django_db_blocker):
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
        by_steps = described()
    with empty(tmp_path / "once", django_db_blocker):
        assert lay_groundwork()
        at_once = described()
        assert not lay_groundwork(), "where something is there it leaves everything as it is"
        call_command("migrate", verbosity=0)
        assert missing_triggers() == [], "what follows every migration follows this as well"
    assert len(by_steps) > 150
    assert at_once["migrations"] == by_steps["migrations"]
    assert {name for name in by_steps if at_once.get(name) != by_steps[name]} == set()
    assert at_once == by_steps


def test_an_older_state_can_be_laid_as_well(tmp_path: Path, django_db_blocker: Any) -> None:
    """For a restored backup: its tables as they were, and then the long way to the present."""
    with empty(tmp_path / "older", django_db_blocker):
        assert lay_groundwork([("areas", "0001_initial")])
        assert {"areas_area", "django_migrations"} == set(connection.introspection.table_names())
        assert set(MigrationRecorder(connection).applied_migrations()) == {("areas", "0001_initial")}


def test_no_migration_makes_rows_of_its_own() -> None:
    """Whoever writes one that does lets ``lay_groundwork`` do it too."""
    nodes = MigrationLoader(None).graph.nodes
    assert {
        key for key, one in nodes.items() if any(isinstance(step, RunPython | RunSQL) for step in one.operations)
    } == OF_ROWS  # fmt: skip


@pytest.mark.parametrize("asked", [("audit",), ("audit", "0001")])
def test_whoever_asks_for_a_part_goes_the_long_way(
    tmp_path: Path, django_db_blocker: Any, asked: tuple[str, ...]
) -> None:
    with empty(tmp_path / "part", django_db_blocker):
        call_command("migrate", *asked, verbosity=0)
        assert "audit_entry" in connection.introspection.table_names()
        assert "pupils_pupil" not in connection.introspection.table_names()
