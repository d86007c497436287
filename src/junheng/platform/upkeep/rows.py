"""Writing many rows at once, with their numbers, into either database; indexes are made anew afterwards."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import polars as pl
from django.db import connection

from junheng.platform.upkeep import copying


def write_rows(table: str, columns: list[str], piece: pl.DataFrame) -> None:
    """Write rows as they are; ``table`` and ``columns`` are names of the database, the frame's columns in their order.

    Moments are text in UTC, which is what the sessions of the house speak.
    """
    if connection.vendor == "postgresql":
        copying.copy_rows(table, columns, piece)
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    places = ", ".join("?" for _ in columns)
    statement = f"INSERT INTO {quote(table)} ({names}) VALUES ({places})"  # noqa: S608 — names come from the models
    # the embedded database keeps days as text and truth as a number
    rows = piece.with_columns(
        pl.col(pl.Date).dt.strftime("%Y-%m-%d"), pl.col(pl.Boolean).cast(pl.Int8)
    ).rows()
    with connection.cursor() as cursor:
        # the cursor of the library itself: Django's turns every question mark of every row around first
        cursor.cursor.connection.executemany(statement, rows)


def without_indexes() -> AbstractContextManager[None]:
    """Take the indexes away while rows are written and make them anew afterwards, which is several times faster."""
    return copying.without_indexes() if connection.vendor == "postgresql" else _without_indexes()


@contextmanager
def _without_indexes() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        )
        indexes: list[tuple[Any, ...]] = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        try:
            yield
        finally:
            for _, statement in indexes:
                cursor.execute(statement)
            cursor.execute("PRAGMA foreign_keys=ON")


def count_on() -> None:
    """The next row of every table gets the next number: a server is told; the embedded database sees it itself."""
    if connection.vendor == "postgresql":
        copying.count_on()
