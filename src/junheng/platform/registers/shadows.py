"""A table as it was, for one statement after another: each reads the past where it names the table.

What changed since is few rows, so the table itself is not copied. A statement that reads it is given, before its first
word, another meaning of the table's name: the rows of today that nobody touched, and the touched ones as they were.
Filters, scope, search, order and pages are then the same statements as ever, and mean the same.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Model

SPELLED_OUT = 50
"""So many runs of rows are written into a statement; more are joined to it."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """How one table differs from today: ``touched`` rows are not read, ``rows`` are read instead, ``runs`` are absent.

    The values of ``rows`` are as the database keeps them, in the order of the model's columns. Keys of ``touched`` and
    runs of row numbers from first to last, both included.
    """

    model: type[Model]
    touched: tuple[Any, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    runs: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.touched or self.runs)


@contextmanager
def cast(shadows: Sequence[Shadow]) -> Iterator[None]:
    """Let every statement within read these tables as they were. Whatever writes is not meant for in here."""
    made = [
        (f'"{one.model._meta.db_table}"', *(sqlite(one) if connection.vendor == "sqlite" else server(one)))
        for one in shadows
        if one
    ]
    if not made:
        yield
        return

    def read(
        execute: Callable[..., Any], sql: str, params: Sequence[Any] | None, many: bool, context: Any
    ) -> Any:
        named = [one for one in made if one[0] in sql]
        if named and not many and sql.lstrip("( ").startswith("SELECT"):
            before = ", ".join(text for _, text, _ in named)
            params = [value for _, _, values in named for value in values] + list(params or ())
            sql = f"WITH {before} {sql}"
        return execute(sql, params, many, context)

    with connection.execute_wrapper(read):
        yield


def columns_of(model: type[Model]) -> list[str]:
    """The columns of a table in the order of its model, quoted."""
    return [f'"{one.column}"' for one in model._meta.concrete_fields]


def key_of(model: type[Model]) -> str:
    """The key of a table, quoted."""
    return f'"{model._meta.pk.column}"'


def sqlite(one: Shadow) -> tuple[str, list[Any]]:
    """The other meaning of a table's name, for SQLite."""
    table, columns, key = f'main."{one.model._meta.db_table}"', columns_of(one.model), key_of(one.model)
    picked = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(columns)))
    return shadowed(
        one,
        table,
        gone="SELECT value FROM json_each(%s)",
        rows=f"SELECT {picked} FROM json_each(%s)",  # noqa: S608 (names of columns)
        given=[list(row) for row in one.rows],
        later=f"{key} NOT IN (SELECT t.{key} FROM json_each(%s) r JOIN {table} t"  # noqa: S608
        f" ON t.{key} BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]'))",
        runs=json.dumps(one.runs),
    )


def server(one: Shadow) -> tuple[str, list[Any]]:
    """The other meaning of a table's name, for PostgreSQL: a row of JSON takes the types of the table."""
    table, columns, key = f'"{one.model._meta.db_table}"', columns_of(one.model), key_of(one.model)
    kind = one.model._meta.pk.db_type(connection) or "bigint"
    kind = "bigint" if "int" in kind or "serial" in kind else "text"
    names = [field.column for field in one.model._meta.concrete_fields]
    return shadowed(
        one,
        table,
        gone=f"SELECT CAST(value AS {kind}) FROM json_array_elements_text(CAST(%s AS json))",  # noqa: S608 (names of columns)
        rows=f"SELECT {', '.join(columns)} FROM json_populate_recordset(CAST(NULL AS {table}), CAST(%s AS json))",  # noqa: S608
        given=[dict(zip(names, row, strict=True)) for row in one.rows],
        # a row is looked up among the runs by halving; a join with them would try every row against every run
        later=f"NOT ({key} <@ CAST(%s AS int8multirange))",
        runs="{" + ",".join(f"[{int(first)},{int(last)}]" for first, last in one.runs) + "}",
    )


def shadowed(
    one: Shadow, table: str, *, gone: str, rows: str, given: list[Any], later: str, runs: str
) -> tuple[str, list[Any]]:
    """Today's rows without those that were touched or came later, and the touched ones as they were."""
    columns, key = ", ".join(columns_of(one.model)), key_of(one.model)
    text, values, conditions = f"SELECT {columns} FROM {table}", [], []  # noqa: S608 (names of columns)
    if one.touched:
        conditions.append(f"{key} NOT IN ({gone})")
        values.append(json.dumps(one.touched, default=str))
    if 0 < len(one.runs) <= SPELLED_OUT:
        conditions += [f"NOT ({key} BETWEEN {int(first)} AND {int(last)})" for first, last in one.runs]
    elif one.runs:
        conditions.append(later)
        values.append(runs)
    if conditions:
        text += f" WHERE {' AND '.join(conditions)}"
    if given:
        text += f" UNION ALL {rows}"
        values.append(json.dumps(given, default=str, ensure_ascii=False))
    return f'"{one.model._meta.db_table}" ({columns}) AS NOT MATERIALIZED ({text})', values
