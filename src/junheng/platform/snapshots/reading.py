"""Reading the rows of a register as its contract wants them, fast enough for millions.

The statement is Django's, so that it follows relations and runs on any database; the rows come through the bare
cursor, days and moments as text, and become typed columns all at once.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
from django.db import connection
from django.db.models import BigIntegerField, Expression, F, IntegerField, TextField
from django.db.models.functions import Cast

from junheng.kernel.datasets import Column, Table
from junheng.kernel.datasets.breaches import Breach, ContractBroken
from junheng.kernel.datasets.digest import schema_of
from junheng.platform.registers import Register

CHUNK = 20_000
"""Rows fetched at a time: what bounds the memory that Python's values take before they are columns."""


def frame_of(register: Register[Any]) -> pl.DataFrame:
    """All rows of a register in the order of their numbers, with the columns and types of the contract it fulfils.

    A moment is told on the wall clock of Asia/Shanghai. Refuses values that are not of the type agreed on.
    """
    table = register.fulfils
    if table is None:
        raise TypeError(f"{register.slug} fulfils no contract")
    with _uncollected():
        pieces = [_typed(table, columns) for columns in _fetch(register, table)]
    frame = pl.concat(pieces) if pieces else pl.DataFrame(schema=schema_of(table))
    return frame if frame["id"].is_sorted() else frame.sort("id")


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector from walking again and again over rows that hold no cycle: a third of the time is its."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fetch(register: Register[Any], table: type[Table]) -> Iterator[list[Sequence[Any]]]:
    """The rows a piece at a time, turned from rows into columns."""
    paths = register.contract_paths()
    wanted = {f"_{name}": _as_plain(paths[name], column) for name, column in table.columns.items()}
    if not isinstance(register.model._meta.pk, IntegerField):
        wanted["_id"] = Cast(
            "pk", BigIntegerField()
        )  # a row that is called by a code of digits is numbered by it
    rows = register.model._default_manager.order_by("pk").annotate(**wanted).values_list(*wanted)
    # a server sends the rows in pieces too, instead of all of them at once
    with connection.chunked_cursor() as cursor:
        cursor.execute(*rows.query.sql_with_params())
        while piece := cursor.fetchmany(CHUNK):
            yield list(zip(*piece, strict=True))


def _as_plain(path: str, column: Column) -> Expression | F:
    """What to ask the database for: numbers and text only, because those need no converting one by one."""
    match column.type:
        case "bool":
            return Cast(path, IntegerField())
        case "date" | "datetime":
            return Cast(path, TextField())
        case _:
            return F(path)


def _typed(table: type[Table], columns: Sequence[Sequence[Any]]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            _series(table, name, column, values, columns[0])
            for (name, column), values in zip(table.columns.items(), columns, strict=True)
        ]
    )


def _series(
    table: type[Table], name: str, column: Column, values: Sequence[Any], ids: Sequence[Any]
) -> pl.Series:
    """One column with its type. Text that is no day, or no moment, is named and refused."""
    if column.type in {"int64", "bool"}:
        whole = pl.Series(name, values, dtype=pl.Int64)
        return whole.cast(pl.Boolean) if column.type == "bool" else whole
    text = pl.Series(name, values, dtype=pl.String)
    match column.type:
        case "date":
            read = text.str.to_date("%Y-%m-%d", strict=False)
        case "datetime":
            # Django's sessions speak UTC; a server says so in every value
            utc = text.str.strip_suffix("+00").str.to_datetime(
                "%Y-%m-%d %H:%M:%S%.f", time_unit="us", time_zone="UTC", strict=False
            )
            read = utc.dt.convert_time_zone("Asia/Shanghai").dt.replace_time_zone(None)
        case _:
            # a null column of text is nothing where it is empty: an office leaves a cell blank and means none
            return text.replace("", None) if column.null else text
    unread = read.is_null() & text.is_not_null()
    if unread.any():
        wrong = "不是日期" if column.type == "date" else "不是时间"
        found = zip(pl.Series(ids).filter(unread).head(20), text.filter(unread).head(20), strict=True)
        breaches = tuple(Breach(table.table, name, row, value, wrong) for row, value in found)
        raise ContractBroken(table.caption, breaches, int(unread.sum()))
    return read
