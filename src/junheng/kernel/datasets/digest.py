"""The digest of rows: what names a frozen table, whatever wrote its file.

The canonical text of a table is its column names and then its rows, each field separated by U+001F and each line
ended by U+001E. Nothing (null) is U+0000, a number is decimal, a day ISO, a moment ISO with microseconds on the wall
clock of Asia/Shanghai, yes 1 and no 0. The digest is the SHA-256 of that text in UTF-8, so that anybody with the rows
can compute it again with any tool.
"""

import hashlib

import polars as pl

from junheng.kernel.datasets.table import Column, Table

FIELD, ROW, NULL = "\x1f", "\x1e", "\x00"
CHUNK = 100_000
"""Rows written out as text at a time: what bounds the memory, not the digest."""

POLARS: dict[str, pl.DataType] = {
    "int64": pl.Int64(),
    "string": pl.String(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us"),
    "bool": pl.Boolean(),
}


def schema_of(table: type[Table]) -> dict[str, pl.DataType]:
    """The columns of a frozen table and their types, in the order of the contract."""
    return {name: POLARS[column.type] for name, column in table.columns.items()}


def digest_of(table: type[Table], frame: pl.DataFrame) -> str:
    """The digest of rows as 64 hexadecimal digits; the rows count in the order they have."""
    total = hashlib.sha256((FIELD.join(table.columns) + ROW).encode())
    written = [_as_text(name, column) for name, column in table.columns.items()]
    for rows in frame.iter_slices(CHUNK):
        lines = rows.select(pl.concat_str(written, separator=FIELD)).to_series()
        total.update((lines.str.join(ROW).item() + ROW).encode())
    return total.hexdigest()


def _as_text(name: str, column: Column) -> pl.Expr:
    value = pl.col(name)
    match column.type:
        case "bool":
            text = value.cast(pl.Int8).cast(pl.String)
        case "datetime":
            text = value.dt.strftime("%Y-%m-%dT%H:%M:%S.%6f")
        case _:
            text = value.cast(pl.String)
    return text.fill_null(NULL) if column.null else text
