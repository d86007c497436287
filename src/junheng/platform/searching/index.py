"""Keeping the index: with every entry of the audit, or all of it anew."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import CharField, Model, TextField

from junheng.platform.audit.models import Entry, Verb
from junheng.platform.registers import SEARCH, SENSITIVE, Register, every_register
from junheng.platform.searching.models import SearchName
from junheng.platform.searching.reading import folded, keys_of

CHUNK = 2_000
WRITES = frozenset({Verb.CREATE, Verb.CHANGE, Verb.RETIRE, Verb.BATCH, Verb.DEED})


def searched_registers() -> list[Register[Any]]:
    """The registers whose rows the one box finds: those that say so and are sealed to nobody's eyes."""
    return [one for one in every_register().values() if one.found_anywhere and one.readers is None]


def follow(sender: object, entries: Sequence[Entry], **_given: Any) -> None:
    """Index the rows that entries of the audit speak of. Called inside the transaction that wrote them."""
    by_table = {one.model._meta.label_lower: one for one in searched_registers()}
    written: defaultdict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.table in by_table and entry.verb in WRITES:
            if entry.row is not None:
                written[entry.table].add(entry.row)
            elif entry.first_row is not None and entry.last_row is not None:
                written[entry.table].update(range(entry.first_row, entry.last_row + 1))
    for table, numbers in written.items():
        index(by_table[table], sorted(numbers))


def index(register: Register[Any], numbers: Sequence[int]) -> int:
    """Write what these rows are called; returns how many rows there are."""
    done = 0
    for start in range(0, len(numbers), CHUNK):
        rows = register.model._default_manager.filter(pk__in=numbers[start : start + CHUNK])
        names = [search_name(register, row) for row in rows]
        done += len(names)
        SearchName.objects.bulk_create(
            names,
            update_conflicts=True,
            unique_fields=["register", "row"],
            update_fields=["name", "sounds", "keys"],
            batch_size=CHUNK,
        )
    return done


@transaction.atomic
def reindex() -> int:
    """Make the whole index anew; returns the number of rows in it."""
    SearchName.objects.all().delete()
    return sum(
        index(one, list(one.model._default_manager.order_by("pk").values_list("pk", flat=True)))
        for one in searched_registers()
    )


def search_name(register: Register[Any], row: Model) -> SearchName:
    """What one row is called: the longest of its words is its name, the others are codes."""
    words = sorted(words_of(register, row), key=len, reverse=True)
    name, more = (words[0], words[1:]) if words else ("", [])
    if (called := getattr(row, "name", "") or getattr(row, "title", "")) in words:
        name, more = called, [one for one in words if one != called]
    sounds, keys = keys_of(name, more)
    return SearchName(register=register.slug, row=row.pk, name=folded(name)[:300], sounds=sounds, keys=keys)


def words_of(register: Register[Any], row: Model) -> Iterable[str]:
    """The words of a row that the register lets be searched; never a sensitive one."""
    for one in register.flagged(SEARCH):
        column = register.model_field(one)
        if SENSITIVE not in one.flags and isinstance(column, CharField | TextField):
            value = getattr(row, one.name)
            if value:
                yield str(value)
