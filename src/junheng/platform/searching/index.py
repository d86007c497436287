"""Keeping the index: with every entry of the audit, or all of it anew."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, Model, TextField

from junheng.platform.audit.models import Entry, Verb
from junheng.platform.registers import SEARCH, SENSITIVE, Register, every_register
from junheng.platform.registers.finding import among
from junheng.platform.registers.former import former_names
from junheng.platform.searching.models import SearchName
from junheng.platform.searching.reading import folded, keys_of

CHUNK = 2_000
MANY = 200
"""New rows from which on their entries are asked how they are called, instead of the table."""
UPSERT = (
    "INSERT INTO searching_searchname (register, row, name, sounds, keys) {rows} ON CONFLICT (register, row) "
    "DO UPDATE SET name = EXCLUDED.name, sounds = EXCLUDED.sounds, keys = EXCLUDED.keys"
)
UNNESTED = "SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[])"
Named = tuple[str, int, str, str, str]
"""A row of the index: register, row, name, sounds, keys."""
WRITES = frozenset(one.value for one in (Verb.CREATE, Verb.CHANGE, Verb.RETIRE, Verb.BATCH, Verb.DEED))
BEGUN = Verb.CREATE.value


def searched_registers() -> list[Register[Any]]:
    """The registers whose rows the one box finds: those that say so and are sealed to nobody's eyes."""
    return [one for one in every_register().values() if one.found_anywhere and one.readers is None]


def follow(sender: object, entries: Sequence[Entry], **_given: Any) -> None:
    """Index the rows that entries of the audit speak of. Called inside the transaction that wrote them."""
    by_table = {one.model._meta.label_lower: one for one in searched_registers()}
    written: defaultdict[str, set[int]] = defaultdict(set)
    begun: defaultdict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for entry in entries:
        if (table := entry.table) not in by_table or entry.verb not in WRITES:
            continue
        if (row := entry.row) is not None:
            if entry.verb == BEGUN and entry.after and row not in written[table]:
                begun[table][row] = entry.after
            else:
                begun[table].pop(row, None)
            written[table].add(row)
        elif entry.first_row is not None and entry.last_row is not None:
            written[table].update(range(entry.first_row, entry.last_row + 1))
            begun.pop(table, None)
    for table, numbers in written.items():
        register = by_table[table]
        told = index_told(register, begun[table]) if len(begun[table]) >= MANY else set()
        index(register, sorted(numbers - told))


def index_told(register: Register[Any], begun: Mapping[int, dict[str, Any]]) -> set[int]:
    """Index new rows of which an entry says all that they are called: they need not be read again. Returns which."""
    key, *asked = searched_names(register)
    if key != "pk":
        return set()  # a name that is put together is the row's own affair
    wanted = set(asked)
    told = [number for number, columns in begun.items() if columns.keys() >= wanted]
    for start in range(0, len(told), CHUNK):
        numbers = told[start : start + CHUNK]
        former = former_names(register, numbers)
        keep([search_name(register, one, begun[one].get, former.get(one, ())) for one in numbers])
    return set(told)


def follow_names(sender: object, register: str, rows: Sequence[int], **_given: Any) -> None:
    """Index rows that are found by another name from now on, though they themselves were not written."""
    for one in searched_registers():
        if one.slug == register:
            index(one, rows)


def index(register: Register[Any], numbers: Sequence[int]) -> int:
    """Write what these rows are called; returns how many rows there are."""
    done = 0
    for start in range(0, len(numbers), CHUNK):
        rows = register.model._default_manager.filter(
            among(register.model, "pk", numbers[start : start + CHUNK])
        )
        former = former_names(register, numbers[start : start + CHUNK])
        named = rows.only(*searched_names(register))
        names = [search_name(register, row.pk, asking(row), former.get(row.pk, ())) for row in named]
        done += len(names)
        keep(names)
    return done


def searched_names(register: Register[Any]) -> list[str]:
    """The columns that say what a row is called; the rest is not read."""
    asked = {one.name for one in register.flagged(SEARCH)} | {"name", "title"}
    columns = [one.name for one in register.model._meta.concrete_fields]
    if any(hasattr(register.model, one) and one not in columns for one in ("name", "title")):
        return columns  # a name that is put together may ask for any column
    return ["pk", *(one for one in columns if one in asked)]


def keep(names: Sequence[Named]) -> None:
    """Write names over what these rows were called before: one statement, however many."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if names:
                cursor.execute(
                    UPSERT.format(rows=UNNESTED), [list(column) for column in zip(*names, strict=True)]
                )
        else:
            cursor.executemany(UPSERT.format(rows="VALUES (%s, %s, %s, %s, %s)"), names)


@transaction.atomic
def reindex() -> int:
    """Make the whole index anew; returns the number of rows in it."""
    SearchName.objects.all().delete()
    return sum(
        index(one, list(one.model._default_manager.order_by("pk").values_list("pk", flat=True)))
        for one in searched_registers()
    )


def search_name(
    register: Register[Any], number: int, value: Callable[[str], Any], former: Sequence[str] = ()
) -> Named:
    """What one row is called: the longest of its words is its name, the others are codes. ``value`` tells a column.

    It is found by its former names as well, as they are written and as they are read. A sensitive word is never asked.
    """
    words = [str(one) for name in word_columns(register) if (one := value(name))]
    if (called := value("name") or value("title") or "") in words:
        words.remove(called)
        name, more = called, sorted(words, key=len, reverse=True)
    else:
        name, *more = sorted(words, key=len, reverse=True) or [""]
    sounds, keys = keys_of(name, more)
    known = set(keys.split("\n")) if former else set()
    for once in former:
        lines = [line for line in keys_of(once, ())[1].split("\n") if line not in known]
        known |= set(lines)
        keys += "".join(f"\n{line}" for line in lines)
    return register.slug, number, folded(name)[:300], sounds, keys


def asking(row: Model) -> Callable[[str], Any]:
    """How a row is asked for a column."""
    return lambda name: getattr(row, name, "")


@cache
def word_columns(register: Register[Any]) -> list[str]:
    """The columns whose words are searched."""
    return [
        one.name
        for one in register.flagged(SEARCH)
        if SENSITIVE not in one.flags and isinstance(register.model_field(one), CharField | TextField)
    ]
