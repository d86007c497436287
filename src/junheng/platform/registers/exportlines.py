"""Rows as the lines of a file, a block at a time: column by column where no value needs its row, else row by row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import CharField, ForeignKey, QuerySet, TextField
from django.utils.translation import get_language

from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.keys import is_numbered, mask, named, reference
from junheng.platform.registers.registry import register_of
from junheng.platform.registers.values import value_writer_in, words, writer

Block = Sequence[Sequence[str]]
CHUNK = 2_000
KNOWN = 50_000
"""Related rows remembered at a time."""


def blocks_of(register: Register[Any], rows: "QuerySet[Any]", *, clear: bool) -> Iterator[Block]:
    """The lines under the headings. Relations are named from a store, filled a block at a time."""
    stores = {
        one: References(column, masked=SENSITIVE in one.flags and not clear)
        for one in register.fields
        if (column := relation(register, one))
    }
    by_value = {one: value_writer(register, one, clear=clear) for one in register.fields if one not in stores}
    if None in by_value.values():
        return by_rows(register, rows, stores, clear=clear)
    return by_columns(register, rows, stores, by_value)


def by_columns(
    register: Register[Any],
    rows: "QuerySet[Any]",
    stores: "dict[F, References]",
    writers: dict[F, Callable[[Any], str] | None],
) -> Iterator[Block]:
    """The lines made of the values alone, a column at a time."""
    numbered = is_numbered(register)
    names = ["pk"] * numbered + [register.model_field(one).attname for one in register.fields]
    found = rows.select_related(None).values_list(*names).iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        columns = list(zip(*chunk, strict=True))
        lines: list[Iterable[str]] = [map(str, columns[0])] if numbered else []
        for one, column in zip(register.fields, columns[numbered:], strict=True):
            if one in stores:
                stores[one].fill(set(column))
                lines.append(map(stores[one].known.__getitem__, column))
            else:
                write = writers[one]
                assert write is not None
                lines.append(map(write, column))
        yield list(zip(*lines, strict=True))


def by_rows(
    register: Register[Any], rows: "QuerySet[Any]", stores: "dict[F, References]", *, clear: bool
) -> Iterator[Block]:
    """The lines made of whole rows: what is sealed is opened by the row's key."""
    numbered = is_numbered(register)
    writers = [
        stores[one].write
        if one in stores
        else masked_writer(register, one)
        if SENSITIVE in one.flags and not clear
        else writer(register, one)
        for one in register.fields
    ]
    plain = rows.select_related(None).iterator(chunk_size=CHUNK)
    while chunk := list(islice(plain, CHUNK)):
        for store in stores.values():
            store.fill({getattr(row, store.attname) for row in chunk})
        lines = ([write(row) for write in writers] for row in chunk)
        yield (
            [[str(row.pk), *line] for row, line in zip(chunk, lines, strict=True)]
            if numbered
            else list(lines)
        )


def value_writer(register: Register[Any], field: F, *, clear: bool) -> Callable[[Any], str] | None:
    """How a value is written without its row; ``None`` where its row is needed."""
    if SENSITIVE not in field.flags or clear:
        return value_writer_in(register, field, get_language())
    return masked_word if is_plain_text(register, field) else None


def masked_word(value: Any) -> str:
    """A sensitive word as somebody sees it who may not read it."""
    return mask(value) if type(value) is str else ""


def is_plain_text(register: Register[Any], field: F) -> bool:
    """Whether a column holds words just as people write them."""
    column = register.model_field(field)
    return type(column) in {CharField, TextField} and not column.choices and not register.is_term(field)


def relation(register: Register[Any], field: F) -> "ForeignKey[Any, Any] | None":
    """The column of a field that names another row."""
    column = register.model_field(field)
    return column if isinstance(column, ForeignKey) else None


class References:
    """How the rows of one relation are written, each asked for once instead of joined to every line."""

    def __init__(self, column: "ForeignKey[Any, Any]", *, masked: bool) -> None:
        self.name = masked_name if masked else reference
        self.attname = column.attname
        other = register_of(column.related_model)
        self.rows = other.rows() if other else column.related_model._default_manager.all()
        self.known: dict[Any, str] = {None: ""}

    def fill(self, keys: set[Any]) -> None:
        """Look up those rows that are not known yet."""
        if len(self.known) > KNOWN:
            self.known = {None: ""}
        missing = keys - self.known.keys()
        self.known |= (
            {pk: self.name(row) for pk, row in self.rows.in_bulk(missing).items()} if missing else {}
        )

    def write(self, row: Any) -> str:
        """The related row's key and name."""
        return self.known[getattr(row, self.attname)]


def masked_name(row: Any) -> str:
    """How a relation is written that is sensitive itself, such as who received aid."""
    return mask(named(row))


def masked_writer(register: Register[Any], field: F) -> Any:
    """How a sensitive field is written for somebody who may not see it."""
    name = field.name
    if is_plain_text(register, field):
        return lambda row: (
            mask(value) if type(value := getattr(row, name)) is str else mask(words(register, field, row))
        )
    return lambda row: mask(words(register, field, row))
