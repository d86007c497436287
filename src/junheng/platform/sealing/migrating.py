"""For migrations: sealing what older versions kept as words, many rows at once, without loading models."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from junheng.platform.sealing.cipher import SEALED_MARK, is_sealed
from junheng.platform.sealing.keeping import name_of, ring

CHUNK = 5_000


def seal_table(connection: Any, table: str, columns: list[str], *, key: str, blinds: dict[str, str]) -> int:
    """Seal these columns of every row that has no key yet; ``blinds`` are look-up columns by the column they are of."""
    quote = connection.ops.quote_name
    wanted = ", ".join(quote(one) for one in columns)
    ask = f"SELECT id, {wanted} FROM {quote(table)} WHERE id > %s AND {quote(key)} = '' ORDER BY id LIMIT {CHUNK}"  # noqa: S608 — names of our own
    changed = [*columns, *blinds.values(), key]
    tell = f"UPDATE {quote(table)} SET {', '.join(f'{quote(one)} = %s' for one in changed)} WHERE id = %s"  # noqa: S608
    last = done = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(ask, [last])
            if not (rows := cursor.fetchall()):
                return done
            cursor.executemany(tell, [sealed_row(table, columns, blinds, row) for row in rows])
            last, done = rows[-1][0], done + len(rows)


def sealed_row(table: str, columns: list[str], blinds: dict[str, str], row: Any) -> list[Any]:
    """The values of one row as they are written: sealed words, look-ups, key, number."""
    keys = ring()
    seal = keys.new_seal(table)
    opened = keys.provider.open_with(keys.key_in(table, seal))
    words = dict(zip(columns, row[1:], strict=True))
    sealed = [
        opened.seal(name_of(seal), f"{table}.{name}".encode(), text) if text and not is_sealed(text) else text
        for name, text in words.items()
    ]
    return [*sealed, *(keys.blind(words[of]) if words[of] else "" for of in blinds), seal, row[0]]


Follow = Callable[[str], str]


def seal_column(connection: Any, table: str, column: str, *, key: str, follows: dict[str, Follow]) -> int:
    """Seal one more column of rows that have their keys; ``follows`` are the columns that follow from its words.

    Each batch is a transaction of its own, and rows whose text is sealed are passed over: killed on the way, the next
    run goes on. A row whose key was destroyed gets a new one, for the words are still there. What stood in the table
    is overwritten on the disk as far as the database lets us (see ``leave_nothing``).
    """
    quote = connection.ops.quote_name
    ask = (
        f"SELECT id, {quote(key)}, {quote(column)} FROM {quote(table)} "  # noqa: S608 — names of our own
        f"WHERE id > %s AND {quote(column)} <> '' AND {quote(column)} NOT LIKE %s ORDER BY id LIMIT {CHUNK}"
    )
    changed = [column, key, *follows]
    tell = f"UPDATE {quote(table)} SET {', '.join(f'{quote(one)} = %s' for one in changed)} WHERE id = %s"  # noqa: S608
    last = done = 0
    with connection.cursor() as cursor:
        while True:
            with transaction.atomic(using=connection.alias):
                cursor.execute(ask, [last, f"{SEALED_MARK}%"])
                if not (rows := cursor.fetchall()):
                    return done
                cursor.executemany(tell, [sealed_cell(table, column, follows, row) for row in rows])
            last, done = rows[-1][0], done + len(rows)


def sealed_cell(table: str, column: str, follows: dict[str, Follow], row: Any) -> list[Any]:
    """One value as it is written: sealed words, key, what follows, number of the row."""
    pk, seal, words = row
    keys = ring()
    seal = seal or keys.new_seal(table)
    opened = keys.provider.open_with(keys.key_in(table, seal))
    sealed = opened.seal(name_of(seal), f"{table}.{column}".encode(), words)
    return [sealed, seal, *(follow(words) for follow in follows.values()), pk]


def overwrite(connection: Any) -> None:
    """Have the embedded database overwrite what it frees from now on. A server has no such switch."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def leave_nothing(connection: Any, table: str) -> None:
    """Write a table anew, without the older versions of its rows, and fold the log in. Outside of any transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
