"""For migrations: sealing what older versions kept as words, many rows at once, without loading models."""

from typing import Any

from junheng.platform.sealing.cipher import is_sealed
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
