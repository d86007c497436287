"""The city of full size in the tables of the first versions, its rows in plain words: brought to the present, nothing lost."""

import shutil
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from junheng.kernel.datasets import every_table
from junheng.kernel.datasets.digest import digest_of
from junheng.platform.registers import every_register
from junheng.platform.snapshots.freeze import freeze
from junheng.platform.snapshots.queries import manifest_of
from junheng.platform.upkeep.rows import without_indexes
from junheng.surfaces.demo.city import make_city
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.load import insert, models_of
from junheng.surfaces.demo.plan import load_plan
from tests.makers.rows import AT
from tests.postgres import a_database, a_server
from tests.small_house import ADDRESS, opened

__all__ = ["a_database", "a_server"]
pytestmark = pytest.mark.slow


def first_versions() -> list[tuple[str, str]]:
    """The first migration of every application of the house that has had others since.

    A room that came later stands on later versions of others: its first version is none of the house's first ones.
    """
    graph = MigrationExecutor(connection).loader.graph
    nodes = graph.nodes
    later = {app for app, name in nodes if name.startswith("0002_")}
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("junheng.")}
    return sorted(
        (app, name)
        for app, name in nodes
        if name.startswith("0001_")
        and app in later & ours
        and not any(
            other in ours and not before.startswith("0001_")
            for other, before in graph.forwards_plan((app, name))
        )
    )


def filled(city: City, state: Any) -> dict[str, Any]:
    """Write every table that there was already, as it was written then; says which."""
    known = {model._meta.label_lower: model for model in state.get_models()}
    found = {
        table: known[model._meta.label_lower]
        for table, model in models_of(city).items()
        if model._meta.label_lower in known
    }
    with without_indexes(), transaction.atomic():
        for table, model in found.items():
            insert(model, as_said_then(table, city[table]))
    count_on_what_is_there(known)
    return found


def as_said_then(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame with what the first versions asked for and nobody says any more: a case was known by a code typed by hand."""
    if table != "carecases":
        return frame
    return frame.with_columns(person_token=pl.format("示例对象{}", pl.col("id")))


def count_on_what_is_there(known: dict[str, Any]) -> None:
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(statement)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("plan", ["small", "full"])
def test_a_city_of_the_first_versions_is_brought_to_the_present(
    tmp_path: Path, django_db_blocker: Any, kind: str, plan: str, request: pytest.FixtureRequest, capsys: Any
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    if kind == "postgresql":
        (home / ADDRESS).write_text(request.getfixturevalue("a_database"), encoding="ascii")
    city = make_city(load_plan(plan))
    with django_db_blocker.unblock(), opened(home):
        targets = first_versions()
        assert {"pupils", "people", "areas"} <= {app for app, _name in targets}
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        tables = filled(city, executor.loader.project_state(targets).apps)
        assert {"pupils", "households", "children", "people", "areas"} <= set(tables)
        began, used = time.monotonic(), time.process_time()
        fresh = MigrationExecutor(connection)
        fresh.migrate(fresh.loader.graph.leaf_nodes())
        took = f"{time.monotonic() - began:.0f} s, {time.process_time() - used:.0f} s CPU of its own"
        with capsys.disabled():
            sys.stdout.write(f"\n{plan} city migrated on {kind}: {took}\n")
        registers = [
            one
            for one in every_register().values()
            if one.fulfils is not None and one.fulfils.table in tables
        ]
        frozen = manifest_of(freeze(by="shenji", at=AT, home=home, registers=registers), home=home)
        rules = every_table()
        expected = {name: digest_of(rules[name], city[name]) for name in tables}
        assert dict(frozen.digests) == expected
    shutil.rmtree(home)
