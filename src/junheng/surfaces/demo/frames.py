"""Frames of the demonstration city: one a contract, with the contract's columns and the model's own beside them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

import junheng.content.datasets  # noqa: F401 — importing it declares the contracts
from junheng.kernel.datasets import every_table
from junheng.kernel.datasets.digest import POLARS

City = dict[str, pl.DataFrame]

TYPES: dict[str, Any] = dict(POLARS)  # a moment is told on the wall clock of Asia/Shanghai, without a zone


def schema(table: str, extras: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Names and types of a frame: the contract's columns, then ``extras`` (name → contract type)."""
    columns = {name: TYPES[column.type] for name, column in every_table()[table].columns.items()}
    return columns | {name: TYPES[kind] for name, kind in (extras or {}).items()}


def frame(table: str, columns: Mapping[str, Any], extras: Mapping[str, str] | None = None) -> pl.DataFrame:
    """A frame from whole columns; ``id`` counts from 1 unless it is given. A single value fills its column."""
    wanted = schema(table, extras)
    given = dict(columns)
    length = max(len(value) for value in given.values() if isinstance(value, np.ndarray | pl.Series | list))
    given.setdefault("id", np.arange(1, length + 1, dtype=np.int64))
    if set(given) != set(wanted):
        raise ValueError(f"{table}: columns differ from the contract: {sorted(set(given) ^ set(wanted))}")
    return pl.DataFrame([_series(name, given[name], kind, length) for name, kind in wanted.items()])


def _series(name: str, value: Any, kind: Any, length: int) -> pl.Series:
    if isinstance(value, np.ndarray | pl.Series | list):
        return pl.Series(name, value).cast(kind)
    if isinstance(value, str) and kind == pl.Date():
        value = np.datetime64(value, "D").item()
    return pl.repeat(value, length, dtype=kind, eager=True).alias(name)


class Rows:
    """Rows of one small table, written one by one; days may be given as ISO text."""

    def __init__(self, table: str, **extras: str) -> None:
        self.table = table
        self.extras = extras
        self._schema = schema(table, extras)
        self._rows: list[dict[str, Any]] = []

    def add(self, **values: Any) -> int:
        """Append one row; columns left out are null. Returns its id."""
        strange = set(values) - set(self._schema)
        if strange:
            raise ValueError(f"{self.table}: not in the contract: {sorted(strange)}")
        row: dict[str, Any] = {"id": len(self._rows) + 1}
        row.update((name, self._value(name, value)) for name, value in values.items())
        self._rows.append(row)
        return int(row["id"])

    def _value(self, name: str, value: Any) -> Any:
        if self._schema[name] == pl.Date() and value is not None:
            return np.datetime64(value, "D").item()
        return value.item() if isinstance(value, np.generic) else value

    def __len__(self) -> int:
        return len(self._rows)

    def frame(self) -> pl.DataFrame:
        """The rows as a frame."""
        return pl.DataFrame(self._rows, schema=self._schema)
