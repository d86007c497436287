"""Inserting very many rows: prepared tuples handed to the database at once, where models would be made only to be read.

What a column writes is asked of the column, except where it would give back what the row holds anyway.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from types import NoneType
from typing import Any

from django.db import connection, models

Value = Callable[[models.Model], Any]
AS_IT_IS: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.IntegerField: int,
    models.BigIntegerField: int,
    models.PositiveIntegerField: int,
    models.SmallIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.BooleanField: bool,
}
"""Kinds of columns that write a value of this type just as it is."""


def insert_rows(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model in their order. Rows without a number get the next ones."""
    if not rows:
        return
    key = model._meta.pk
    assert key is not None
    if isinstance(key, models.AutoField):
        without = [row for row in rows if row.pk is None]
        for row, number in zip(without, next_numbers(model, len(without)), strict=True):
            row.pk = number
    columns = model._meta.concrete_fields
    at_once = AtOnce(columns, [value_of(one) for one in columns], goes_as_it_is)
    insert_tuples(model._meta.db_table, [str(one.column) for one in columns], map(at_once.values, rows))
    for row in rows:
        row._state.adding, row._state.db = False, "default"


class AtOnce:
    """Takes the columns out of a row all at once. Where a column would not give back what the row holds, it is asked.

    Which columns those are is decided once for each row of types; half a million rows have a handful of them.
    """

    def __init__(
        self,
        columns: "Sequence[models.Field[Any, Any]]",
        asked: Sequence[Value],
        as_it_is: "Callable[[models.Field[Any, Any], type], bool]",
    ) -> None:
        self.columns = columns
        self.asked = asked
        self.as_it_is = as_it_is
        self.names = [one.attname for one in columns]
        self.known: dict[tuple[type, ...], list[tuple[int, Value]]] = {}

    def values(self, row: models.Model) -> tuple[Any, ...]:
        """The values of a row in the order of the columns."""
        try:
            held = tuple(map(row.__dict__.__getitem__, self.names))
        except KeyError:
            return tuple([one(row) for one in self.asked])
        kinds = tuple(map(type, held))
        if (places := self.known.get(kinds)) is None:
            places = self.known[kinds] = [
                (place, one)
                for place, (column, kind, one) in enumerate(zip(self.columns, kinds, self.asked, strict=True))
                if not self.as_it_is(column, kind)
            ]
        if not places:
            return held
        values = list(held)
        for place, one in places:
            values[place] = one(row)
        return tuple(values)


def goes_as_it_is(column: "models.Field[Any, Any]", kind: type) -> bool:
    """Whether the database is given a value of this type just as the row holds it."""
    plain = plain_type(column)
    if plain is date and connection.vendor == "sqlite":
        return kind is NoneType
    return plain is not None and kind in {plain, NoneType}


def insert_tuples(table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert prepared tuples: by COPY into a server, by one statement many times into the embedded database."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(one) for one in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            sql = f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})"  # noqa: S608 (the same)
            cursor.executemany(sql, rows)  # type: ignore[arg-type] # the driver takes them one by one


def next_numbers(model: type[models.Model], count: int) -> list[int]:
    """The next row numbers, reserved: the writing transaction of SQLite is alone, a server's sequence is asked."""
    if not count:
        return []
    table, key = model._meta.db_table, model._meta.pk
    assert key is not None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sql, [connection.ops.quote_name(table), key.column, count])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = found[0] if found else 0
        return list(range(last + 1, last + 1 + count))


def value_of(field: "models.Field[Any, Any]") -> Value:
    """How what a row holds in a column becomes what the database is given."""
    name = field.attname
    plain = plain_type(field)

    def asked(row: models.Model) -> Any:
        return field.get_db_prep_save(field.pre_save(row, add=True), connection)

    if plain is None:
        return asked
    if plain is date and connection.vendor == "sqlite":

        def day(row: models.Model) -> Any:
            held = row.__dict__.get(name, field)
            return None if held is None else held.isoformat() if type(held) is date else asked(row)

        return day

    def held_value(row: models.Model) -> Any:
        held = row.__dict__.get(name, field)
        return held if held is None or type(held) is plain else asked(row)

    return held_value


@cache
def plain_type(field: "models.Field[Any, Any]") -> type | None:
    """The type of values that a column writes as they are (a day but for its form); ``None`` where it must be asked."""
    if isinstance(field, models.ForeignKey):
        target = field.target_field
        return AS_IT_IS.get(type(target), int if isinstance(target, models.AutoField) else None)
    if type(field) is models.DateField:
        return None if field.auto_now or field.auto_now_add else date
    if isinstance(field, models.AutoField):
        return int
    return AS_IT_IS.get(type(field))
