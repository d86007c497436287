"""Writing a frame into PostgreSQL: by COPY, with indexes and foreign keys made anew once all rows are there."""

from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

INDEXES = """
    SELECT format('DROP INDEX %I.%I', n.nspname, c.relname), pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
    ORDER BY c.relname
"""
RELATIONS = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
           format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
    ORDER BY conname
"""


def copy_rows(table: str, columns: list[str], piece: pl.DataFrame) -> None:
    """Write rows; ``table`` and ``columns`` are names of the database, the frame's columns in the same order.

    Nothing and an empty text are told apart as CSV of PostgreSQL does it: bare, or in quotes.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN (FORMAT csv)") as door,
    ):
        door.write(piece.write_csv(include_header=False))


@contextmanager
def without_indexes() -> Iterator[None]:
    """Take indexes and foreign keys away while rows are written; making them anew checks every row at once."""
    with connection.cursor() as cursor:
        cursor.execute(RELATIONS)
        relations = cursor.fetchall()
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for drop, _ in (*relations, *indexes):
            cursor.execute(drop)
        try:
            yield
        finally:
            for _, make in (*indexes, *relations):
                cursor.execute(make)


def count_on() -> None:
    """The next row of every table gets the next number: rows that came with theirs did not move the counters."""
    models = apps.get_models(include_auto_created=True)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
