"""All rows of the house as plain frames that either database can read: whole numbers, yes and no, and text."""

from collections.abc import Sequence
from typing import Any

import polars as pl
from django.apps import apps
from django.db import connection
from django.db.models import Field, ForeignKey, Model

from junheng.platform.upkeep.rows import write_rows

CHUNK = 50_000
LEFT_OUT = frozenset({"sessions.session"})
"""Who is signed in is nobody's record: after a restore everybody signs in again."""
NUMBERS = frozenset(
    {
        "AutoField", "BigAutoField", "SmallAutoField", "IntegerField", "BigIntegerField", "SmallIntegerField",
        "PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField",
    }
)  # fmt: skip
WORDS = frozenset({"CharField", "TextField", "SlugField", "EmailField", "FileField"})
AS_WORDS = frozenset({"DateField", "DateTimeField", "TimeField", "JSONField", "DecimalField", "UUIDField"})
"""What the two databases keep differently is asked for as text: days, moments in UTC, JSON."""


def models() -> list[type[Model]]:
    """Every model whose rows are kept, one a table, in the order of the tables' names."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    }
    return [found[table] for table in sorted(found)]


def read_table(model: type[Model]) -> pl.DataFrame:
    """All rows of a table in the order of their keys, with the columns of the database."""
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    wanted = ", ".join(_asked(field) for field in fields)
    statement = (
        f"SELECT {wanted} FROM {quote(model._meta.db_table)} ORDER BY {quote(str(model._meta.pk.column))}"  # noqa: S608 — names come from the models
    )
    pieces = []
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while rows := cursor.fetchmany(CHUNK):
            columns = zip(*rows, strict=True)
            pieces.append(pl.DataFrame([_series(*pair) for pair in zip(fields, columns, strict=True)]))
    return pl.concat(pieces) if pieces else pl.DataFrame([_series(field, ()) for field in fields])


def load_table(table: str, frame: pl.DataFrame) -> None:
    """Put rows into a table that may hold what a migration put there: that is replaced."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 — a name of our own
    for piece in frame.iter_slices(CHUNK):
        write_rows(table, frame.columns, piece)


def _kind(field: "Field[Any, Any]") -> str:
    """The kind of a column; a relation has that of the key it points at."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    return field.get_internal_type()


def _asked(field: "Field[Any, Any]") -> str:
    """What to ask the database for, so that both answer with the same plain value."""
    kind, name = _kind(field), connection.ops.quote_name(str(field.column))
    if kind in NUMBERS | WORDS:
        return name
    if kind == "BooleanField":
        return f"CAST({name} AS INTEGER)"
    if kind in AS_WORDS:
        return f"CAST({name} AS TEXT)"
    if kind == "GenericIPAddressField":
        return f"HOST({name})" if connection.vendor == "postgresql" else name
    raise TypeError(f"{field}: a backup does not know how to carry a {kind}")


def _series(field: "Field[Any, Any]", values: Sequence[Any]) -> pl.Series:
    kind, name = _kind(field), str(field.column)
    if kind in NUMBERS:
        return pl.Series(name, values, dtype=pl.Int64)
    if kind == "BooleanField":
        return pl.Series(name, values, dtype=pl.Int64).cast(pl.Boolean)
    text = pl.Series(name, values, dtype=pl.String)
    return text.str.strip_suffix("+00") if kind == "DateTimeField" else text
