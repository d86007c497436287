"""What every test of the house needs from its surroundings."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from junheng.platform.audit.triggers import drops


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
