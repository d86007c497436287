"""What every test of the house needs from its surroundings."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.sqlite3.operations import DatabaseOperations

from junheng.platform.audit.triggers import REFUSALS


@pytest.fixture(autouse=True, scope="session")
def _flush_goes_through_the_chain() -> Iterator[None]:
    """Emptying the tables after a test with real transactions is the one deletion that the chain must allow.

    The triggers are dropped by the flush itself; the migration signal that follows every flush puts them back.
    """
    before = DatabaseOperations.sql_flush

    def flush(self: DatabaseOperations, style: Any, tables: Any, **options: Any) -> list[str]:
        drops = (
            [f"DROP TRIGGER IF EXISTS {name};" for name in REFUSALS] if "audit_entry" in set(tables) else []
        )
        return drops + before(self, style, tables, **options)

    DatabaseOperations.sql_flush = flush  # type: ignore[method-assign]
    yield
    DatabaseOperations.sql_flush = before  # type: ignore[method-assign]
