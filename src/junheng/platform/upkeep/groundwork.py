"""The tables of an empty database, made at once: as all migrations, one after the other, would leave them.

For each of some hundred operations Django makes the models anew that have to do with it, which with as many tables as
the house has takes half a minute. Where nothing is there yet there is nothing to carry over: the tables are made from the
last state, in one transaction, and every migration is written down as done. An older database goes the long way, step by
step; ``tests/platform/upkeep/test_groundwork.py`` sees that both ways lead to the same tables.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor


def lay_groundwork(
    targets: Sequence[tuple[str, str]] | None = None, *, using: str = DEFAULT_DB_ALIAS
) -> bool:
    """Make the tables as these migrations leave them, or as the last ones do; False where anything is there already.

    What migrations do with rows is left out: there are none.
    """
    connection: Any = connections[using]
    if connection.introspection.table_names():
        return False
    executor: Any = MigrationExecutor(connection)
    wanted = list(targets or executor.loader.graph.leaf_nodes())
    state = executor.loader.project_state(wanted)
    with connection.schema_editor() as editor:
        executor.recorder.ensure_schema()
        for key in state.models:
            model = state.apps.get_model(*key)
            if editor_makes(model):
                editor.create_model(model)
        for migration, _backwards in executor.migration_plan(wanted):
            executor.record_migration(migration)
    return True


def editor_makes(model: Any) -> bool:
    """Whether a model has a table of its own."""
    return model._meta.managed and not model._meta.proxy and not model._meta.swapped
