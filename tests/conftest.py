"""What every test of the house needs from its surroundings, and in which order a run of many takes the files."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from _pytest import runner
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from junheng.kernel.call_stack import with_room
from junheng.platform.audit.triggers import drops
from tests.postgres import ON_A_SERVER

DEAR = (
    "tests/browser/test_pages.py", "tests/browser/test_pages_more.py", "tests/browser/test_families.py",
    "tests/surfaces/cli/test_demo.py", "tests/browser/field/test_phone.py", "tests/platform/upkeep/test_sealed_files.py",
    "tests/browser/test_admission.py", "tests/platform/upkeep/test_backup.py", "tests/browser/test_county.py",
    "tests/surfaces/test_queries.py", "tests/browser/test_accounts.py", "tests/browser/test_walks.py",
    "tests/surfaces/desk/test_undone.py", "tests/browser/field/test_offline.py", "tests/surfaces/demo/test_load.py",
    "tests/domains/visits/test_hidden.py", "tests/platform/jobs/test_killed.py", "tests/surfaces/cli/test_refusals.py",
    "tests/domains/tips/test_secrets.py", "tests/browser/test_patrols.py", "tests/domains/bulletins/test_actions.py",
    "tests/platform/figures/test_series.py",
)  # fmt: skip
"""Files that take long, the longest first: with one of them last a worker would wait for the other at the end."""
ROWS = frozenset({"db", "transactional_db", "django_db_blocker", "built"})
"""The fixtures by one of which every test that speaks to the database comes to it."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Dear files first, then those with many tests. On a server only what speaks to the database is asked again."""
    if ON_A_SERVER:
        config.hook.pytest_deselected(items=[one for one in items if not speaks(one)])
        items[:] = [one for one in items if speaks(one)]
    counted = Counter(file_of(one) for one in items)
    place = {name: rank - len(DEAR) for rank, name in enumerate(DEAR)}
    items.sort(key=lambda one: (place.get(file_of(one), 0), -counted[file_of(one)]))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Pytest lies deep itself: with room below it, what is tried runs a fifth faster."""
    return with_room(runner.pytest_runtest_protocol, item, nextitem)


def speaks(item: pytest.Item) -> bool:
    """Whether a test comes to the rows of the database at all."""
    asked = set(getattr(item, "fixturenames", ()))
    return bool(asked & ROWS) or item.get_closest_marker("django_db") is not None


def file_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


@pytest.fixture(autouse=True, scope="session")
def _flush_goes_through_the_chain() -> Iterator[None]:
    """Emptying the tables after a test with real transactions is the one deletion that the chain must allow.

    The triggers are dropped by the flush itself; the migration signal that follows every flush puts them back.
    """
    operations = type(connection.ops)
    before = operations.sql_flush

    def flush(self: BaseDatabaseOperations, style: Any, tables: Any, **options: Any) -> list[str]:
        lifted = drops(vendor=connection.vendor) if "audit_entry" in set(tables) else []
        return lifted + before(self, style, tables, **options)

    operations.sql_flush = flush  # type: ignore[method-assign]
    yield
    operations.sql_flush = before  # type: ignore[method-assign]
